"""A command in the middle of another: asked about, never silently dropped. Must stand before every other router."""

from aiogram import Router

from handlers.filters import Interrupts
from handlers.show import Event, Show
from views import home
from views.texts import Translator

BEGINNING = frozenset({"report", "opinion", "broadcast", "session_new", "contest", "import", "join", "passphrase"})
"""Commands that begin a dialogue of their own; the others only look and leave a draft where it is."""


async def interrupted(_event: Event, command: str, show: Show, t: Translator) -> None:
    await show(home.interrupted(t, command), fresh=True)


def setup() -> Router:
    router = Router(name="drafts")
    for event in (router.message, router.callback_query):
        event.register(interrupted, Interrupts(BEGINNING))
    return router
