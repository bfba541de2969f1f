"""Two people on one card: whoever comes second reads who was first, and when, over the card as it is now."""

from aiogram.types import CallbackQuery, Message

from domain.errors import Outdated
from domain.people import Actor
from domain.use import Use
from handlers.show import Show
from services.problems.reading import Problems
from views.actions import Nav
from views.problems import cards
from views.screen import Screen, press
from views.texts import Translator

Event = Message | CallbackQuery


async def overtaken(
    error: Outdated, problem_id: int, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    await show(cards.overtaken(t, error, await use(problems.card, actor, problem_id)))


async def busy(_event: Event, show: Show, t: Translator) -> None:
    """A button that begins a dialogue while another is open: go on with that, or give it up."""
    buttons = [
        press(t.plain("draft-continue"), Nav(to="continue")),
        press(t.plain("draft-discard"), Nav(to="cancel")),
    ]
    await show(Screen(t("draft-interrupted")).with_rows(buttons), fresh=True)
