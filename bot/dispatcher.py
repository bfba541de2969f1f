"""The dispatcher: all routers, the meeting before them, and what handlers may ask for by name."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.middlewares.user_context import EVENT_CONTEXT_KEY, UserContextMiddleware
from aiogram.types import Update

from bot.meeting import Meeting
from bot.services import Services
from bot.table import Table
from domain.messenger import Messenger
from domain.use import Use
from handlers.routers import root_routers
from platforms.ingest import Inbox
from storage.dialogue import Dialogue
from views.texts import Texts


class Straight(Dispatcher):
    """aiogram's dispatcher on the straight way: an update, the meeting, the table. On its own way seven layers hand on
    all that handlers may ask for, each in a copy, and that took as long as to read who acts. What it would do there is
    done here, or elsewhere: lanes keep an order, ingest sees to what fails."""

    def __init__(self, meeting: Meeting, **parameters: Any) -> None:
        super().__init__(**parameters)
        self._meeting = meeting

    async def feed_update(self, bot: Bot, update: Update, **kwargs: Any) -> Any:
        met = UserContextMiddleware.resolve_event_context(update)
        data = {**self.workflow_data, **kwargs, "bot": bot, EVENT_CONTEXT_KEY: met, "event_from_user": met.user}
        state = self.fsm.resolve_event_context(bot, data)
        raw_state = await state.get_state() if state is not None else None
        known = {**data, "event_update": update, "state": state, "raw_state": raw_state}
        return await self._meeting(self._ask, update, known)

    async def _ask(self, update: Update, known: dict[str, Any]) -> Any:
        for router in self.sub_routers:
            answer = await router.propagate_event(update.event_type, update.event, **known)
            if answer is not UNHANDLED:
                return answer
        return UNHANDLED


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
    meeting = Meeting(use, services.people, inbox, texts, zone, language, messenger_of)
    dispatcher = Straight(meeting, storage=Dialogue(), **parameters(services, use, texts, words))
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
