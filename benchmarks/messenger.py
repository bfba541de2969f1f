"""A messenger that says yes at once to every call, and the load: people who write and wait for the answer."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import ClientSession, ClientTimeout, TCPConnector, web

TOKEN = "42:benchmark"
IN_FLIGHT = 50
PATIENCE_SECONDS = 30
SAID = frozenset({"sendMessage", "editMessageText"})

Raw = dict[str, Any]


@dataclass
class Load:
    """What came of some updates: how long they took together, and how many were answered."""

    seconds: float = 0
    answered: int = 0

    @property
    def rate(self) -> float:
        return self.answered / self.seconds


class Messenger:
    """Used as ``async with``: within it the calls of a bot are answered."""

    def __init__(self) -> None:
        self.url = ""
        self._numbers = 0
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._http: ClientSession
        self._runner: web.AppRunner

    async def __aenter__(self) -> "Messenger":
        application = web.Application(client_max_size=1 << 20)
        application.router.add_post("/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"
        self._http = ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(PATIENCE_SECONDS))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()
        await self._runner.cleanup()

    async def drive(self, address: str, headers: Mapping[str, str], updates: Iterable[Raw]) -> Load:
        """Post the updates to a bot's webhook, so many at a time; each is done when it was answered in its chat."""
        load, room = Load(), asyncio.Semaphore(IN_FLIGHT)
        began = time.perf_counter()
        async with asyncio.TaskGroup() as people:
            for update in updates:
                await room.acquire()
                task = people.create_task(self._say(address, headers, update, load))
                task.add_done_callback(lambda _: room.release())
        load.seconds = time.perf_counter() - began
        return load

    async def _say(self, address: str, headers: Mapping[str, str], update: Raw, load: Load) -> None:
        message = update.get("message") or update["callback_query"]["message"]
        answered = self._waiting[message["chat"]["id"]] = asyncio.get_running_loop().create_future()
        async with self._http.post(address, data=orjson.dumps(update), headers=headers) as response:
            if response.status != 200:
                raise RuntimeError(f"the bot answered {response.status}")
        await asyncio.wait_for(answered, PATIENCE_SECONDS)
        load.answered += 1

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method not in SAID:
            return _yes(_ME if method == "getMe" else True)
        said = (
            orjson.loads(await request.read()) if request.content_type == "application/json" else await request.post()
        )
        chat_id = int(said["chat_id"])
        self._numbers += 1
        answered = self._waiting.pop(chat_id, None)
        if answered is not None and not answered.done():
            answered.set_result(None)
        chat = {"id": chat_id, "type": "private"}
        return _yes({"message_id": self._numbers, "date": 1, "chat": chat, "text": str(said["text"])})


_ME = {"id": 42, "is_bot": True, "first_name": "Benchmark", "username": "benchmark_bot"}


def _yes(result: object) -> web.Response:
    return web.Response(body=orjson.dumps({"ok": True, "result": result}), content_type="application/json")
