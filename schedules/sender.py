"""The sender: takes due deliveries by leases, words them for their readers, hands them to their messengers."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

import structlog

from domain.failpoints import reach
from domain.messenger import Answer, Messenger
from domain.use import Use
from services.deliveries import Deliveries, LeaseLost, Parcel
from views import deliveries as views
from views.screen import Screen
from views.texts import Texts

log = structlog.get_logger()

BATCH = 16
"""At most so many are in flight, and therefore at most so many are said twice when the process is killed."""

UNKNOWN_CODES = frozenset({0, 500, 502, 503, 504})


class Sender:
    """``messengers`` by platform; the chat page is not among them, since there saying is a row of the same database.
    ``chat_changed`` wakes the page that shows it."""

    def __init__(
        self,
        deliveries: Deliveries,
        use: Use,
        texts: Texts,
        zone: ZoneInfo,
        messengers: Mapping[str, Messenger],
        chat_changed: Callable[[int], None],
    ) -> None:
        self._deliveries = deliveries
        self._use = use
        self._texts = texts
        self._zone = zone
        self._messengers = messengers
        self._chat_changed = chat_changed
        self._worker = secrets.token_hex(8)
        self._nudged = asyncio.Event()

    def nudge(self) -> None:
        """Something was recorded: look at once instead of at the next second."""
        self._nudged.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Drain until stopped; then give back what was leased and not sent."""
        while not stopping.is_set():
            self._nudged.clear()
            try:
                busy = await self.drain()
            except Exception as error:  # noqa: BLE001 - the database may be away for a moment; the rows wait
                log.warning("sender_failed", error=type(error).__name__)
                busy = False
            if not busy:
                await self._rest()
        await self._use(self._deliveries.release, self._worker)

    async def drain(self) -> bool:
        """Send one batch of what is due; tells whether there was any."""
        parcels = await self._use(self._deliveries.claim, self._worker, BATCH)
        if parcels:
            reach("after_lease")
        for parcel in parcels:
            await self._send(parcel)
        return bool(parcels)

    async def _send(self, parcel: Parcel) -> None:
        row = parcel.delivery
        try:
            screen = views.render(row.kind, parcel.payload, self._texts.translator(parcel.language, self._zone))
        except Exception as error:  # noqa: BLE001 - words that fail stop this row, never the lane behind it
            log.error("delivery_unworded", delivery=row.id, kind=row.kind, error=type(error).__name__)
            await self._use(self._deliveries.refused, parcel, self._worker, f"words: {type(error).__name__}")
            return
        reach("before_send")
        if parcel.account.platform == "web":
            await self._put_in_chat(parcel, screen)
            return
        messenger = self._messengers.get(parcel.account.platform)
        if messenger is None:
            await self._use(self._deliveries.postpone, parcel, self._worker, "no such messenger", 60)
            return
        payload = {"chat_id": int(parcel.account.external_id), **screen.as_json()}
        if parcel.edits is None:
            answer = await messenger.call("sendMessage", payload)
        else:
            answer = await messenger.call("editMessageText", {**payload, "message_id": parcel.edits})
        reach("after_send")
        await self._mark(parcel, answer)

    async def _put_in_chat(self, parcel: Parcel, screen: Screen) -> None:
        try:
            await self._use(self._deliveries.put_in_chat, parcel, self._worker, screen.as_json())
        except LeaseLost:
            return
        reach("after_send")
        self._chat_changed(parcel.account.id)

    async def _mark(self, parcel: Parcel, answer: Answer) -> None:
        reach("before_mark")
        if answer.ok or (parcel.edits is not None and "not modified" in answer.description):
            await self._use(self._deliveries.delivered, parcel, self._worker, answer.message_id or parcel.edits)
        elif answer.retry_after:
            await self._use(self._deliveries.postpone, parcel, self._worker, "429", answer.retry_after)
        elif answer.blocked:
            await self._use(self._deliveries.blocked, parcel, self._worker)
        elif answer.error_code in UNKNOWN_CODES:
            # Nobody knows whether it arrived. A duplicate is better than a gap.
            await self._use(self._deliveries.postpone, parcel, self._worker, answer.description[:120] or "unknown")
        else:
            await self._use(self._deliveries.refused, parcel, self._worker, f"{answer.error_code}")

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._nudged.wait(), 1)
        except TimeoutError:
            return
