"""The page behind proxies and without HTTPS: who is believed, what is refused, and that news arrive through buffers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.app import App
from bot.proxies import as_the_browser_sent_it
from bot.settings import load
from tests.conftest import FixedClock
from tests.pages.browser import Browser
from tests.pages.proxy import Proxy

REFUSED = "请用以 https:// 开头的地址打开"
NAME = "bot.example.org"


@asynccontextmanager
async def page(folder: Path, **settings: object) -> AsyncIterator[tuple[App, str]]:
    """The program for real and the address it listens on."""
    given = {"mode": "web", "data_dir": folder, "http_port": 0, **settings}
    app = App(load(_env_file=None, **given), FixedClock())
    await app.start()
    try:
        yield app, f"http://127.0.0.1:{app.port}"
    finally:
        await app.stop()


async def first_code(app: App) -> str:
    return (await app.use(app.services.entrances.invite_admin)).code


async def test_through_a_trusted_proxy_with_tls_one_enters_and_hears_news(tmp_path: Path) -> None:
    async with page(tmp_path, trusted_proxies="127.0.0.1") as (app, url):
        told = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": NAME, "X_Forwarded_For": "203.0.113.9"}
        async with Proxy(url, **told) as proxy:
            admin = Browser(proxy.url)
            entered = await admin.press_enter(await first_code(app), Origin=f"https://{NAME}")
            assert "Secure" in entered.headers["Set-Cookie"].split("; ")
            # Over plain HTTP to the double a browser would keep it to itself.
            secret = entered.cookies["session"].value
            admin.http.headers["Cookie"] = f"session={secret}"
            assert await admin.sees("您现在是管理员")
            await admin.says("/help")
            assert await admin.sees("/people")
            headers = proxy.passed["/chat/events"]
            assert headers["Cache-Control"] == "no-store"
            assert headers["X-Accel-Buffering"] == "no"
            assert "Content-Length" in headers, "a whole answer, for which nothing has to be kept open"
            await admin.close()


async def test_what_others_could_read_is_answered_with_a_page_that_says_what_to_do(tmp_path: Path) -> None:
    async with page(tmp_path) as (app, url):
        code = await first_code(app)
        elsewhere = Browser(url)
        for address in ("/", "/chat/", "/chat/events", f"/enter/{code}", "/nothing"):
            status, words = await elsewhere.get(address, Host=NAME)
            assert (status, REFUSED in words) == (403, True), address
        refused = await elsewhere.press_enter(code, Host=NAME)
        assert (refused.status, refused.headers.get("Set-Cookie")) == (403, None)
        assert refused.headers["Cache-Control"] == "no-store"
        assert (await elsewhere.get("/healthz", Host=NAME))[0] == 200
        assert (await elsewhere.get("/static/chat.css", Host=NAME))[0] == 200
        assert (await elsewhere.press_enter(code)).status == 303, "nothing was spent, and from this machine it works"
        await elsewhere.close()


async def test_whoever_is_no_trusted_proxy_says_https_in_vain(tmp_path: Path) -> None:
    async with page(tmp_path, trusted_proxies="192.0.2.0/24") as (_app, url):
        stranger = Browser(url)
        told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Host": "127.0.0.1"}
        status, words = await stranger.get("/enter/x", Host=NAME, **told)
        assert (status, REFUSED in words) == (403, True)
        await stranger.close()


async def test_a_trusted_proxy_that_says_plain_http_is_believed(tmp_path: Path) -> None:
    async with page(tmp_path, trusted_proxies="127.0.0.1", public_url=f"https://{NAME}") as (_app, url):
        stranger = Browser(url)
        assert (await stranger.get("/enter/x", Host=NAME, **{"X-Forwarded-Proto": "https"}))[0] == 200
        assert (await stranger.get("/enter/x", Host=NAME, **{"X-Forwarded-Proto": "http"}))[0] == 403
        await stranger.close()


async def test_a_public_address_with_https_is_enough_and_only_by_its_own_name(tmp_path: Path) -> None:
    async with page(tmp_path, public_url=f"https://{NAME}") as (app, url):
        admin = Browser(url)
        assert (await admin.get("/enter/x", Host="10.0.0.5:8080"))[0] == 403
        entered = await admin.press_enter(await first_code(app), Host=NAME, Origin=f"https://{NAME}")
        assert "Secure" in entered.headers["Set-Cookie"].split("; ")
        await admin.close()


async def test_in_a_closed_network_plain_http_may_be_allowed(tmp_path: Path) -> None:
    async with page(tmp_path, allow_http=True, public_url="http://10.0.0.5:8080") as (app, url):
        admin = Browser(url)
        entered = await admin.press_enter(await first_code(app), Host="10.0.0.5:8080", Origin="http://10.0.0.5:8080")
        assert entered.status == 303
        assert "Secure" not in entered.headers["Set-Cookie"]
        assert (await admin.get("/chat/", Host="10.0.0.5:8080"))[0] == 200
        await admin.close()


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ({}, "http page.local 127.0.0.1"),
        ({"X-Forwarded-For": "203.0.113.9"}, "http page.local 203.0.113.9"),
        ({"X-Forwarded-For": "10.6.6.6, 203.0.113.9, 10.0.0.7"}, "http page.local 203.0.113.9"),
        ({"X-Forwarded-For": "10.0.0.8, 10.0.0.7"}, "http page.local 10.0.0.7"),
        ({"X-Forwarded-Proto": "http, https", "X-Forwarded-Host": "evil, bot"}, "https bot 127.0.0.1"),
        ({"X-Forwarded-Proto": "https, http"}, "http page.local 127.0.0.1"),
        ({"X-Forwarded-Proto": "gopher"}, "http page.local 127.0.0.1"),
    ],
)
async def test_of_what_stands_in_a_header_only_the_nearest_proxy_is_believed(told: dict[str, str], seen: str) -> None:
    async def echo(request: web.Request) -> web.Response:
        return web.Response(text=f"{request.scheme} {request.host} {request.remote}")

    settings = load(_env_file=None, mode="web", trusted_proxies="127.0.0.1, 10.0.0.0/8")
    application = web.Application(middlewares=[as_the_browser_sent_it(settings)])
    application.router.add_get("/", echo)
    async with TestServer(application) as server, ClientSession(headers={"Host": "page.local", **told}) as client:
        assert await (await client.get(server.make_url("/"))).text() == seen
