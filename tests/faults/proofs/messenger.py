"""A messenger that refuses, breaks off and stays silent: all is said nevertheless, and no earlier than it allowed."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from domain.deliveries import DeliveryState
from domain.notices import NOTICE, Audience, Plan
from domain.pace import LONGEST_SILENCE
from domain.people import RoleKind
from storage.deliveries import Deliveries
from storage.notices import Notices
from tests.faults.botapi.faults import Fault
from tests.faults.botapi.server import BotApi, Call
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.site import FIRST_OF_CROWD, Site

OFTEN = 0.05
CHANCES = {
    Fault.TOO_MANY: OFTEN,
    Fault.SERVER_ERROR: OFTEN,
    Fault.RESET_BEFORE: OFTEN / 2,
    Fault.RESET_AFTER: OFTEN / 2,
    Fault.HANG_BEFORE: OFTEN / 2,
    Fault.HANG_AFTER: OFTEN / 2,
    Fault.BLOCKED: 0.01,
}
"""Half of what breaks off and half of the silences come after the message was accepted: nobody can tell."""

UNKNOWN = {Fault.RESET_AFTER, Fault.HANG_AFTER}
WAIT_SECONDS = 2
LONG_WAIT = 10_000
OUTAGE, STEP = 2 * 60 * 60, 30 * 60
ADMIN = 9004
ONE_PERSON, MANY_PEOPLE = "city-02", "dept-1"
MINUTES = 9
SLACK = 0.2
"""Seconds by which the bot's clock and the ledger's may differ."""


class Post:
    """Notices to the people of a unit, each of which must arrive once in each of some chats."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._titles: list[str] = []
        self._notice = 0

    def send(self, unit_code: str) -> None:
        """One more notice, whose time for undoing is over."""
        with self._site.work() as work:
            unit = work.people.unit_by_code(unit_code)
            assert unit is not None
        title = f"第{len(self._titles) + 1}号通知"
        with self._site.services() as services:
            wanted = Plan(title, "请您按时完成。", Audience((unit.id,), (RoleKind.MEMBER,)))
            count = services.broadcasts.check(wanted).count
            admin = services.people.acting("telegram", ADMIN, "zh")
            self._notice = services.broadcasts.start(admin, replace(wanted, expected=count))
        self._titles.append(title)

    def open(self) -> None:
        """The time for undoing is over: the notice may go out."""
        self._site.advance(seconds=31)

    async def sender_has_the_card(self) -> None:
        await self._site.api.person(ADMIN).sees(self._titles[-1], within=30)

    def is_done(self) -> bool:
        """Whether everybody was reached, or given up."""
        with self._site.database() as database, database.reading() as session:
            notice = Notices(session).find(self._notice)
            states = Counter(row.state for row in Deliveries(session).find(NOTICE, str(self._notice)))
        assert notice is not None
        return notice.recorded == notice.recipients and not states[DeliveryState.PENDING] + states[DeliveryState.LEASED]

    def calls(self) -> list[Call]:
        """What was tried for the newest notice."""
        sent = self._site.api.called("sendMessage")
        return [call for call in sent if self._titles[-1] in call.payload["text"] and call.payload["chat_id"] != ADMIN]

    def missing(self, chats: range) -> set[int]:
        """Those whom the newest notice did not reach, though they had not blocked the bot."""
        sent = self._site.api.called("sendMessage")
        blocked = {call.payload["chat_id"] for call in sent if call.fault is Fault.BLOCKED}
        return set(chats) - {call.payload["chat_id"] for call in self.calls() if call.accepted} - blocked

    def doubles(self) -> int:
        heard = [call.payload["chat_id"] for call in self.calls() if call.accepted]
        return len(heard) - len(set(heard))


async def _faulty(site: Site, post: Post, chats: range) -> tuple[str, bool]:
    api = site.api
    api.chances("sendMessage", CHANCES, seed=len(chats), retry_after=WAIT_SECONDS)
    post.send(MANY_PEOPLE)
    post.open()
    await site.start()
    await _until(post.is_done, MINUTES * 60)
    await site.bot.stop()
    api.chances("sendMessage", {})
    unknown = sum(api.happened[fault] for fault in UNKNOWN)
    lost, doubled, early = len(post.missing(chats)), post.doubles(), _early(post.calls())
    value = f"{len(chats)} messages, {api.happened.total()} faults: {lost} lost, {doubled} twice by {unknown} unknown, "
    return f"{value}{early} calls too early", not lost and doubled <= unknown and not early


async def _long_wait(site: Site, post: Post) -> tuple[str, bool]:
    """A wait that the messenger named outlasts the bot's life."""
    post.send(ONE_PERSON)
    await site.start()
    await post.sender_has_the_card()
    site.api.fault("sendMessage", Fault.TOO_MANY, retry_after=LONG_WAIT)
    post.open()
    await _until(lambda: len(post.calls()) == 1)
    await asyncio.sleep(1)
    await site.bot.kill()
    site.advance(seconds=LONG_WAIT - 60)
    await site.start()
    await asyncio.sleep(2)
    early = len(post.calls()) - 1
    site.advance(seconds=60)
    await _until(post.is_done)
    await site.bot.stop()
    calls = len(post.calls())
    return f"{early} calls within {LONG_WAIT} s over a restart, {calls} of 2 in all", early == 0 and calls == 2


async def _outage(site: Site, post: Post, chats: range) -> tuple[str, bool]:
    """Nobody there for two hours: none of the messages is given up."""
    await site.api.stop()
    post.send(MANY_PEOPLE)
    post.open()
    await site.start()
    for _ in range(OUTAGE // STEP):
        await asyncio.sleep(1)
        site.advance(seconds=STEP)
    await site.api.start()
    # It is tried again within a minute of the bot's own time.
    site.advance(seconds=LONGEST_SILENCE.total_seconds())
    await _until(post.is_done)
    await site.bot.stop()
    lost = len(post.missing(chats))
    return f"{lost} of {len(chats)} lost by an outage of 2 h", not lost


def _early(calls: list[Call]) -> int:
    """Calls within the time that a 429 had named, whoever they were to; those under way when it came do not count."""
    refused_at, free_at, early = 0.0, 0.0, 0
    for call in calls:
        early += refused_at + SLACK < call.at < free_at - SLACK
        if call.retry_after:
            refused_at, free_at = call.at, max(free_at, call.at + call.retry_after)
    return early


async def _until(happened: Callable[[], bool], within: float = 60) -> None:
    async with asyncio.timeout(within):
        while not happened():
            await asyncio.sleep(0.1)


async def _run(n: int, folder: Path) -> Outcome:
    async with BotApi(time_factor=0.1) as api:
        site = Site(folder, api, "polling", None)
        site.found([(RoleKind.MEMBER, ONE_PERSON), *[(RoleKind.MEMBER, MANY_PEOPLE)] * n])
        post, chats = Post(site), range(FIRST_OF_CROWD + 1, FIRST_OF_CROWD + 1 + n)
        parts = [await _faulty(site, post, chats), await _long_wait(site, post), await _outage(site, post, chats)]
        value = "; ".join([*(value for value, _ in parts), *api.complaints[:3]])
        return Outcome(value, all(held for _, held in parts) and not api.complaints)


def run(n: int, folder: Path) -> Outcome:
    return asyncio.run(_run(n, folder))


GOAL = "0 lost, 0 too early, twice only what nobody can know"
# Refused once in twenty, a sender goes down to one message a second, and two hundred take five minutes.
MESSENGER = Proof("messenger", GOAL, few=10, many=400, run=run, parts=2)
