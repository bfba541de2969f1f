"""How an update becomes an effect exactly once: look, dispatch in the person's lane, commit, and only then confirm."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

import structlog
from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError
from structlog.contextvars import bound_contextvars

from domain.failpoints import reach
from domain.health import Fate
from domain.turn import AlreadySeen, DialogueMoved, Turn, Undone, current_turn
from domain.use import Use
from platforms.cleaning import cleaned
from platforms.lanes import Lanes

log = structlog.get_logger()

PAUSES = (0.1, 0.5, 2.0)
"""Seconds between tries of an update whose handling failed; after the last one the person is told."""

MOVES_ALLOWED = 10
"""How often a dialogue may move under an update before that counts as a failure."""

LARGEST_ID = 2**63 - 1
"""No messenger numbers its chats further, and no row could hold it."""

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What is asked for; everything else a messenger could send is not for us."""


class Inbox(Protocol):
    def open(self, turn: Turn, /) -> Turn: ...

    def settle(self, turn: Turn, /) -> None: ...

    def bury(self, bot_id: int, update_id: int, reason: str, reference: str, at: datetime, /) -> None: ...


class Speaker(Protocol):
    """What ingest itself has to say, in the reader's words."""

    async def already_saved(self, bot: Bot, update: Update, turn: Turn) -> None: ...

    async def failed(self, bot: Bot, update: Update, turn: Turn, reference: str) -> None: ...

    async def waiting(self, bot: Bot, update: Update, turn: Turn) -> None: ...


class Ingest:
    def __init__(
        self,
        dispatcher: Dispatcher,
        inbox: Inbox,
        use: Use,
        now: Callable[[], datetime],
        speaker: Speaker,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._dispatcher = dispatcher
        self._inbox = inbox
        self._use = use
        self._now = now
        self._speaker = speaker
        self._pause = pause
        self._lanes = Lanes()
        self.fates: Counter[Fate] = Counter()
        self._told_to_wait: set[tuple[int, int]] = set()

    @property
    def in_flight(self) -> int:
        return len(self._lanes)

    async def take(self, bot: Bot, platform: str, raw: dict[str, Any], sign_in: int | None = None) -> None:
        """Handle one update to its end: when this returns, it may be confirmed. Raises only when even the dead
        letter could not be written, so that the messenger will send it again. ``sign_in`` is the browser's session."""
        update_id = int(raw["update_id"])
        try:
            update = Update.model_validate(cleaned(raw), context={"bot": bot})
        except ValidationError as error:
            # The error's text holds the whole message, so only its class is kept.
            self.fates[Fate.UNREADABLE] += 1
            await self._bury(bot.id, update_id, type(error).__name__)
            return
        chat_id = _chat(update)
        if chat_id is None or abs(chat_id) > LARGEST_ID:
            return
        async with self._lanes.lane((bot.id, chat_id)):
            with bound_contextvars(update=update_id):
                await self._handle(bot, update, Turn(bot.id, update_id, chat_id, platform, self._now(), sign_in))

    async def _handle(self, bot: Bot, update: Update, blank: Turn) -> None:
        moves = 0
        tries = 0
        while True:
            turn = Turn(blank.bot_id, blank.update_id, blank.chat_id, blank.platform, blank.at, blank.sign_in)
            try:
                await self._once(bot, update, turn)
                self.fates[Fate.SEEN if turn.seen else Fate.HANDLED] += 1
                self._told_to_wait.discard((bot.id, turn.update_id))
                return
            except (DialogueMoved, Undone) as error:
                moves += 1
                if moves < MOVES_ALLOWED:
                    continue
                failure = type(error).__name__
            except AlreadySeen:
                continue
            except Exception as error:
                failure = type(error).__name__
                self.fates[Fate.FAILED] += 1
                log.warning("update_failed", error=failure, attempt=tries + 1, exc_info=True)
                if turn.committed:
                    # What it had to save is saved; only the words about it were lost, and a tap shows them again.
                    return
            if tries == len(PAUSES) - 1:
                await self._give_up(bot, update, turn, failure)
                return
            await self._pause(PAUSES[tries])
            tries += 1

    async def _once(self, bot: Bot, update: Update, turn: Turn) -> None:
        await self._use(self._inbox.open, turn)
        reach("after_claim")
        token = current_turn.set(turn)
        try:
            if turn.seen:
                await self._speaker.already_saved(bot, update, turn)
                return
            answer = await self._dispatcher.feed_update(bot, update, turn=turn)
            if isinstance(answer, TelegramMethod):
                raise TypeError("a handler shows its view; it does not return a method")
            if turn.is_to_settle:
                await self._use(self._inbox.settle, turn)
        finally:
            current_turn.reset(token)

    async def _give_up(self, bot: Bot, update: Update, turn: Turn, failure: str) -> None:
        reference = secrets.token_hex(3).upper()
        self.fates[Fate.DEAD] += 1
        log.error("update_dead", error=failure, reference=reference)
        try:
            await self._bury(bot.id, turn.update_id, failure, reference)
        except Exception:
            # Nothing can be written at all, so the update comes again; whoever sent it need not wait without a word.
            await self._tell_to_wait(bot, update, turn)
            raise
        self._told_to_wait.discard((bot.id, turn.update_id))
        await self._tell(self._speaker.failed(bot, update, turn, reference))

    async def _tell_to_wait(self, bot: Bot, update: Update, turn: Turn) -> None:
        """Once, however often the update comes again."""
        key = (bot.id, turn.update_id)
        if key not in self._told_to_wait:
            self._told_to_wait.add(key)
            await self._tell(self._speaker.waiting(bot, update, turn))

    async def _tell(self, telling: Awaitable[None]) -> None:
        try:
            await telling
        except Exception as error:  # noqa: BLE001 - what became of the update is decided; telling must not undo that
            log.warning("telling_failed", error=type(error).__name__)

    async def _bury(self, bot_id: int, update_id: int, reason: str, reference: str = "") -> None:
        await self._use(self._inbox.bury, bot_id, update_id, reason, reference, self._now())


def _chat(update: Update) -> int | None:
    """Whose lane it is: the person's. In a group the chat's own, where nothing but "write to me in private" is said.
    What nobody sent is nobody's."""
    if update.callback_query is not None:
        message = update.callback_query.message
        return message.chat.id if message is not None else update.callback_query.from_user.id
    for event in (update.message, update.edited_message, update.my_chat_member):
        if event is not None:
            return event.chat.id if event.from_user is not None else None
    return None
