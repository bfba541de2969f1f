"""Own polling: a batch is fetched, handled to its end, and confirmed by the next fetch. aiogram's own loop confirms
before the handlers have finished."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from aiogram import Bot

from domain.failpoints import reach
from domain.messenger import Answer
from platforms.ingest import KINDS, Ingest
from platforms.telegram.session import TelegramSession

log = structlog.get_logger()

BATCH = 100
POLL_SECONDS = 30
LOOK_SECONDS = 1
PATIENCE_SECONDS = (1, 2, 4, 8, 15, 30)


class Polling:
    """``heard`` is called whenever the server has answered as it should. Two who ask at once are both refused, so only
    the process that ``leads`` does."""

    def __init__(
        self,
        bot: Bot,
        session: TelegramSession,
        ingest: Ingest,
        heard: Callable[[], None],
        leads: Callable[[], bool],
    ) -> None:
        self._bot = bot
        self._session = session
        self._ingest = ingest
        self._heard = heard
        self._leads = leads
        self._offset: int | None = None
        self._confirmed: int | None = None
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Poll until stopped. A server that cannot be reached is asked again, at most every 30 seconds."""
        failures = 0
        while not self._stopping.is_set():
            answer = await self._fetch_while_it_may() if self._leads() else None
            if answer is None:
                # Another one asks now, from what was confirmed last.
                self._offset = None if not self._stopping.is_set() else self._offset
                await self._rest(LOOK_SECONDS)
                continue
            if not answer.ok:
                wait = answer.retry_after or PATIENCE_SECONDS[min(failures, len(PATIENCE_SECONDS) - 1)]
                log.warning("polling_failed", code=answer.error_code, reason=answer.description[:80], wait=wait)
                failures += 1
                await self._rest(wait)
                continue
            failures = 0
            self._heard()
            await self._handle(answer.result)

    async def stop(self) -> None:
        """Take no more, and confirm what was handled so that it is not sent again."""
        self._stopping.set()
        # Asking again with the same offset within three seconds makes the server wait.
        if self._offset is not None and self._offset != self._confirmed:
            await self._session.call("getUpdates", {"offset": self._offset, "limit": 1, "timeout": 0})

    async def _handle(self, batch: list[dict[str, Any]]) -> None:
        if not batch:
            return
        results = await asyncio.gather(
            *(self._ingest.take(self._bot, "telegram", raw) for raw in batch), return_exceptions=True
        )
        # What could not even be buried stays unconfirmed, with everything after it; the marks make repeats harmless.
        failed = [raw["update_id"] for raw, result in zip(batch, results, strict=True) if result is not None]
        reach("before_ack")
        self._offset = min(failed) if failed else max(raw["update_id"] for raw in batch) + 1
        if failed:
            log.error("updates_unconfirmed", count=len(failed))
            await self._rest(PATIENCE_SECONDS[0])

    async def _fetch_while_it_may(self) -> Answer | None:
        """The next answer, or None when the stop came first, or the end of the lead: a long poll holds up neither."""
        stop = asyncio.ensure_future(self._stopping.wait())  # noqa: TID251 - both tasks end before this method does
        fetch = asyncio.ensure_future(self._fetch())  # noqa: TID251 - both tasks end before this method does
        try:
            while not (stop.done() or fetch.done()) and self._leads():
                await asyncio.wait({stop, fetch}, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            return fetch.result() if fetch.done() else None
        finally:
            for task in (stop, fetch):
                task.cancel()
            await asyncio.gather(stop, fetch, return_exceptions=True)

    async def _fetch(self) -> Answer:
        payload: dict[str, Any] = {"limit": BATCH, "timeout": POLL_SECONDS, "allowed_updates": list(KINDS)}
        if self._offset is not None:
            payload["offset"] = self._confirmed = self._offset
        return await self._session.call("getUpdates", payload, seconds=POLL_SECONDS + 15)

    async def _rest(self, seconds: float) -> None:
        """Wait, unless the stop comes first."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
