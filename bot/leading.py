"""Whether this process is the one that leads. On SQLite there is only one, and it does."""

import asyncio
import secrets
from time import monotonic

import structlog

from domain.failpoints import reach
from domain.leadership import LASTS, MARGIN, RENEWED_EVERY
from domain.use import Use
from services.leadership import Leadership

log = structlog.get_logger()


class Leading:
    """``alone`` says that there can be no other."""

    def __init__(self, leadership: Leadership, use: Use, *, alone: bool) -> None:
        self._leadership = leadership
        self._use = use
        self._alone = alone
        self._me = secrets.token_hex(8)
        self._until = 0.0

    def leads(self) -> bool:
        """Judged by this machine's own clock from before the lead was asked for, so that a process that was frozen, or
        cut off from the database, knows by itself that it leads no more."""
        return self._alone or monotonic() < self._until

    async def run(self, stopping: asyncio.Event) -> None:
        """Hold the lead or wait for it, until stopped; then let another one have it at once."""
        if self._alone:
            return
        while not stopping.is_set():
            await self._hold()
            try:
                await asyncio.wait_for(stopping.wait(), RENEWED_EVERY.total_seconds())
            except TimeoutError:
                continue
        self._until = 0.0
        await self._use(self._leadership.resign, self._me)

    async def _hold(self) -> None:
        asked, led = monotonic(), self.leads()
        try:
            holds = await self._use(self._leadership.hold, self._me)
        except Exception as error:  # noqa: BLE001 - the database may be away for a moment: the lead then runs out by itself
            log.warning("lead_not_renewed", error=type(error).__name__)
            return
        self._until = asked + (LASTS - MARGIN).total_seconds() if holds else 0.0
        if self.leads() != led:
            log.info("leads" if self.leads() else "follows")
        if holds:
            reach("leader_pause")
