"""Planning a session: /session_new, from the choice of what to plan to the confirmation with its exact count."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.audiences import required_words
from domain.errors import DomainError
from domain.files import Incoming
from domain.people import Actor
from domain.studies import MAX_PLACE, MAX_TITLE, Plan, SessionKind
from domain.turn import Turn
from domain.use import Use
from handlers.asking_units import AskingUnits
from handlers.asking_when import AskingWhen
from handlers.filters import Called, Chosen, Content, To, Typed
from handlers.material import gather
from handlers.show import Event, Show
from handlers.steps import current, prompts
from services.audiences import Audiences
from services.studies.sessions import Studies
from views.screen import Screen
from views.studies import planning as views
from views.texts import Translator


class Planning(StatesGroup):
    what = State()
    kind = State()
    title_text = State()
    start_text = State()
    place_text = State()
    units_text = State()
    material_text = State()
    check = State()


ORDER = list(Planning.__states__)
START = AskingWhen(lambda t: views.question(t, "start"))
UNITS = AskingUnits(lambda t: views.question(t, "units"))


@prompts("Planning", blank=("what", "kind"))
async def prompt(
    raw_state: str,
    draft: dict[str, Any],
    t: Translator,
    actor: Actor,
    audiences: Audiences,
    studies: Studies,
    use: Use,
) -> Screen:
    step = raw_state.partition(":")[2].removesuffix("_text")
    if step == "units":
        return await UNITS.screen(t, draft, actor, audiences, use)
    if step == "check":
        page = await use(audiences.page, actor, draft["units"]["chosen"])
        at = datetime.fromisoformat(draft["at"])
        return views.ask_check(t, draft, page, is_workday=await use(studies.is_workday, at))
    plain: dict[str, Callable[[], Screen]] = {
        "what": lambda: views.ask_what(t),
        "kind": lambda: views.ask_kind(t),
        "start": lambda: START.screen(t, draft),
        "material": lambda: views.ask_material(t, views.question(t, "material"), draft),
    }
    return plain[step]() if step in plain else views.ask_words(t, step)


async def begin(
    _event: Event, actor: Actor, audiences: Audiences, state: FSMContext, use: Use, show: Show, t: Translator
) -> None:
    await use(audiences.page, actor)
    await state.set_state(Planning.what)
    await state.set_data({})
    await show(views.ask_what(t))


async def choose_what(_event: Event, state: FSMContext, show: Show, t: Translator) -> None:
    await state.set_state(Planning.kind)
    await show(views.ask_kind(t))


async def choose_kind(_event: Event, value: str, state: FSMContext, show: Show, t: Translator) -> None:
    if value not in set(SessionKind):
        raise DomainError("not-now")
    await state.update_data(kind=value)
    await state.set_state(Planning.title_text)
    await show(views.ask_words(t, "title"))


async def take_title(_event: Event, text: str, state: FSMContext, turn: Turn, show: Show, t: Translator) -> None:
    await state.update_data(title=required_words(text, MAX_TITLE), **START.begin(turn, t))
    await state.set_state(Planning.start_text)
    await show(START.screen(t, await state.get_data()))


async def take_start(_event: Event, at: datetime, state: FSMContext, show: Show, t: Translator) -> None:
    await state.update_data(at=at.isoformat())
    await state.set_state(Planning.place_text)
    await show(views.ask_words(t, "place"))


async def take_place(_event: Event, text: str, state: FSMContext, audiences: Audiences, **data: Any) -> None:
    draft = await state.update_data(place=required_words(text, MAX_PLACE))
    if "units" not in draft:
        draft = await state.update_data(**await UNITS.begin(data["actor"], audiences, data["use"]))
    await state.set_state(Planning.units_text)
    await data["show"](await UNITS.screen(data["t"], draft, data["actor"], audiences, data["use"]))


async def take_units(_event: Event, state: FSMContext, show: Show, t: Translator) -> None:
    await state.set_state(Planning.material_text)
    await show(views.ask_material(t, views.question(t, "material"), await state.get_data()))


async def take_material(message: Message, bot: Bot, state: FSMContext, show: Show, t: Translator) -> None:
    draft, answers = await gather(message, bot, state)
    if answers:
        await show(views.ask_material(t, views.question(t, "material"), draft))


async def check(_event: Event, state: FSMContext, show: Show, **data: Any) -> None:
    await state.set_state(Planning.check)
    screen = await current(Planning.check.state, await state.get_data(), data)
    await show(screen or Screen(data["t"]("stale")))


async def plan(_event: Event, actor: Actor, state: FSMContext, studies: Studies, use: Use, show: Show) -> None:
    draft = await state.get_data()
    await state.clear()
    await use(studies.plan, actor, _plan(draft))
    await show.done()


async def back(_event: Event, raw_state: str, state: FSMContext, turn: Turn, show: Show, **data: Any) -> None:
    """To the step before, as it was filled in; the date is asked for anew."""
    steps = [step.state for step in ORDER]
    before = ORDER[max(0, steps.index(raw_state) - 1)]
    draft = await state.get_data()
    if before == Planning.start_text:
        draft = await state.update_data(**START.begin(turn, data["t"]))
    await state.set_state(before)
    screen = await current(before.state, draft, data)
    await show(screen or Screen(data["t"]("stale")))


def _plan(draft: dict[str, Any]) -> Plan:
    return Plan(
        kind=SessionKind(draft["kind"]),
        title=draft["title"],
        starts_at=datetime.fromisoformat(draft["at"]),
        place=draft["place"],
        unit_ids=tuple(draft["units"]["chosen"]),
        material=draft.get("material", ""),
        files=[Incoming.from_draft(file) for file in draft.get("files", ())],
    )


def setup() -> Router:
    router = Router(name="planning of sessions")
    message, press = router.message, router.callback_query
    for event in (message, press):
        event.register(begin, Called("session_new"))
    press.register(choose_what, StateFilter(Planning.what), Chosen("plan-session"))
    press.register(choose_kind, StateFilter(Planning.kind), Chosen("kind"))
    message.register(take_title, StateFilter(Planning.title_text), Typed())
    START.register(router, Planning.start_text, take_start)
    message.register(take_place, StateFilter(Planning.place_text), Typed())
    UNITS.register(router, Planning.units_text, take_units)
    message.register(take_material, StateFilter(Planning.material_text), Content())
    press.register(check, StateFilter(Planning.material_text), Chosen("material"))
    press.register(plan, StateFilter(Planning.check), Chosen("plan"))
    press.register(back, StateFilter(Planning), To("back"))
    return router
