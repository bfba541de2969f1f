"""A deadline by the usual terms or by a date, and moving one that stands already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.errors import DomainError, Outdated
from domain.people import Actor
from domain.problems import Action
from domain.rectification import TERMS
from domain.turn import Turn
from domain.use import Use
from domain.workdays import END_OF_DAY
from handlers.asking_when import AskingWhen
from handlers.filters import Busy, Chosen, Does, Typed
from handlers.problems.overtaking import busy, overtaken, still_open
from handlers.show import Event
from handlers.steps import prompts
from services.problems.assigning import Assigning
from services.problems.reading import Problems
from views.actions import ProblemAction
from views.problems import assigning as views
from views.problems import cards
from views.screen import Screen
from views.texts import Translator


class AskingDeadline(AskingWhen):
    """Asks for a day that ends at the organisation's hour; its first page offers the usual terms as well."""

    def screen(self, t: Translator, draft: Mapping[str, Any]) -> Screen:
        screen = super().screen(t, draft)
        if self.is_first(draft):
            return Screen(screen.text, (*views.terms(t), *screen.rows), picker=screen.picker)
        return screen


class Moving(StatesGroup):
    deadline_text = State()
    reason_text = State()


NEW_DEADLINE = AskingDeadline(lambda t: t("move-ask-deadline"), END_OF_DAY)


@prompts("Moving", blank=("deadline_text", "reason_text"))
async def prompt(raw_state: str, draft: dict[str, Any], t: Translator) -> Screen:
    if raw_state == Moving.deadline_text.state:
        return NEW_DEADLINE.screen(t, draft)
    until = (datetime.fromisoformat(draft["at"]), not draft["day_off"])
    return views.ask_reason(t, Action.MOVE_DEADLINE, draft["number"], until)


async def begin(
    _event: Event,
    callback_data: ProblemAction,
    actor: Actor,
    state: FSMContext,
    turn: Turn,
    t: Translator,
    problems: Problems,
    **ways: Any,
) -> None:
    use, show = ways["use"], ways["show"]
    seen = callback_data.seen
    card = await still_open(Action.MOVE_DEADLINE, callback_data.id, seen, actor, problems, use, show, t)
    if card is None:
        return
    draft = {"id": card.problem_id, "seen": card.version, "number": card.number, **NEW_DEADLINE.begin(turn, t)}
    await state.set_state(Moving.deadline_text)
    await state.set_data(draft)
    await show(NEW_DEADLINE.screen(t, draft), fresh=True)


async def take_term(
    event: Event, value: str, state: FSMContext, actor: Actor, assigning: Assigning, use: Use, **ways: Any
) -> None:
    at = await use(assigning.deadline_in, term(value))
    await take_date(event, at, state, actor, assigning, use, **ways)


async def take_date(
    _event: Event, at: datetime, state: FSMContext, actor: Actor, assigning: Assigning, use: Use, **ways: Any
) -> None:
    show, t = ways["show"], ways["t"]
    draft = await state.get_data()
    try:
        works = await use(assigning.check_move, actor, draft["id"], draft["seen"], at)
    except Outdated as error:
        await state.clear()
        await overtaken(error, draft["id"], actor, ways["problems"], use, show, t)
        return
    draft = await state.update_data(at=at.isoformat(), day_off=not works)
    await state.set_state(Moving.reason_text)
    await show(await prompt(Moving.reason_text.state or "", draft, t))


async def move(
    _event: Event,
    text: str,
    actor: Actor,
    state: FSMContext,
    t: Translator,
    assigning: Assigning,
    problems: Problems,
    **ways: Any,
) -> None:
    use, show = ways["use"], ways["show"]
    draft = await state.get_data()
    await state.clear()
    at = datetime.fromisoformat(draft["at"])
    try:
        await use(assigning.move_deadline, actor, draft["id"], draft["seen"], at, text)
    except Outdated as error:
        await overtaken(error, draft["id"], actor, problems, use, show, t)
        return
    await show(cards.show(t, await use(problems.card, actor, draft["id"])))


def term(value: str) -> int:
    """A term that some button offers; DomainError ``choice-unknown`` for any other."""
    if not value.isdigit() or int(value) not in TERMS:
        raise DomainError("choice-unknown")
    return int(value)


def setup() -> Router:
    router = Router(name="deadlines of problems")
    press = router.callback_query
    press.register(busy, Does(ProblemAction, Action.MOVE_DEADLINE), Busy())
    press.register(begin, Does(ProblemAction, Action.MOVE_DEADLINE))
    press.register(take_term, StateFilter(Moving.deadline_text), Chosen("term"))
    NEW_DEADLINE.register(router, Moving.deadline_text, take_date)
    router.message.register(move, StateFilter(Moving.reason_text), Typed())
    return router
