"""Planning a contest step by step: title, bank, number, window, time, practice, audience, and all of it read back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.contests import ContestPlan, require_minutes, require_title, require_window
from domain.errors import DomainError
from domain.people import Actor
from domain.turn import Turn
from domain.use import Use
from handlers.asking_when import AskingWhen
from handlers.filters import Busy, Chosen, Does, To, Typed
from handlers.problems.overtaking import busy
from handlers.show import Event, Show
from handlers.steps import prompts
from services.contests import Contests
from views import contests as views
from views.actions import ContestAction
from views.screen import Screen
from views.texts import Translator

GROUP = "PlanningContest:"


class AskingOpening(AskingWhen):
    """Asks for a time; its first page offers this moment as well."""

    def screen(self, t: Translator, draft: Mapping[str, Any]) -> Screen:
        screen = super().screen(t, draft)
        if self.is_first(draft):
            return Screen(screen.text, ((views.opens_now(t),), *screen.rows), picker=screen.picker)
        return screen


OPENS = AskingOpening(lambda t: views.question_of(t, "opens_text"))
CLOSES = AskingWhen(lambda t: views.question_of(t, "closes_text"))


class PlanningContest(StatesGroup):
    title_text = State()
    bank = State()
    count_text = State()
    opens_text = State()
    closes_text = State()
    minutes_text = State()
    practice = State()
    audience = State()
    check = State()


@prompts("PlanningContest", blank=("title_text",))
async def prompt(
    raw_state: str, draft: dict[str, Any], t: Translator, actor: Actor, contests: Contests, use: Use
) -> Screen:
    step = raw_state.removeprefix(GROUP)
    if step == "bank":
        return views.ask_bank(t, draft, await use(contests.banks, actor))
    if step == "audience":
        return views.ask_audience(t, draft, await use(contests.units, actor))
    if step == "opens_text":
        return OPENS.screen(t, draft)
    if step == "closes_text":
        return CLOSES.screen(t, draft)
    return views.check(t, draft) if step == "check" else views.ask(t, draft, step)


async def begin(_event: Event, actor: Actor, state: FSMContext, contests: Contests, show: Show, t: Translator) -> None:
    contests.may_organise(actor)
    await state.set_state(PlanningContest.title_text)
    await state.set_data({})
    await show(views.ask(t, {}, "title_text"))


async def take_title(_event: Event, text: str, state: FSMContext, **data: Any) -> None:
    await _go_on(state, data, "bank", title=require_title(text), page=0)


async def take_bank(
    _event: Event, value: str, actor: Actor, contests: Contests, use: Use, state: FSMContext, **data: Any
) -> None:
    bank = next((one for one in await use(contests.banks, actor) if str(one.id) == value), None)
    if bank is None:
        raise DomainError("choice-unknown")
    data |= {"actor": actor, "contests": contests, "use": use}
    await _go_on(state, data, "count_text", bank=bank.id, bank_title=bank.title, size=bank.size)


async def take_count(
    _event: Event, value: str, actor: Actor, contests: Contests, use: Use, state: FSMContext, **data: Any
) -> None:
    draft, wanted = await state.get_data(), _number(value)
    await use(contests.check_count, actor, draft["bank"], wanted)
    data |= {"actor": actor, "contests": contests, "use": use}
    await _go_on(state, data, "opens_text", count=wanted, **OPENS.begin(data["turn"], data["t"]))


async def type_count(event: Event, text: str, **data: Any) -> None:
    await take_count(event, value=text, **data)


async def opens_now(_event: Event, turn: Turn, state: FSMContext, **data: Any) -> None:
    await took_opens(_event, at=turn.at, state=state, turn=turn, **data)


async def took_opens(_event: Event, at: datetime, state: FSMContext, turn: Turn, t: Translator, **data: Any) -> None:
    await _go_on(state, {**data, "t": t}, "closes_text", opens=at.isoformat(), **CLOSES.begin(turn, t))


async def took_closes(_event: Event, at: datetime, state: FSMContext, turn: Turn, **data: Any) -> None:
    draft = await state.get_data()
    require_window(datetime.fromisoformat(draft["opens"]), at, turn.at)
    await _go_on(state, data, "minutes_text", closes=at.isoformat())


async def take_minutes(_event: Event, value: str, state: FSMContext, **data: Any) -> None:
    minutes = require_minutes(_number(value)) if value != "0" else None
    await _go_on(state, data, "practice", minutes=minutes)


async def type_minutes(_event: Event, text: str, state: FSMContext, **data: Any) -> None:
    await _go_on(state, data, "practice", minutes=require_minutes(_number(text)))


async def take_practice(_event: Event, value: str, state: FSMContext, **data: Any) -> None:
    await _go_on(state, data, "audience", practice=value == "yes", page=0)


async def take_audience(
    _event: Event, value: str, actor: Actor, contests: Contests, use: Use, state: FSMContext, **data: Any
) -> None:
    names = {str(unit_id): name for unit_id, name in await use(contests.units, actor)}
    if value != "0" and value not in names:
        raise DomainError("choice-unknown")
    unit_id = int(value) or None
    people = await use(contests.audience_size, actor, unit_id)
    data |= {"actor": actor, "contests": contests, "use": use}
    await _go_on(state, data, "check", unit=unit_id, unit_name=names.get(value, ""), people=people)


async def turn_page(_event: Event, value: str, raw_state: str, state: FSMContext, **data: Any) -> None:
    await _go_on(state, data, raw_state.removeprefix(GROUP), page=_number(value))


async def back(_event: Event, raw_state: str, state: FSMContext, turn: Turn, t: Translator, **data: Any) -> None:
    order = (*views.STEPS, "check")
    step = order[max(0, order.index(raw_state.removeprefix(GROUP)) - 1)]
    asked = {"opens_text": OPENS, "closes_text": CLOSES}.get(step)
    await _go_on(state, {**data, "t": t}, step, page=0, **(asked.begin(turn, t) if asked else {}))


async def save(
    _event: Event, actor: Actor, state: FSMContext, contests: Contests, use: Use, show: Show, t: Translator
) -> None:
    draft = await state.get_data()
    await state.clear()
    plan = ContestPlan(
        title=draft["title"],
        bank_id=draft["bank"],
        question_count=draft["count"],
        opens_at=datetime.fromisoformat(draft["opens"]),
        closes_at=datetime.fromisoformat(draft["closes"]),
        minutes=draft["minutes"],
        practice=draft["practice"],
        unit_id=draft["unit"],
    )
    await use(contests.create, actor, plan)
    await show(views.planned(t, plan.title, draft["people"]))


async def _go_on(state: FSMContext, data: dict[str, Any], step: str, **changes: Any) -> None:
    draft = {**await state.get_data(), **changes}
    await state.set_state(GROUP + step)
    await state.set_data(draft)
    show: Show = data["show"]
    await show(await prompt(GROUP + step, draft, data["t"], data["actor"], data["contests"], data["use"]))


def _number(text: str) -> int:
    """A typed or pressed number; 0 for anything else, which no step takes."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 0


def register(router: Router) -> None:
    press, message, step = router.callback_query, router.message, PlanningContest
    press.register(busy, Does(ContestAction, "new"), Busy())
    press.register(begin, Does(ContestAction, "new"))
    message.register(take_title, StateFilter(step.title_text), Typed())
    press.register(take_bank, StateFilter(step.bank), Chosen("bank"))
    press.register(take_count, StateFilter(step.count_text), Chosen("count"))
    message.register(type_count, StateFilter(step.count_text), Typed())
    press.register(opens_now, StateFilter(step.opens_text), Chosen("opens-now"))
    OPENS.register(router, step.opens_text, took_opens)
    CLOSES.register(router, step.closes_text, took_closes)
    press.register(take_minutes, StateFilter(step.minutes_text), Chosen("minutes"))
    message.register(type_minutes, StateFilter(step.minutes_text), Typed())
    press.register(take_practice, StateFilter(step.practice), Chosen("practice"))
    press.register(take_audience, StateFilter(step.audience), Chosen("unit"))
    press.register(turn_page, StateFilter(step.bank, step.audience), Chosen("page"))
    press.register(save, StateFilter(step.check), Chosen("contest-save"))
    press.register(back, StateFilter(step), To("back"))
