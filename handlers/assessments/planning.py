"""Setting an assessment deadline: what, by when, which units, and who answers for each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.assessments import AssessmentPlan
from domain.audiences import required_words
from domain.errors import DomainError
from domain.files import Incoming
from domain.people import Actor
from domain.studies import MAX_TITLE
from domain.turn import Turn
from domain.use import Use
from domain.workdays import END_OF_DAY
from handlers.asking_units import AskingUnits
from handlers.asking_when import AskingWhen
from handlers.filters import Chosen, Content, To, Typed
from handlers.material import gather
from handlers.show import Event, Show
from handlers.steps import current, prompts
from handlers.studies.planning import Planning
from services.assessments import Assessments
from services.audiences import Audiences
from views.assessments import cards as views
from views.screen import Screen
from views.studies import planning
from views.texts import Translator


class Setting(StatesGroup):
    """Setting a deadline. The person of one unit is chosen in between, from the last step."""

    title_text = State()
    due_text = State()
    units_text = State()
    material_text = State()
    check = State()
    person_text = State()


ORDER = [Setting.title_text, Setting.due_text, Setting.units_text, Setting.material_text, Setting.check]
DUE = AskingWhen(lambda t: views.question(t, "due"), END_OF_DAY)
UNITS = AskingUnits(lambda t: views.question(t, "units"))


@prompts("Setting", blank=("title_text",))
async def prompt(
    raw_state: str,
    draft: dict[str, Any],
    t: Translator,
    actor: Actor,
    audiences: Audiences,
    assessments: Assessments,
    use: Use,
) -> Screen:
    step = raw_state.partition(":")[2].removesuffix("_text")
    if step == "units":
        return await UNITS.screen(t, draft, actor, audiences, use)
    if step == "check":
        return views.ask_check(t, draft, await use(assessments.responsible, actor, *_chosen(draft)))
    if step == "person":
        page = await use(assessments.candidates, actor, draft["who"], draft["part"], draft["page"])
        return views.ask_person(t, draft["who_unit"], page)
    if step == "due":
        return DUE.screen(t, draft)
    return planning.ask_material(t, views.question(t, "material"), draft) if step == "material" else views.ask_title(t)


async def begin(_event: Event, state: FSMContext, show: Show, t: Translator) -> None:
    await state.set_state(Setting.title_text)
    await show(views.ask_title(t))


async def take_title(_event: Event, text: str, state: FSMContext, turn: Turn, show: Show, t: Translator) -> None:
    draft = await state.update_data(title=required_words(text, MAX_TITLE), **DUE.begin(turn, t))
    await state.set_state(Setting.due_text)
    await show(DUE.screen(t, draft))


async def take_due(_event: Event, at: datetime, state: FSMContext, audiences: Audiences, **data: Any) -> None:
    draft = await state.update_data(at=at.isoformat())
    if "units" not in draft:
        draft = await state.update_data(**await UNITS.begin(data["actor"], audiences, data["use"]))
    await state.set_state(Setting.units_text)
    await data["show"](await UNITS.screen(data["t"], draft, data["actor"], audiences, data["use"]))


async def take_units(_event: Event, state: FSMContext, show: Show, **data: Any) -> None:
    await _go(Setting.material_text, state, show, data)


async def take_material(message: Message, bot: Bot, state: FSMContext, show: Show, t: Translator) -> None:
    draft, answers = await gather(message, bot, state)
    if answers:
        await show(planning.ask_material(t, views.question(t, "material"), draft))


async def check(_event: Event, state: FSMContext, show: Show, **data: Any) -> None:
    await _go(Setting.check, state, show, data)


async def choose_unit(
    _event: Event, value: str, state: FSMContext, show: Show, actor: Actor, assessments: Assessments, **data: Any
) -> None:
    unit_ids, people = _chosen(await state.get_data())
    known = {one.unit_id: one.unit_name for one in await data["use"](assessments.responsible, actor, unit_ids, people)}
    unit_id = int(value) if value.isdigit() else 0
    if unit_id not in known:
        raise DomainError("not-now")
    await state.update_data(who=unit_id, who_unit=known[unit_id], part="", page=0)
    await _go(Setting.person_text, state, show, {**data, "actor": actor, "assessments": assessments})


async def find_person(_event: Event, text: str, state: FSMContext, show: Show, **data: Any) -> None:
    await state.update_data(part=text.strip()[:40], page=0)
    await _go(Setting.person_text, state, show, data)


async def turn_page(_event: Event, value: str, state: FSMContext, show: Show, **data: Any) -> None:
    await state.update_data(page=int(value) if value.isdigit() else 0)
    await _go(Setting.person_text, state, show, data)


async def choose_person(_event: Event, value: str, state: FSMContext, show: Show, **data: Any) -> None:
    draft = await state.get_data()
    people = {**draft.get("people", {}), str(draft["who"]): int(value) if value.isdigit() else 0}
    await state.update_data(people=people)
    await _go(Setting.check, state, show, data)


async def plan(_event: Event, actor: Actor, state: FSMContext, assessments: Assessments, use: Use, show: Show) -> None:
    draft = await state.get_data()
    people = {one.unit_id: one.person_id for one in await use(assessments.responsible, actor, *_chosen(draft))}
    await state.clear()
    await use(assessments.plan, actor, _plan(draft, people))
    await show.done()


async def back(_event: Event, raw_state: str, state: FSMContext, turn: Turn, show: Show, **data: Any) -> None:
    """To the step before, as it was filled in; the date is asked for anew."""
    if raw_state == Setting.person_text.state:
        await _go(Setting.check, state, show, data)
        return
    if raw_state == Setting.title_text.state:
        await _go(Planning.what, state, show, data)
        return
    before = ORDER[[step.state for step in ORDER].index(raw_state) - 1]
    if before == Setting.due_text:
        await state.update_data(**DUE.begin(turn, data["t"]))
    await _go(before, state, show, data)


async def _go(step: State, state: FSMContext, show: Show, data: Mapping[str, Any]) -> None:
    await state.set_state(step)
    screen = await current(step.state, await state.get_data(), dict(data))
    await show(screen or Screen(data["t"]("stale")))


def _chosen(draft: Mapping[str, Any]) -> tuple[list[int], dict[int, int]]:
    """The units, and whom the planner named for some of them."""
    return draft["units"]["chosen"], {int(unit): person for unit, person in draft.get("people", {}).items()}


def _plan(draft: Mapping[str, Any], people: Mapping[int, int | None]) -> AssessmentPlan:
    if None in people.values():
        raise DomainError("person-missing")
    return AssessmentPlan(
        title=draft["title"],
        due_at=datetime.fromisoformat(draft["at"]),
        people={unit_id: person_id or 0 for unit_id, person_id in people.items()},
        material=draft.get("material", ""),
        files=[Incoming.from_draft(file) for file in draft.get("files", ())],
    )


def setup() -> Router:
    router = Router(name="setting of assessments")
    message, press = router.message, router.callback_query
    press.register(begin, StateFilter(Planning.what), Chosen("plan-assessment"))
    message.register(take_title, StateFilter(Setting.title_text), Typed())
    DUE.register(router, Setting.due_text, take_due)
    UNITS.register(router, Setting.units_text, take_units)
    message.register(take_material, StateFilter(Setting.material_text), Content())
    press.register(check, StateFilter(Setting.material_text), Chosen("material"))
    press.register(choose_unit, StateFilter(Setting.check), Chosen("who"))
    message.register(find_person, StateFilter(Setting.person_text), Typed())
    press.register(turn_page, StateFilter(Setting.person_text), Chosen("people-page"))
    press.register(choose_person, StateFilter(Setting.person_text), Chosen("person"))
    press.register(plan, StateFilter(Setting.check), Chosen("plan"))
    press.register(back, StateFilter(Setting), To("back"))
    return router
