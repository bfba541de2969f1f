"""Two people on one card: whoever comes second reads who was first, and when, over the card as it is now."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.errors import DomainError, Outdated
from domain.people import Actor
from domain.problems import Action
from domain.use import Use
from domain.visibility import Card
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


async def still_open(
    action: Action, problem_id: int, seen: int, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> Card | None:
    """The card, if it is the one that was seen; where somebody moved it first, that is shown and nothing given back.
    Raises DomainError ``not-now`` where this actor may not take the step."""
    try:
        card = await use(problems.current, actor, problem_id, seen)
    except Outdated as error:
        await overtaken(error, problem_id, actor, problems, use, show, t)
        return None
    if action not in card.actions:
        raise DomainError("not-now")
    return card


async def busy(_event: Event, raw_state: str, state: FSMContext, show: Show, t: Translator) -> None:
    """A button that begins a dialogue while another is open: go on with that, or give it up."""
    await show(drafts.busy(t, subject(raw_state, await state.get_data())), fresh=True)
