"""Both streams of deliveries side by side, and the rows of senders that died."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.deliveries import LANE_ORDER, Lane, Stream
from domain.messenger import Messenger
from domain.pace import Pace
from domain.use import Use
from schedules.sender import Sender
from services.deliveries import Deliveries
from views.texts import Texts


class Senders:
    """The streams share one pace. The many wait for the process that leads: it alone keeps to the messenger's rate."""

    def __init__(
        self,
        deliveries: Deliveries,
        use: Use,
        texts: Texts,
        zone: ZoneInfo,
        messengers: Mapping[str, Messenger],
        chat_changed: Callable[[int], None],
        pace: Pace,
        now: Callable[[], datetime],
        leads: Callable[[], bool],
    ) -> None:
        self._deliveries = deliveries
        self._use = use
        rest = (deliveries, use, texts, zone, messengers, chat_changed, pace, now)
        self._senders = {
            Stream.FACTS: Sender(Stream.FACTS, *rest, lambda: True),
            Stream.BULK: Sender(Stream.BULK, *rest, leads),
        }

    def nudge(self, lanes: Collection[Lane] = LANE_ORDER) -> None:
        """Something was recorded in these lanes."""
        for stream, sender in self._senders.items():
            if not set(lanes).isdisjoint(stream.lanes):
                sender.nudge()

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until stopped."""
        await asyncio.gather(*(sender.run(stopping) for sender in self._senders.values()))

    async def drain(self) -> bool:
        """Send what is due, facts first; tells whether there was any."""
        return any([await sender.drain() for sender in self._senders.values()])

    async def take_over(self) -> None:
        """Give back what died with its sender. Looked for by reading, since it is seldom there. What these senders hold
        themselves has not died, however long the database was away or whatever the clock did: they note it yet."""
        held = frozenset().union(*(sender.held for sender in self._senders.values()))
        if await self._use(self._deliveries.abandoned, held):
            await self._use(self._deliveries.take_over, held)
