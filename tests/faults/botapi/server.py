"""A Bot API server of the tests' own: it keeps the real server's rules, and misbehaves when told to.

In one point it is stricter than the real one: a call that does not fit the schema is refused and remembered in
``complaints``, also where the real server would overlook it.
"""

import asyncio
import json
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import BodyPartReader, web

from tests.botapi_schema import METHODS, check, decoded
from tests.faults.botapi.chats import BIGGEST_UPLOAD, Chats, Message, Upload
from tests.faults.botapi.faults import Fault, Faults
from tests.faults.botapi.methods import Methods
from tests.faults.botapi.news import News
from tests.faults.botapi.people import Person
from tests.faults.botapi.polling import Polling
from tests.faults.botapi.refused import Refused
from tests.faults.botapi.updates import Updates
from tests.faults.botapi.webhook import Webhook
from tests.faults.botapi.world import Payload, Presses, World

TOKEN = "100200:a-token-of-the-tests"
FIRST_UPDATE = 700_000_001
HTML_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"

Answer = dict[str, Any]


@dataclass
class Call:
    """One call as it came in. ``answer`` is what the server decided, also where a fault kept it from arriving; None
    where a fault came first."""

    method: str
    payload: Payload
    files: dict[str, Upload] = field(default_factory=dict)
    answer: Answer | None = None
    at: float = field(default_factory=time.monotonic)
    """When it came in, in seconds that nobody turns back."""
    fault: Fault | None = None
    retry_after: int = 0

    @property
    def accepted(self) -> bool:
        return self.answer is not None and bool(self.answer["ok"])


