"""The sender: takes due deliveries by leases, words them for their readers, hands them to their messengers."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import structlog

from domain.deliveries import Stream
from domain.failpoints import reach
from domain.messenger import Answer, Messenger
from domain.pace import Pace, Quiet
from domain.turn import Undone
from domain.use import Use
from services.deliveries import TOO_FAST, Deliveries, Outcome, Parcel
from views import deliveries as views
from views.texts import Texts

log = structlog.get_logger()

WINDOW: Mapping[Stream, int] = {Stream.FACTS: 6, Stream.BULK: 10}
"""At most so many are under way, and therefore at most so many are said twice when the process is killed."""

WIDE_WINDOW: Mapping[Stream, int] = {Stream.FACTS: 8, Stream.BULK: 120}
"""The same where more than ``SLOW`` messages a second may go."""

SLOW = 100

PORTIONS: Mapping[Stream, int] = {Stream.FACTS: 2, Stream.BULK: 3}
"""A commit waits for that part of the window, a second at most: it costs nearly the same for one row as for forty."""

AHEAD_SECONDS = 5
"""Nothing is taken that would not be sent within so many seconds: a lease must not run out while it waits."""

A_MOMENT = 1.0
A_MINUTE = timedelta(minutes=1)
WEB = "web"


class Sender:
    """One stream of deliveries. ``messengers`` by platform; the chat page is not among them, since there saying is a
    row of the same database. ``chat_changed`` wakes the page that shows it; ``may_send`` says whether it is for this
    process to send."""

    def __init__(
        self,
        stream: Stream,
        deliveries: Deliveries,
        use: Use,
        texts: Texts,
        zone: ZoneInfo,
        messengers: Mapping[str, Messenger],
        chat_changed: Callable[[int], None],
        pace: Pace,
        now: Callable[[], datetime],
        may_send: Callable[[], bool],
    ) -> None:
        self._stream = stream
        self._deliveries = deliveries
        self._use = use
        self._texts = texts
        self._zone = zone
        self._messengers = messengers
        self._chat_changed = chat_changed
        self._pace = pace
        self._quiet = Quiet()
        self._now = now
        self._may_send = may_send
        self._window = (WIDE_WINDOW if pace.limit == 0 or pace.limit > SLOW else WINDOW)[stream]
        self._portion = self._window // PORTIONS[stream]
        self._worker = secrets.token_hex(8)
        self._nudged = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._newest_to: dict[int, asyncio.Task[None]] = {}
        self._said: list[Outcome] = []
        self._bodies: dict[bytes, dict[str, Any]] = {}
        self.held: set[int] = set()
        """The deliveries that it took and has not yet noted what became of: as long as it lives it sees to them."""

    def nudge(self) -> None:
        """Something was recorded: look at once instead of at the next second. The many look again anyway as long as
        some of them are under way."""
        if self._stream is Stream.FACTS or self._is_worth_a_commit():
            self._nudged.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until stopped; then wait for what is under way and give back what was leased and not sent. Whatever
        nobody thought of costs the messages under way another try, and never the sender."""
        while not stopping.is_set():
            try:
                await self._run(stopping)
            except* Exception as group:  # noqa: BLE001 - see above
                log.error("sender_fell", errors=[type(error).__name__ for error in group.exceptions])
                self._let_go()
                await asyncio.sleep(A_MOMENT)
            await self._give_back()

    async def _run(self, stopping: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as group:
            while not stopping.is_set():
                self._nudged.clear()
                await self._exchange(group, self._room())
                await self._rest()
            await self._settle(group)

    def _let_go(self) -> None:
        self.held.clear()
        self._under_way.clear()
        self._newest_to.clear()

    async def _give_back(self) -> None:
        try:
            await self._use(self._deliveries.release, self._worker)
        except Exception as error:  # noqa: BLE001 - the leases run out by themselves
            log.warning("sender_failed", error=type(error).__name__)

    async def drain(self) -> bool:
        """Send what is due, a window full of it; tells whether there was any."""
        async with asyncio.TaskGroup() as group:
            any_due = await self._exchange(group, self._room())
            await self._settle(group)
        return any_due

    async def _settle(self, group: asyncio.TaskGroup) -> None:
        """Wait for what is under way, and note it."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        await self._exchange(group, 0)

    async def _exchange(self, group: asyncio.TaskGroup, room: int) -> bool:
        """Note what was said and take what is next, in one commit; tells whether there was any of either."""
        said, self._said = self._said, []
        if not said and room <= 0:
            return False
        if said:
            reach("before_mark")
        try:
            parcels = await self._use(self._deliveries.exchange, self._worker, said, room, self._stream)
        except Undone:
            self._said = said + self._said
            return await self._exchange(group, room)
        except Exception as error:  # noqa: BLE001 - the database may be away for a moment: the rows wait, and what was said is noted later
            log.warning("sender_failed", error=type(error).__name__)
            self._said = said + self._said
            return False
        self.held -= {outcome.parcel.delivery.id for outcome in said}
        self.held |= {parcel.delivery.id for parcel in parcels}
        in_chats = [outcome.parcel.account.id for outcome in said if outcome.body is not None]
        if in_chats:
            reach("after_send")
        for account_id in in_chats:
            self._chat_changed(account_id)
        if parcels:
            reach("after_lease")
        worded, self._bodies = self._bodies, {}
        for parcel in parcels:
            self._begin(group, parcel, worded)
        return bool(said or parcels)

    def _is_worth_a_commit(self) -> bool:
        return len(self._said) >= self._portion or not self._under_way

    def _room(self) -> int:
        if not self._may_send():
            return 0
        soon = 1 + int(AHEAD_SECONDS * self._pace.rate(monotonic())) if self._pace.limit else self._window
        return min(self._window, soon) - len(self._under_way)

    def _begin(self, group: asyncio.TaskGroup, parcel: Parcel, worded: Mapping[bytes, dict[str, Any]]) -> None:
        body = self._body(parcel, worded)
        if body is None:
            return
        messenger = self._messengers.get(parcel.account.platform)
        if parcel.account.platform == WEB:
            reach("before_send")
            self._note(Outcome(parcel, body=body))
        elif messenger is None:
            self._note(Outcome(parcel, wait=A_MINUTE, why="no such messenger"))
        else:
            # Two things said to one person arrive in their order.
            before = self._newest_to.get(parcel.account.id)
            task = group.create_task(self._send(messenger, parcel, body, self._slot(), before))
            self._newest_to[parcel.account.id] = task
            self._under_way.add(task)
            task.add_done_callback(partial(self._done, parcel.account.id))

    def _body(self, parcel: Parcel, worded: Mapping[bytes, dict[str, Any]]) -> dict[str, Any] | None:
        """The message as Bot API JSON. What is the same for many is worded once, and kept from round to round for as
        long as there is more of it; ``worded`` is what the round before said."""
        row, payload = parcel.delivery, parcel.payload
        same = orjson.dumps([row.kind, parcel.language, payload])
        body = self._bodies.get(same) or worded.get(same)
        if body is None:
            try:
                screen = views.render(row.kind, payload, self._texts.translator(parcel.language, self._zone))
                body = screen.as_json()
            except Exception as error:  # noqa: BLE001 - words that fail stop this row, never the lane behind it
                log.error("delivery_unworded", delivery=row.id, kind=row.kind, error=type(error).__name__)
                self._note(Outcome(parcel, unworded=f"words: {type(error).__name__}"))
                return None
        self._bodies[same] = body
        return body

    def _slot(self) -> float:
        """When this one may go: whoever asked is answered at once, and the many wait for it."""
        slot = self._pace.slot(monotonic())
        return monotonic() if self._stream is Stream.FACTS else slot

    async def _send(
        self,
        messenger: Messenger,
        parcel: Parcel,
        body: Mapping[str, Any],
        slot: float,
        before: asyncio.Task[None] | None,
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
        await _until(slot)
        departure = self._pace.departure(monotonic())
        if self._stream is Stream.BULK:
            await _until(departure.at)
        self._pace.went(departure, monotonic())
        said = await self._said_to(messenger, parcel, body)
        self._pace.answered(departure, monotonic())
        self._said.append(said)

    def _done(self, account_id: int, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if self._newest_to.get(account_id) is task:
            del self._newest_to[account_id]
        self._go_on()

    async def _said_to(self, messenger: Messenger, parcel: Parcel, body: Mapping[str, Any]) -> Outcome:
        if self._quiet.until is not None and (quiet := self._quiet.left(self._now())):
            return Outcome(parcel, wait=quiet, why=TOO_FAST)
        reach("before_send")
        payload = {"chat_id": int(parcel.account.external_id), **body}
        if parcel.edits is None:
            answer = await messenger.call("sendMessage", payload)
        else:
            answer = await messenger.call("editMessageText", {**payload, "message_id": parcel.edits})
        reach("after_send")
        return self._heard(parcel, answer)

    def _heard(self, parcel: Parcel, answer: Answer) -> Outcome:
        if answer.unsent:
            now = self._now()
            self._quiet.unreachable(now)
            return Outcome(parcel, wait=self._quiet.left(now), why=answer.description)
        if answer.retry_after:
            self._pace.refused(monotonic(), answer.retry_after)
            self._quiet.demanded(self._now() + timedelta(seconds=answer.retry_after))
        else:
            self._quiet.heard()
        return Outcome(parcel, answer)

    def _note(self, outcome: Outcome) -> None:
        """What is clear without a messenger."""
        self._said.append(outcome)
        self._go_on()

    def _go_on(self) -> None:
        if self._is_worth_a_commit():
            self._nudged.set()

    async def _rest(self) -> None:
        """Wait for something to do, for a moment at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(A_MOMENT):
                await self._nudged.wait()


async def _until(instant: float) -> None:
    if (seconds := instant - monotonic()) > 0:
        await asyncio.sleep(seconds)
