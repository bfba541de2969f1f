"""Two people on one card: whoever comes second reads who was first, and when, over the card as it is now."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.errors import Outdated
from domain.people import Actor
from domain.use import Use
from handlers.show import Show
from handlers.steps import subject
from services.problems.reading import Problems
from views import drafts
from views.problems import cards
from views.texts import Translator

Event = Message | CallbackQuery


async def overtaken(
    error: Outdated, problem_id: int, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    await show(cards.overtaken(t, error, await use(problems.card, actor, problem_id)))


async def busy(_event: Event, raw_state: str, state: FSMContext, show: Show, t: Translator) -> None:
    """A button that begins a dialogue while another is open: go on with that, or give it up."""
    await show(drafts.busy(t, subject(raw_state, await state.get_data())), fresh=True)
