"""The webhook: pushes updates lane by lane, each again until it is taken or too old."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.faults.botapi.news import News
from tests.faults.botapi.updates import Lane, Pending, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANSWER_SECONDS = 60
LONGEST_BACK_OFF = 60
LONGEST_RETRY_AFTER = 3600
MOST_CONNECTIONS = 40


Perform = Callable[[dict[str, Any]], Awaitable[object]]
"""Does what an answer to an update says, which names the method among its parameters."""


@dataclass(frozen=True)
class Push:
    """One try. ``status`` is 0 where no answer came."""

    update_id: int
    status: int
    wait: float


class Webhook:
    """Back-off as the server has it: the first repeat comes at once, then after 2, 4, 8 … 60 seconds, or after what
    the answer's Retry-After says; all of it shortened by the time factor."""

    def __init__(
        self, updates: Updates, news: News, clock: Callable[[], float], time_factor: float, perform: Perform
    ) -> None:
        self.url = ""
        self._perform = perform
        self.pushes: list[Push] = []
        self._updates = updates
        self._news = news
        self._clock = clock
        self._factor = time_factor
        self._secret = ""
        self._places = asyncio.Semaphore(MOST_CONNECTIONS)
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._http: ClientSession | None = None

    def set(self, url: str, secret: str, connections: int = MOST_CONNECTIONS) -> None:
        self.url, self._secret = url, secret
        self._places = asyncio.Semaphore(connections)
        self.wake()

    async def close(self) -> None:
        """Stop pushing; what was not taken stays pending."""
        self.url = ""
        tasks = list(self._lanes.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # One that was cancelled before it began has not left by itself.
        self._lanes.clear()
        if self._http is not None:
            await self._http.close()
            self._http = None

    def wake(self) -> None:
        """There may be something to push."""
        if self.url:
            for lane in self._updates.lanes() - self._lanes.keys():
                self._lanes[lane] = asyncio.create_task(self._run(lane))

    async def _run(self, lane: Lane) -> None:
        try:
            while (pending := self._updates.head(lane)) is not None:
                await self._deliver(pending)
                self._updates.drop(pending.id)
        finally:
            del self._lanes[lane]

    async def _deliver(self, pending: Pending) -> None:
        """Until it was taken, or until the next try would come too late."""
        delay, tries = 1.0, 0
        while pending.id in self._updates:
            async with self._places:
                status, retry_after = await self._post(pending)
            if 200 <= status <= 299:
                self._note(Push(pending.id, status, 0))
                return
            delay = min(delay * 2, LONGEST_BACK_OFF) if tries and not retry_after else delay
            wait = min(retry_after, LONGEST_RETRY_AFTER) if retry_after or not tries else delay
            tries += 1
            self._note(Push(pending.id, status, wait))
            if self._clock() + wait > pending.expires:
                return
            await asyncio.sleep(wait * self._factor)

    def _note(self, push: Push) -> None:
        self.pushes.append(push)
        self._news.spread()

    async def _post(self, pending: Pending) -> tuple[int, int]:
        if self._http is None:
            self._http = ClientSession(timeout=ClientTimeout(total=ANSWER_SECONDS))
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        try:
            async with self._http.post(self.url, json=pending.update, headers=headers) as response:
                body = await response.read()
                if response.status == 200 and response.content_type == "application/json":
                    await self._perform(json.loads(body))
                return response.status, int(response.headers.get("Retry-After") or 0)
        except (ClientError, TimeoutError, OSError, ValueError):
            return 0, 0
