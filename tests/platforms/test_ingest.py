"""Ingest: an undecodable update harms no other, a failing one is retried and then kept, a person's come in order."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update

from domain.turn import AlreadySeen, DialogueMoved, Turn, Undone
from platforms.ingest import Ingest
from platforms.recording import RecordingSession

NOW = datetime(2030, 5, 13, 2, 0, tzinfo=UTC)


class NoRoom(Exception):
    """What a full disk comes to."""


class MemoryInbox:
    """What the real inbox does, without a database: this is about the order of things."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.buried: list[tuple[int, str]] = []
        self.refuse: list[Exception] = []
        self.is_full = False

    def open(self, turn: Turn, /) -> Turn:
        turn.seen = turn.update_id in self.seen
        return turn

    def settle(self, turn: Turn, /) -> None:
        if self.refuse:
            raise self.refuse.pop(0)
        if turn.changed:
            self.seen.add(turn.update_id)

    def bury(self, bot_id: int, update_id: int, reason: str, reference: str, at: datetime, /) -> None:
        if self.is_full:
            raise NoRoom
        self.buried.append((update_id, reason))


class Speaker:
    def __init__(self) -> None:
        self.said: list[tuple[str, int]] = []

    async def already_saved(self, bot: Bot, update: Update, turn: Turn) -> None:
        self.said.append(("already saved", turn.update_id))

    async def failed(self, bot: Bot, update: Update, turn: Turn, reference: str) -> None:
        self.said.append(("failed", turn.update_id))

    async def waiting(self, bot: Bot, update: Update, turn: Turn) -> None:
        self.said.append(("waiting", turn.update_id))


class Desk:
    """An ingest over one handler that a test supplies."""

    def __init__(self, handler: Any) -> None:
        self.inbox, self.speaker = MemoryInbox(), Speaker()
        self.bot = Bot("7:x", session=RecordingSession())
        dispatcher = Dispatcher()
        dispatcher.message.register(handler)
        self.ingest = Ingest(dispatcher, self.inbox, _directly, lambda: NOW, self.speaker, pause=self._pause)
        self.pauses: list[float] = []

    async def take(self, number: int, text: str = "hi", chat: int = 70) -> None:
        await self.ingest.take(self.bot, "telegram", update(number, text, chat))

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def _directly(case: Any, /, *args: Any, **kwargs: Any) -> Any:
    return case(*args, **kwargs)


def update(number: int, text: str, chat: int) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "x"}
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": number, "message": message}


async def test_an_undecodable_update_is_recorded_by_number_and_kind_only() -> None:
    handled: list[str] = []

    async def handler(message: Message) -> None:
        handled.append(message.text or "")

    desk = Desk(handler)
    await desk.ingest.take(desk.bot, "telegram", {"update_id": 1, "message": {"text": "secret"}})
    await desk.take(2, "good")
    assert desk.inbox.buried == [(1, "ValidationError")]
    assert handled == ["good"]


async def test_a_handler_that_fails_twice_and_then_works_is_handled() -> None:
    failures = [RuntimeError(), RuntimeError()]

    async def handler(_message: Message) -> None:
        if failures:
            raise failures.pop()

    desk = Desk(handler)
    await desk.take(1)
    assert desk.pauses == [0.1, 0.5]
    assert desk.inbox.buried == []
    assert desk.speaker.said == []


async def test_after_three_failures_the_person_is_told_once_and_the_update_is_kept() -> None:
    async def handler(_message: Message) -> None:
        raise RuntimeError

    desk = Desk(handler)
    await desk.take(1)
    assert desk.inbox.buried == [(1, "RuntimeError")]
    assert desk.speaker.said == [("failed", 1)]


async def test_where_nothing_can_be_written_the_person_is_told_once_and_the_update_comes_again() -> None:
    handled: list[int] = []

    async def handler(message: Message) -> None:
        if desk.inbox.is_full:
            raise NoRoom
        handled.append(message.message_id)

    desk = Desk(handler)
    desk.inbox.is_full = True
    for _ in range(2):
        with pytest.raises(NoRoom):
            await desk.take(1)
    assert desk.speaker.said == [("waiting", 1)]
    desk.inbox.is_full = False
    await desk.take(1)
    assert handled == [1]
    assert desk.inbox.buried == []


async def test_a_seen_update_is_answered_and_not_dispatched() -> None:
    async def handler(_message: Message) -> None:
        pytest.fail("it had its effect already")

    desk = Desk(handler)
    desk.inbox.seen.add(1)
    await desk.take(1)
    assert desk.speaker.said == [("already saved", 1)]


@pytest.mark.parametrize("lost", [DialogueMoved(), AlreadySeen(), Undone()])
async def test_the_loser_of_a_race_is_dispatched_anew_and_that_is_no_failure(lost: Exception) -> None:
    handled: list[int] = []

    async def handler(message: Message, turn: Turn) -> None:
        turn.changed = True
        handled.append(message.message_id)

    desk = Desk(handler)
    desk.inbox.refuse = [lost]
    await desk.take(1)
    assert handled == [1, 1]
    assert desk.pauses == []


async def test_one_person_waits_for_themself_and_nobody_else() -> None:
    order: list[str] = []
    gate = asyncio.Event()

    async def handler(message: Message) -> None:
        if message.text == "slow":
            await gate.wait()
        order.append(message.text or "")

    desk = Desk(handler)
    first = asyncio.ensure_future(desk.take(1, "slow", chat=70))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(desk.take(2, "after slow", chat=70))
    await desk.take(3, "somebody else", chat=71)
    gate.set()
    await asyncio.gather(first, second)
    assert order == ["somebody else", "slow", "after slow"]
    assert desk.ingest.in_flight == 0
