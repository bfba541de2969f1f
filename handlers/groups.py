"""Groups: nothing of anybody's is shown there; whoever calls is asked to write in private. The first router of all."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import InGroup, IsCommand
from handlers.show import Event, Show
from views.screen import Screen
from views.texts import Translator


async def ask_for_private(_event: Event, show: Show, t: Translator) -> None:
    await show(Screen(t("write-in-private")), fresh=True)


async def nothing(_event: Message | CallbackQuery) -> None:
    """What people say to one another in a group is not for the bot."""


def setup() -> Router:
    router = Router(name="groups")
    router.message.register(ask_for_private, InGroup(), IsCommand())
    router.message.register(nothing, InGroup())
    router.edited_message.register(nothing, InGroup())
    router.callback_query.register(ask_for_private, InGroup())
    return router
