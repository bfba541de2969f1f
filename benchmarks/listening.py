"""A messenger that remembers when each message came, and refuses those that come too fast."""

import asyncio
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from benchmarks.messenger import Messenger, Raw
from benchmarks.running import HEADERS
from benchmarks.town import FIRST_CHAT

Said = list[tuple[float, int]]


@dataclass
class Heard:
    """What was said to the crowd: instant and chat, one entry for each message."""

    told: Said = field(default_factory=list)
    refused: int = 0

    @property
    def rate(self) -> float:
        """Messages a second from the first to the last."""
        return (len(self.told) - 1) / (self.told[-1][0] - self.told[0][0]) if len(self.told) > 1 else 0.0


class Listening(Messenger):
    """``limit`` messages may come within any second, whichever one looks at; 0 is any number of them."""

    def __init__(self, limit: int = 0) -> None:
        super().__init__()
        self.limit = limit
        self.heard = Heard()
        self._last: deque[float] = deque()

    async def until(self, many: int, within: float) -> bool:
        """Whether so many messages came in time."""
        ends = time.perf_counter() + within
        while len(self.heard.told) < many:
            if time.perf_counter() > ends:
                return False
            await asyncio.sleep(0.01)
        return True

    async def asked(self, address: str, update: Raw) -> float:
        """Seconds until somebody who says this is answered."""
        began = time.perf_counter()
        await self.drive(address, HEADERS, [update])
        return time.perf_counter() - began

    async def asked_evenly(self, address: str, updates: Iterable[Raw], rate: float) -> list[float | None]:
        """The same for many who do not wait for each other: so many a second, whatever becomes of them. None is
        somebody who got no answer."""
        began, tasks = time.perf_counter(), []
        for place, update in enumerate(updates):
            await asyncio.sleep(began + place / rate - time.perf_counter())
            tasks.append(asyncio.create_task(self.asked(address, update)))
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        return [answer if isinstance(answer, float) else None for answer in answers]

    async def _answer(self, request: web.Request) -> web.Response:
        if request.match_info["method"] != "sendMessage":
            return await super()._answer(request)
        now = time.perf_counter()
        if self._is_too_fast(now):
            self.heard.refused += 1
            body = {"ok": False, "error_code": 429, "description": "too fast", "parameters": {"retry_after": 1}}
            return web.json_response(body, status=429)
        said: dict[str, Any] = orjson.loads(await request.read())
        if int(said["chat_id"]) >= FIRST_CHAT:
            self.heard.told.append((now, int(said["chat_id"])))
        return await super()._answer(request)

    def _is_too_fast(self, now: float) -> bool:
        if not self.limit:
            return False
        while self._last and self._last[0] <= now - 1:
            self._last.popleft()
        if len(self._last) >= self.limit:
            return True
        self._last.append(now)
        return False


def percentile(values: Iterable[float], part: float) -> float:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
