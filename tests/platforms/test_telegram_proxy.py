"""Calls to the Bot API by way of a proxy: everything goes through it, and what it refuses was never sent."""

from base64 import b64encode
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer

from domain.messenger import OutFile
from platforms.telegram.session import TelegramSession

API = "api.example.org"


class Proxy:
    """Answers every call itself, and keeps what it was asked for and by whom. ``status`` other than 200 refuses."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.who: set[str] = set()
        self.status = 200
        self.server = RawTestServer(self._answer)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.raw_path}")
        self.who.add(request.headers.get("Proxy-Authorization", ""))
        if "/file/" in request.raw_path:
            return web.Response(body=b"bytes")
        return web.json_response({"ok": True, "result": {"file_path": "a/b"}}, status=self.status)


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    double = Proxy()
    async with double.server:
        yield double


def through(proxy: Proxy, scheme: str = "http") -> TelegramSession:
    return TelegramSession("1:x", f"{scheme}://{API}", f"http://user:secret@127.0.0.1:{proxy.server.port}")


async def test_calls_uploads_and_downloads_go_through_the_proxy_and_say_who_asks(proxy: Proxy) -> None:
    session = through(proxy)
    picture = OutFile(name="a.png", data=b"x", mime="image/png")
    assert (await session.call("sendPhoto", {"chat_id": 1}, {"photo": picture})).ok
    assert await session.fetch("handle", 100) == b"bytes"
    await session.close()
    assert proxy.asked == [
        f"POST http://{API}/bot1:x/sendPhoto",
        f"POST http://{API}/bot1:x/getFile",
        f"GET http://{API}/file/bot1:x/a/b",
    ]
    assert proxy.who == {f"Basic {b64encode(b'user:secret').decode()}"}


async def test_a_call_that_the_proxy_refuses_was_not_sent(proxy: Proxy) -> None:
    session, proxy.status = through(proxy, "https"), 407
    answer = await session.call("sendMessage", {})
    await session.close()
    assert (answer.ok, answer.unsent) == (False, True)
    assert "secret" not in answer.description
    assert proxy.asked == [f"CONNECT {API}:443"]


async def test_a_proxy_that_is_not_there_is_no_connection() -> None:
    session = TelegramSession("1:x", f"https://{API}", "http://127.0.0.1:1")
    answer = await session.call("sendMessage", {})
    await session.close()
    assert (answer.ok, answer.unsent) == (False, True)
