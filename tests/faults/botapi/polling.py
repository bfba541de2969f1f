"""getUpdates: at most one long poll at a time, and none beside a webhook."""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.faults.botapi.news import News
from tests.faults.botapi.refused import Refused
from tests.faults.botapi.updates import Updates

OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

# The server guards itself against a bot that asks in a tight loop, always for the same.
SAME_AGAIN_SECONDS = 3
AT_ONCE_AGAIN_SECONDS = 0.5


class Polling:
    def __init__(self, updates: Updates, news: News, webhook_is_set: Callable[[], bool], time_factor: float) -> None:
        self._updates = updates
        self._news = news
        self._webhook_is_set = webhook_is_set
        self._factor = time_factor
        self._waiting: _Poll | None = None
        self._last_offset: int | None = None
        self._last_start = 0.0

    async def get_updates(self, payload: dict[str, Any]) -> list[dict[str, Any]]:
        if self._webhook_is_set():
            raise Refused(409, WEBHOOK_ACTIVE)
        self._updates.allow(payload.get("allowed_updates"))
        offset, limit, timeout = payload.get("offset", 0), payload.get("limit", 100), payload.get("timeout", 0)
        limit, timeout = self._slowed_down(offset, limit, timeout)
        batch = self._updates.fetch(offset, limit)
        if batch or not timeout:
            return batch
        self.end(OTHER_POLL)
        return await self._wait(_Poll(), offset, limit, timeout)

    def end(self, why: str) -> None:
        """Let the poll that waits, if there is one, fail."""
        if self._waiting is not None:
            self._waiting.ended = why
            self._waiting = None
            self._news.spread()

    def _slowed_down(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        now = asyncio.get_running_loop().time()
        since = (now - self._last_start) / self._factor
        if offset == self._last_offset:
            timeout = max(timeout, SAME_AGAIN_SECONDS) if since < SAME_AGAIN_SECONDS else timeout
            limit = 1 if since < AT_ONCE_AGAIN_SECONDS else limit
        self._last_offset, self._last_start = offset, now
        return limit, timeout

    async def _wait(self, poll: "_Poll", offset: int, limit: int, timeout: int) -> list[dict[str, Any]]:
        self._waiting = poll
        try:
            await self._news.until(lambda: bool(poll.ended) or len(self._updates) > 0, timeout * self._factor)
        finally:
            if self._waiting is poll:
                self._waiting = None
        if poll.ended:
            raise Refused(409, poll.ended)
        return self._updates.fetch(offset, limit)


class _Poll:
    ended = ""
