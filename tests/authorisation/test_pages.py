"""The pages against their table, over HTTP: without a sign-in, with one, and what stands in somebody else's chat."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.app import App
from bot.settings import load
from tests import sample as sample_of
from tests.authorisation.table import lines
from tests.conftest import FixedClock
from tests.pages.browser import Browser
from tests.pages.test_entering import link_for

ASIDE = frozenset({"/static"})
"""Served from a folder of the program's own."""

NEVER_GIVEN = "A" * 22


@pytest.fixture
async def app(tmp_path: Path, clock: FixedClock) -> AsyncIterator[App]:
    running = App(load(_env_file=None, mode="web", data_dir=tmp_path, http_port=0), clock)
    await running.start()
    await running.use(running.services.people.found, sample_of.organisation("zh"))
    yield running
    await running.stop()


@pytest.fixture
async def browser(app: App) -> AsyncIterator[Callable[[], Browser]]:
    opened: list[Browser] = []

    def open_one() -> Browser:
        opened.append(Browser(f"http://127.0.0.1:{app.port}"))
        return opened[-1]

    yield open_one
    for one in opened:
        await one.close()


def served(app: App) -> set[str]:
    """``GET /chat/`` and so on, as the running program serves them; HEAD answers as GET does."""
    assert app.runner.app is not None
    return {
        f"{route.method} {route.resource.canonical}"
        for route in app.runner.app.router.routes()
        if route.resource is not None and route.method != "HEAD" and route.resource.canonical not in ASIDE
    }


async def test_every_page_is_answered_as_the_table_says(app: App, browser: Callable[[], Browser]) -> None:
    table = {line.entry: (line.thing, *line.answers) for line in lines("Pages")}
    assert set(table) == served(app)
    reader = await inside(app, browser(), "B003")
    theirs = (await (await inside(app, browser(), "C003")).messages())[0]["id"]
    for page, (nobody, somebody, others) in table.items():
        await reader.press_enter(await link_for(app, "B003"))
        absent = await asked(reader, page, 987_654)
        assert answer(await asked(browser(), page, 987_654)) == nobody, page
        assert ("yes" if absent[0] not in {401, 403} else "no") == somebody, page
        if others == "–":
            assert await asked(reader, page, theirs) == absent
            assert absent[0] == 404


async def inside(app: App, browser: Browser, number: str) -> Browser:
    await browser.press_enter(await link_for(app, number))
    await browser.says("/menu")
    return browser


async def asked(browser: Browser, page: str, message: int) -> tuple[int, str]:
    """The page as a browser of ours asks for it, about this message."""
    method, address = page.split(" ")
    for name, value in (("message", message), ("code", NEVER_GIVEN), ("secret", NEVER_GIVEN)):
        address = address.replace(f"{{{name}}}", str(value))
    body = {"id": "press-00000001", "message": message, "data": "nav:more"} if method == "POST" else None
    given = {"json": body} if address.startswith(("/chat/", "/as/")) else {}
    headers = {"X-Chat": "1"}
    async with browser.http.request(
        method, browser.url + address, headers=headers, allow_redirects=False, **given
    ) as response:
        return response.status, await response.text()


def answer(got: tuple[int, str]) -> str:
    return "no" if got[0] in {401, 403} else "–" if got[0] == 404 else "yes"
