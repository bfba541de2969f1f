"""Assessments as those meet them who owe or planned them: the lists, a card, "submitted", somebody else, called off."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.assessments import AssessmentCard
from domain.errors import DomainError, NotFound
from domain.files import Incoming
from domain.people import Actor
from domain.use import Use
from handlers.filters import Busy, Chosen, Content, Does, To, Typed
from handlers.incoming import files_of
from handlers.material import hand_out
from handlers.problems.overtaking import busy
from handlers.show import Event, Show
from handlers.steps import prompts
from services.assessments import Assessments
from services.files import Files
from views.actions import AssessmentAction
from views.assessments import cards as views
from views.screen import Screen
from views.texts import Translator

Handler = Callable[..., Awaitable[None]]


class Submitting(StatesGroup):
    note_text = State()


class HandingOver(StatesGroup):
    person_text = State()


@prompts("Submitting", blank=("note_text",))
async def ask_submission(draft: dict[str, Any], t: Translator) -> Screen:
    return views.ask_submission(t, draft["title"], draft["unit_name"])


@prompts("HandingOver", blank=("person_text",))
async def ask_person(draft: dict[str, Any], t: Translator, actor: Actor, assessments: Assessments, use: Use) -> Screen:
    page = await use(assessments.candidates, actor, draft["unit"], draft["part"], draft["page"])
    return views.ask_person(t, draft["unit_name"], page)


async def listing(_event: Event, actor: Actor, assessments: Assessments, use: Use, show: Show, t: Translator) -> None:
    await show(views.listing(t, await use(assessments.mine, actor), await use(assessments.planned, actor)))


async def card(
    _event: Event,
    callback_data: AssessmentAction,
    actor: Actor,
    assessments: Assessments,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """The card, or what else there is to do with it, or the question whether to call it off."""
    found = await use(assessments.card, actor, callback_data.id)
    screens = {"card": views.card, "more": views.more, "cancel": views.ask_cancel}
    await show(screens[callback_data.do](t, found))


async def files_of_card(
    _event: Event,
    callback_data: AssessmentAction,
    actor: Actor,
    assessments: Assessments,
    files: Files,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """The material, or what a unit handed in."""
    found = await use(assessments.card, actor, callback_data.id)
    ids = await use(assessments.material, actor, callback_data.id, callback_data.unit)
    await hand_out(ids, found.title, files, use, show, t)


async def begin(
    _event: Event,
    callback_data: AssessmentAction,
    actor: Actor,
    assessments: Assessments,
    state: FSMContext,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    found = await use(assessments.card, actor, callback_data.id)
    if callback_data.unit not in {one.unit_id for one in found.owed_by_me} or found.is_cancelled:
        raise DomainError("not-now")
    draft = _draft(found, callback_data.unit)
    await state.set_state(Submitting.note_text)
    await state.set_data(draft)
    await show(await ask_submission(draft, t), fresh=True)


async def submit(
    event: Event, bot: Bot, actor: Actor, assessments: Assessments, state: FSMContext, use: Use, show: Show
) -> None:
    """By the button, or with the note or file that a message brings."""
    draft = await state.get_data()
    message = event if isinstance(event, Message) else None
    note = (message.text or message.caption or "") if message is not None else ""
    files = files_of(message, bot.id) if message is not None else []
    await state.clear()
    kept = [Incoming.from_draft(file) for file in files]
    await use(assessments.submit, actor, draft["id"], draft["unit"], note, kept)
    await show.done()


async def begin_hand_over(
    _event: Event,
    callback_data: AssessmentAction,
    actor: Actor,
    assessments: Assessments,
    state: FSMContext,
    use: Use,
    show: Show,
    **data: Any,
) -> None:
    draft = _draft(await use(assessments.card, actor, callback_data.id), callback_data.unit)
    screen = await ask_person(draft, data["t"], actor, assessments, use)
    await state.set_state(HandingOver.person_text)
    await state.set_data(draft)
    await show(screen, fresh=True)


async def find_person(_event: Event, text: str, state: FSMContext, show: Show, **data: Any) -> None:
    draft = await state.update_data(part=text.strip()[:40], page=0)
    await show(await ask_person(draft, data["t"], data["actor"], data["assessments"], data["use"]))


async def turn_page(_event: Event, value: str, state: FSMContext, show: Show, **data: Any) -> None:
    draft = await state.update_data(page=int(value) if value.isdigit() else 0)
    await show(await ask_person(draft, data["t"], data["actor"], data["assessments"], data["use"]))


async def hand_over(
    _event: Event,
    value: str,
    actor: Actor,
    assessments: Assessments,
    state: FSMContext,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    draft = await state.get_data()
    await state.clear()
    person_id = int(value) if value.isdigit() else 0
    await show(views.card(t, await use(assessments.hand_over, actor, draft["id"], draft["unit"], person_id)))


async def leave_step(
    _event: Event, actor: Actor, assessments: Assessments, state: FSMContext, use: Use, show: Show, t: Translator
) -> None:
    draft = await state.get_data()
    await state.clear()
    await show(views.card(t, await use(assessments.card, actor, draft["id"])))


async def cancel(
    _event: Event, callback_data: AssessmentAction, actor: Actor, assessments: Assessments, use: Use, show: Show
) -> None:
    await use(assessments.cancel, actor, callback_data.id, callback_data.seen)
    await show.done()


def _draft(found: AssessmentCard, unit_id: int) -> dict[str, Any]:
    name = next((one.unit_name for one in found.lines if one.unit_id == unit_id), None)
    if name is None:
        raise NotFound
    return {
        "id": found.assessment_id,
        "unit": unit_id,
        "unit_name": name,
        "title": found.title,
        "part": "",
        "page": 0,
    }


def setup() -> Router:
    router = Router(name="submitting")
    message, press = router.message, router.callback_query
    for do in ("submit", "who"):
        press.register(busy, Does(AssessmentAction, do), Busy())
    pressed: dict[str, Handler] = {
        "list": listing,
        "card": card,
        "more": card,
        "cancel": card,
        "cancel-yes": cancel,
        "material": files_of_card,
        "files": files_of_card,
        "submit": begin,
        "who": begin_hand_over,
    }
    for do, handler in pressed.items():
        press.register(handler, Does(AssessmentAction, do))
    press.register(submit, StateFilter(Submitting.note_text), Chosen("submit"))
    message.register(submit, StateFilter(Submitting.note_text), Content())
    message.register(find_person, StateFilter(HandingOver.person_text), Typed())
    press.register(turn_page, StateFilter(HandingOver.person_text), Chosen("people-page"))
    press.register(hand_over, StateFilter(HandingOver.person_text), Chosen("person"))
    press.register(leave_step, StateFilter(Submitting, HandingOver), To("back"))
    return router
