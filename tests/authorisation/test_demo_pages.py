"""The demo's pages against their table: opened to the network, for a device that comes without the password, for one
that was let in, and for a part that nobody plays."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.settings import load
from tests.authorisation.table import lines
from tests.authorisation.test_pages import answer, asked, served
from tests.conftest import FixedClock
from tests.pages.browser import Browser


@pytest.fixture
async def demo(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[App]:
    assert capsys is not None, "what is printed at the start is read later"
    monkeypatch.setattr(App, "_fill_demo", _stay_empty)
    running = App(load(_env_file=None, mode="demo", data_dir=tmp_path, http_host="0.0.0.0", http_port=0), clock)
    await running.start()
    yield running
    await running.stop()


async def _stay_empty(_app: App) -> None:
    """The personas are enough here."""


@pytest.fixture
async def device(demo: App) -> AsyncIterator[Browser]:
    """It reaches the program by the address that this machine has in the network."""
    assert demo.gate is not None
    browser = Browser(demo.gate.address.rstrip("/"))
    yield browser
    await browser.close()


async def test_every_page_of_the_demo_is_answered_as_the_table_says(
    demo: App, device: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    table = {line.entry: (line.thing, *line.answers) for line in lines("Pages of the demo")}
    assert set(table) == served(demo)
    printed = re.search(r"password: (\d{8})", capsys.readouterr().out)
    assert printed is not None
    outside = {page: await tried(device, page, "admin") for page in table}
    async with device.http.post(f"{device.url}/demo/enter", data={"password": printed[1]}) as let_in:
        assert let_in.status == 200
    for page, expected in table.items():
        nobody = await tried(device, page, "nobody") if "{persona}" in page else ""
        assert (outside[page], await tried(device, page, "admin"), nobody) == expected, page


async def tried(browser: Browser, page: str, persona: str) -> str:
    return answer(await asked(browser, page.replace("{persona}", persona), 987_654))
