"""Steps that somebody must give a reason for: one question, one answer."""

from collections.abc import Callable
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.errors import Outdated
from domain.people import Actor
from domain.problems import Action, Level
from domain.rectification import check_reason
from domain.use import Use
from domain.visibility import Card
from handlers.filters import Busy, Chosen, Does, Typed
from handlers.problems import queues
from handlers.problems.overtaking import busy, overtaken, still_open
from handlers.show import Event, Show
from handlers.steps import prompts
from services.problems.reading import Problems
from services.problems.rectification import Rectification
from services.problems.triage import Triage
from views.actions import ProblemAction
from views.problems import assigning as views
from views.problems import cards, lists
from views.screen import Screen
from views.texts import Translator

REASONS = (Action.ASK, Action.DECLINE, Action.STRIKE, Action.RETURN, Action.SEND_BACK)

Case = Callable[[Actor, int, int, str], Card]


class Deciding(StatesGroup):
    reason_text = State()
    sure = State()


@prompts("Deciding", blank=("reason_text",))
async def prompt(raw_state: str, draft: dict[str, Any], t: Translator) -> Screen:
    if raw_state == Deciding.sure.state:
        return views.ask_strike(t, draft["number"], draft["reason"])
    return views.ask_reason(t, draft["do"], draft["number"])


async def begin(
    _event: Event,
    callback_data: ProblemAction,
    actor: Actor,
    state: FSMContext,
    problems: Problems,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    action, seen = Action(callback_data.do), callback_data.seen
    card = await still_open(action, callback_data.id, seen, actor, problems, use, show, t)
    if card is None:
        return
    draft = {
        "do": callback_data.do,
        "id": card.problem_id,
        "seen": seen,
        "number": card.number,
        "queue": "inbox" if card.level is Level.INDIVIDUAL else "triage",
    }
    await state.set_state(Deciding.reason_text)
    await state.set_data(draft)
    # What is to be struck does not stay on the screen while the reason is written.
    await show(views.ask_reason(t, callback_data.do, card.number), fresh=callback_data.do != Action.STRIKE)


async def read_back(
    _event: Event, text: str, actor: Actor, state: FSMContext, show: Show, t: Translator, **services: Any
) -> None:
    """What cannot be undone is read back; everything else is decided with its reason."""
    draft = await state.get_data()
    if draft["do"] != Action.STRIKE:
        await decide(_event, actor, state, show, t, **{**services, "reason": text})
        return
    draft["reason"] = check_reason(text)
    await state.set_data(draft)
    await state.set_state(Deciding.sure)
    await show(views.ask_strike(t, draft["number"], draft["reason"]))


async def strike(_event: Event, actor: Actor, state: FSMContext, show: Show, t: Translator, **services: Any) -> None:
    await decide(_event, actor, state, show, t, **{**services, "reason": (await state.get_data())["reason"]})


async def decide(
    _event: Event, actor: Actor, state: FSMContext, show: Show, t: Translator, reason: str, use: Use, **services: Any
) -> None:
    draft = await state.get_data()
    action, problems = Action(draft["do"]), services["problems"]
    name = "verify" if action is Action.SEND_BACK else draft.get("queue", "triage")
    following = await queues.behind(name, actor, problems, use, draft["id"])
    await state.clear()
    try:
        card = await use(
            _case(action, services["triage"], services["rectification"]), actor, draft["id"], draft["seen"], reason
        )
    except Outdated as error:
        await overtaken(error, draft["id"], actor, problems, use, show, t)
        return
    if action is Action.RETURN:
        await show(cards.show(t, card))
        return
    await show(await queues.first(name, actor, problems, use, t, at=following, done=lists.done(t, card, action)))


def _case(action: Action, triage: Triage, rectification: Rectification) -> Case:
    cases: dict[Action, Case] = {
        Action.ASK: triage.ask,
        Action.DECLINE: triage.decline,
        Action.STRIKE: triage.strike,
        Action.RETURN: rectification.give_back,
        Action.SEND_BACK: rectification.send_back,
    }
    return cases[action]


def setup() -> Router:
    router = Router(name="reasons")
    for action in REASONS:
        router.callback_query.register(busy, Does(ProblemAction, action), Busy())
        router.callback_query.register(begin, Does(ProblemAction, action))
    router.message.register(read_back, StateFilter(Deciding.reason_text), Typed())
    router.callback_query.register(strike, StateFilter(Deciding.sure), Chosen("strike"))
    return router
