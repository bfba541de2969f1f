"""Sessions as members and planners meet them: the lists, a card, cannot come, another time, called off."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.errors import DomainError
from domain.people import Actor, require_member
from domain.turn import Turn
from domain.use import Use
from handlers.asking_when import AskingWhen
from handlers.filters import Busy, Called, Chosen, Does, To, Typed
from handlers.material import hand_out
from handlers.problems.overtaking import busy
from handlers.show import Event, Show
from handlers.steps import prompts
from services.assessments import Assessments
from services.files import Files
from services.studies.sessions import Studies
from views.actions import SessionAction
from views.screen import Screen
from views.studies import cards as views
from views.texts import Translator

Handler = Callable[..., Awaitable[None]]


class Excusing(StatesGroup):
    reason_text = State()


class Shifting(StatesGroup):
    """Moving a session to another time."""

    start_text = State()


NEW_START = AskingWhen(lambda t: t("session-ask-new-start"))


@prompts("Excusing", blank=("reason_text",))
async def ask_reason(draft: dict[str, Any], t: Translator) -> Screen:
    return views.ask_leave(t, draft["title"])


@prompts("Shifting", blank=("start_text",))
async def ask_start(draft: dict[str, Any], t: Translator) -> Screen:
    return NEW_START.screen(t, draft)


async def study(
    _event: Event, actor: Actor, studies: Studies, assessments: Assessments, use: Use, show: Show, t: Translator
) -> None:
    require_member(actor)
    await _list(0, actor, studies, assessments, use, show, t)


async def turn_page(
    _event: Event,
    callback_data: SessionAction,
    actor: Actor,
    studies: Studies,
    assessments: Assessments,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    await _list(callback_data.id, actor, studies, assessments, use, show, t)


async def _list(
    page: int, actor: Actor, studies: Studies, assessments: Assessments, use: Use, show: Show, t: Translator
) -> None:
    owed = await use(assessments.owed, actor)
    await show(views.upcoming(t, await use(studies.upcoming, actor), owed, page))


async def past(_event: Event, actor: Actor, studies: Studies, use: Use, show: Show, t: Translator) -> None:
    await show(views.past(t, await use(studies.past, actor)))


async def card(
    _event: Event, callback_data: SessionAction, actor: Actor, studies: Studies, use: Use, show: Show, t: Translator
) -> None:
    await show(views.card(t, await use(studies.card, actor, callback_data.id)))


async def more(
    _event: Event, callback_data: SessionAction, actor: Actor, studies: Studies, use: Use, show: Show, t: Translator
) -> None:
    await show(views.card(t, await use(studies.card, actor, callback_data.id), more=True))


async def material(
    _event: Event,
    callback_data: SessionAction,
    actor: Actor,
    studies: Studies,
    files: Files,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    found = await use(studies.card, actor, callback_data.id)
    await hand_out(await use(studies.material, actor, callback_data.id), found.title, files, use, show, t)


async def cannot_come(
    _event: Event,
    callback_data: SessionAction,
    actor: Actor,
    studies: Studies,
    state: FSMContext,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    found = await use(studies.card, actor, callback_data.id)
    if not (found.attends and found.is_open):
        raise DomainError("session-cancelled" if found.is_cancelled else "session-begun")
    await state.set_state(Excusing.reason_text)
    await state.set_data({"id": found.session_id, "title": found.title})
    await show(views.ask_leave(t, found.title), fresh=True)


async def excuse(
    _event: Event,
    actor: Actor,
    studies: Studies,
    state: FSMContext,
    use: Use,
    show: Show,
    t: Translator,
    text: str = "",
) -> None:
    draft = await state.get_data()
    await state.clear()
    await show(views.card(t, await use(studies.cannot_come, actor, draft["id"], text)))


async def can_come(
    _event: Event, callback_data: SessionAction, actor: Actor, studies: Studies, use: Use, show: Show, t: Translator
) -> None:
    await show(views.card(t, await use(studies.can_come, actor, callback_data.id)))


async def leave_step(
    _event: Event, actor: Actor, studies: Studies, state: FSMContext, use: Use, show: Show, t: Translator
) -> None:
    """Back out of a step that began at a card: to the card."""
    draft = await state.get_data()
    await state.clear()
    await show(views.card(t, await use(studies.card, actor, draft["id"])))


async def shift(
    _event: Event,
    callback_data: SessionAction,
    actor: Actor,
    studies: Studies,
    state: FSMContext,
    turn: Turn,
    **ways: Any,
) -> None:
    use, show, t = ways["use"], ways["show"], ways["t"]
    found = await use(studies.card, actor, callback_data.id)
    if not found.changeable:
        raise DomainError("not-now")
    draft = {"id": found.session_id, "seen": callback_data.seen, **NEW_START.begin(turn, t)}
    await state.set_state(Shifting.start_text)
    await state.set_data(draft)
    await show(NEW_START.screen(t, draft), fresh=True)


async def take_start(
    _event: Event, at: datetime, actor: Actor, studies: Studies, state: FSMContext, use: Use, show: Show
) -> None:
    draft = await state.get_data()
    await state.clear()
    await use(studies.move, actor, draft["id"], draft["seen"], at)
    await show.done()


async def ask_cancel(
    _event: Event, callback_data: SessionAction, actor: Actor, studies: Studies, use: Use, show: Show, t: Translator
) -> None:
    await show(views.ask_cancel(t, await use(studies.card, actor, callback_data.id)))


async def cancel(
    _event: Event, callback_data: SessionAction, actor: Actor, studies: Studies, use: Use, show: Show
) -> None:
    await use(studies.cancel, actor, callback_data.id, callback_data.seen)
    await show.done()


def setup() -> Router:
    router = Router(name="sessions")
    message, press = router.message, router.callback_query
    for event in (message, press):
        event.register(study, Called("study"))
    for do in ("cannot-come", "move"):
        press.register(busy, Does(SessionAction, do), Busy())
    pressed: dict[str, Handler] = {
        "list": turn_page,
        "past": past,
        "card": card,
        "more": more,
        "material": material,
        "cannot-come": cannot_come,
        "can-come": can_come,
        "move": shift,
        "cancel": ask_cancel,
        "cancel-yes": cancel,
    }
    for do, handler in pressed.items():
        press.register(handler, Does(SessionAction, do))
    press.register(excuse, StateFilter(Excusing.reason_text), Chosen("no-reason"))
    message.register(excuse, StateFilter(Excusing.reason_text), Typed())
    NEW_START.register(router, Shifting.start_text, take_start)
    press.register(leave_step, StateFilter(Excusing, Shifting), To("back"))
    return router