class BotApi:
    """``async with BotApi() as api:`` serves at ``api.url``. ``clock`` gives Unix seconds and decides what is too old;
    with a ``time_factor`` of 0.01 the server's own waits (back-off, long polls) take a hundredth of their time."""

    def __init__(
        self, clock: Callable[[], float] = time.time, time_factor: float = 1, token: str = TOKEN, port: int = 0
    ) -> None:
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.me = {"id": self.bot_id, "is_bot": True, "first_name": "Bot", "username": "tests_bot"}
        self.port = port
        self.calls: list[Call] = []
        self.complaints: list[str] = []
        self.more_routes: list[web.RouteDef] = []
        self._news = News()
        self._faults = Faults()
        self._chats = Chats(clock)
        self._updates = Updates(clock, self._stir, FIRST_UPDATE)
        self._world = World(self.me, clock, self._news, self._chats, self._updates, Presses(clock))
        self._people: dict[int, Person] = {}
        self.webhook = Webhook(self._updates, self._news, clock, time_factor, self._replied)
        self._polling = Polling(self._updates, self._news, lambda: bool(self.webhook.url), time_factor)
        self._methods = Methods(self._world, self._polling, self.webhook)
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.stop()
        await self.webhook.close()

    async def start(self) -> None:
        """Serve; after a ``stop`` at the same address, with everything as it was."""
        self._closing = asyncio.Event()
        application = web.Application(client_max_size=BIGGEST_UPLOAD + 2**20)
        application.add_routes(self.more_routes)
        application.router.add_get("/file/bot{token}/{path:.+}", self._download)
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Be unreachable: connections that wait are reset, new ones refused."""
        self._closing.set()
        self._polling.end("the server stops")
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def person(self, number: int, language_code: str = "zh-hans", first_name: str = "Someone") -> Person:
        """Somebody who has opened the chat with the bot; the same one each time."""
        if number not in self._people:
            user = {"id": number, "is_bot": False, "first_name": first_name, "language_code": language_code}
            self._chats.open({"id": number, "type": "private", "first_name": first_name})
            self._people[number] = Person(self._world, user)
        return self._people[number]

    def sent(self, chat_id: int | None = None) -> list[Message]:
        """The bot's messages in a chat (or in all) as they stand now, oldest first; deleted ones are gone."""
        return self._chats.messages(chat_id, self.bot_id)

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def fault(self, method: str, fault: Fault, times: int = 1, retry_after: int = 1) -> None:
        """Let something happen to the next calls of a method."""
        self._faults.add(method, fault, times, retry_after)

    def chances(self, method: str, chances: Mapping[Fault, float], *, seed: int = 1, retry_after: int = 1) -> None:
        """From now on let something happen to calls of a method by chance; the same seed throws the same dice."""
        self._faults.chances(method, chances, seed, retry_after)

    @property
    def happened(self) -> Counter[Fault]:
        """How often each fault came by chance."""
        return self._faults.happened

    def faults_left(self, method: str) -> int:
        return self._faults.left(method)

    def block(self, chat_id: int) -> None:
        """From now on nobody there can be written to, and the bot is not told (``Person.blocks`` tells it)."""
        self._chats.blocked.add(chat_id)

    def unblock(self, chat_id: int) -> None:
        self._chats.blocked.discard(chat_id)

    def queue(self, kind: str, content: dict[str, Any], lane: int = 0) -> int:
        """Any update at all, also one that no bot can read."""
        return self._updates.add(kind, content, ("queued", lane))

    def take(self, update_id: int) -> dict[str, Any]:
        """Take an update out of what waits for the bot, to bring it there by other ways."""
        return self._updates.take(update_id)

    def toast(self, press_id: str) -> str:
        """What was answered to a press."""
        return str(self._world.presses.answers.get(press_id, {}).get("text", ""))

    def made(self) -> list[dict[str, Any]]:
        """Every update there was, confirmed or not."""
        return self._updates.made()

    def redeliver(self, update_id: int) -> None:
        """Hand an update out again although it was confirmed."""
        self._updates.redeliver(update_id)

    def pending(self) -> list[int]:
        """The updates that the bot has not confirmed."""
        return list(self._updates)

    async def confirmed(self, *update_ids: int, within: float = 5) -> None:
        """Wait until the bot has confirmed these updates; without any, all."""
        if not await self.until(lambda: not set(update_ids or self._updates) & set(self._updates), within):
            raise AssertionError(f"not confirmed: {sorted(set(update_ids or self._updates) & set(self._updates))}")

    async def until(self, happened: Callable[[], bool], within: float = 5) -> bool:
        """Whether it happens within so many seconds; asked again after each call and each update."""
        return await self._news.until(happened, within)

    def _stir(self) -> None:
        self._news.spread()
        self.webhook.wake()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _json({"ok": False, "error_code": 401, "description": "Unauthorized"})
        payload, files = await _read(request, method)
        call = Call(method, payload, files)
        self.calls.append(call)
        self._news.spread()
        fault, retry_after = self._faults.next(method)
        call.fault, call.retry_after = fault, retry_after if fault is Fault.TOO_MANY else 0
        try:
            if fault is not None and fault.comes_before:
                return await self._misbehave(request, fault, {}, retry_after)
            call.answer = await self._answer(call)
            if fault is not None:
                return await self._misbehave(request, fault, call.answer, retry_after)
            return _reset(request) if self._closing.is_set() else _json(call.answer)
        finally:
            self._news.spread()

    async def _replied(self, said: Payload) -> None:
        """A call in the answer to an update: whoever made it never learns its result."""
        call = Call(str(said.pop("method", "")), said)
        self.calls.append(call)
        call.answer = await self._answer(call)
        self._news.spread()

    async def _answer(self, call: Call) -> Answer:
        complaints = check(call.method, call.payload, call.files.keys())
        self.complaints += [f"{call.method}: {complaint}" for complaint in complaints]
        if call.method not in METHODS:
            return _refusal(404, "Not Found: method not found")
        if complaints:
            return _refusal(400, f"Bad Request: {complaints[0]}")
        try:
            return {"ok": True, "result": await self._methods.perform(call.method, call.payload, call.files)}
        except Refused as refused:
            return _refusal(refused.code, str(refused), **refused.parameters)

    async def _misbehave(
        self, request: web.Request, fault: Fault, answer: Answer, retry_after: int
    ) -> web.StreamResponse:
        match fault:
            case Fault.TOO_MANY:
                why = f"Too Many Requests: retry after {retry_after}"
                return _json(_refusal(429, why, retry_after=retry_after))
            case Fault.SERVER_ERROR:
                return _json(_refusal(500, "Internal Server Error"))
            case Fault.BAD_GATEWAY:
                return web.Response(status=502, text=HTML_PAGE, content_type="text/html")
            case Fault.BLOCKED:
                return _json(_refusal(403, "Forbidden: bot was blocked by the user"))
            case Fault.TRUNCATED:
                text = json.dumps(answer)
                return web.Response(text=text[: len(text) // 2], content_type="application/json")
            case Fault.HANG_BEFORE | Fault.HANG_AFTER:
                self._news.spread()  # what it did, if it did it, can be seen meanwhile
                await self._closing.wait()
        return _reset(request)

    async def _download(self, request: web.Request) -> web.Response:
        file = self._chats.file_at(request.match_info["path"])
        if request.match_info["token"] != self.token or file is None:
            return web.Response(status=404)
        return web.Response(body=file.data, content_type="application/octet-stream")


async def _read(request: web.Request, method: str) -> tuple[Payload, dict[str, Upload]]:
    """The parameters of a call, which may come as JSON, as either kind of form, and in the address."""
    form = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body = await request.read()
        return decoded(method, form) | (json.loads(body) if body else {}), files
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            data = bytes(await part.read())
            if part.filename is None:
                form[part.name or ""] = data.decode()
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                files[part.name or ""] = Upload(part.filename, data, mime)
    else:
        form |= {name: str(value) for name, value in (await request.post()).items()}
    return decoded(method, form), files


def _refusal(code: int, why: str, **parameters: Any) -> Answer:
    answer = {"ok": False, "error_code": code, "description": why}
    return answer | ({"parameters": parameters} if parameters else {})


def _json(answer: Answer) -> web.Response:
    return web.json_response(answer, status=200 if answer["ok"] else answer["error_code"])


def _reset(request: web.Request) -> web.Response:
    """Throw the connection away without a goodbye; what is given back reaches nobody."""
    if request.transport is not None:
        connection = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response()
