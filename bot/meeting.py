"""What every update gets before its handler: who acts, their language, a way to speak; and what a refusal becomes."""

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.types import Update

from domain.errors import DomainError
from domain.messenger import Messenger
from domain.turn import Turn
from domain.use import Use
from handlers.show import Show
from handlers.speaking import spoken_language
from platforms.ingest import Inbox
from services.people import People
from views import refusals
from views.screen import Screen
from views.texts import Texts

log = structlog.get_logger()

Handle = Callable[[Update, dict[str, Any]], Awaitable[Any]]


class Meeting:
    """Reads who acts, and hands the handler ``actor``, ``t`` and ``show``. An expected refusal ends here: what the
    update buffered is dropped, and the person is told why in their language."""

    def __init__(
        self,
        use: Use,
        people: People,
        inbox: Inbox,
        texts: Texts,
        zone: ZoneInfo,
        language: str,
        messenger_of: Callable[[Bot], Messenger],
    ) -> None:
        self._use = use
        self._people = people
        self._inbox = inbox
        self._texts = texts
        self._zone = zone
        self._language = language
        self._messenger_of = messenger_of

    async def __call__(self, handle: Handle, update: Update, data: dict[str, Any]) -> Any:
        turn: Turn = data["turn"]
        code = getattr(data["event_from_user"], "language_code", None) or ""
        fallback = spoken_language(code, self._language)
        actor = await self._use(self._people.acting, turn.platform, turn.chat_id, fallback)
        t = self._texts.translator(actor.language, self._zone)
        show = Show(self._messenger_of(data["bot"]), update.event, turn.chat_id, lambda: self._settle(turn))
        data.update(actor=actor, t=t, show=show)
        try:
            result = await handle(update, data)
        except DomainError as error:
            log.info("refused", code=error.code)
            turn.changed = False
            await show.refuse(Screen(refusals.refusal(error, t)))
            return None
        await show.release()
        return result

    async def _settle(self, turn: Turn) -> None:
        if turn.is_to_settle:
            await self._use(self._inbox.settle, turn)
