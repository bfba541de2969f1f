"""The reporter's answer: words and files until they are sent."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.errors import DomainError
from domain.files import Incoming
from domain.people import Actor
from domain.problems import Action
from domain.rectification import add_piece
from domain.use import Use
from handlers.filters import Busy, Chosen, Content, Does
from handlers.incoming import content_of
from handlers.problems.overtaking import busy
from handlers.show import Event, Show
from handlers.steps import prompts
from services.problems.answering import Answers
from services.problems.reading import Problems
from views.actions import ProblemAction
from views.problems import assigning as views
from views.problems import cards
from views.screen import Screen
from views.texts import Translator


class Supplying(StatesGroup):
    answer_text = State()


@prompts("Supplying", blank=("answer_text",))
async def prompt(draft: dict[str, Any], t: Translator) -> Screen:
    return views.ask_supply(t, draft["number"], draft["reason"], draft.get("texts", ()), len(draft.get("files", ())))


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
    card = await use(problems.card, actor, callback_data.id)
    if Action.SUPPLY not in card.actions:
        raise DomainError("not-now")
    draft = {"id": card.problem_id, "number": card.number, "reason": card.reason}
    await state.set_state(Supplying.answer_text)
    await state.set_data(draft)
    await show(await prompt(draft, t), fresh=True)


async def take(message: Message, bot: Bot, state: FSMContext, show: Show, t: Translator) -> None:
    """The pieces of an album come one by one and get one answer."""
    draft = await state.get_data()
    text, files, _ = content_of(message, bot.id)
    known = message.media_group_id is not None and draft.get("group") == message.media_group_id
    draft = {**add_piece(draft, text, files), "group": message.media_group_id}
    await state.set_data(draft)
    if not known:
        await show(await prompt(draft, t))


async def send(
    _event: Event, actor: Actor, state: FSMContext, answers: Answers, use: Use, show: Show, t: Translator
) -> None:
    draft = await state.get_data()
    await state.clear()
    files = [Incoming.from_draft(file) for file in draft.get("files", ())]
    await show(cards.show(t, await use(answers.supply, actor, draft["id"], draft.get("texts", ()), files)))


def setup() -> Router:
    router = Router(name="answers of reporters")
    router.callback_query.register(busy, Does(ProblemAction, Action.SUPPLY), Busy())
    router.callback_query.register(begin, Does(ProblemAction, Action.SUPPLY))
    router.message.register(take, StateFilter(Supplying.answer_text), Content())
    router.callback_query.register(send, StateFilter(Supplying.answer_text), Chosen("supply"))
    return router
