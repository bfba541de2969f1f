"""The dispatcher: all routers, the meeting before them, and what handlers may ask for by name."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher

from bot.middlewares import Meeting
from bot.services import Services
from bot.table import Table
from domain.messenger import Messenger
from domain.use import Use
from handlers.routers import root_routers
from platforms.ingest import Inbox
from storage.dialogue import Dialogue
from views.texts import Texts


def build(
    services: Services,
    use: Use,
    inbox: Inbox,
    texts: Texts,
    zone: ZoneInfo,
    language: str,
    messenger_of: Callable[[Bot], Messenger],
) -> Dispatcher:
    words = texts.command_words()
    dispatcher = Dispatcher(storage=Dialogue(), **parameters(services, use, texts, words))
    dispatcher.update.outer_middleware(Meeting(use, services.people, inbox, texts, zone, language, messenger_of))
    table = Table(root_routers())
    dispatcher.include_router(table)
    dispatcher["commands"] = called(table)
    return dispatcher


def parameters(services: Services, use: Use, texts: Texts, words: dict[str, str]) -> dict[str, Any]:
    return {**services.by_name(), "use": use, "texts": texts, "command_words": words}


def called(table: Table) -> tuple[str, ...]:
    """The commands that some handler answers, so that no menu offers one that nobody does."""
    found: dict[str, None] = {}
    for handler in table.walk("message"):
        for known in handler.filters or ():
            found.update(dict.fromkeys(sorted(getattr(known.callback, "commands", ()))))
    return tuple(found)
