"""The page in a real Chromium, over a running demo."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests import machine
from tests.browser.tabs import Tabs
from tests.faults.running import Running

# As root Chromium needs --no-sandbox; the rest keeps it from calling home, which would be refused anyway.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A wait ends as soon as the thing is there; this is how long a slow machine may take, in milliseconds.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One demo for the tests of a file: starting takes longer than what they do."""
    bot = Running(tmp_path_factory.mktemp("demo"))
    asyncio.run(bot.start())
    yield bot
    asyncio.run(bot.stop())


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=machine.chromium(), args=SWITCHES)
        yield chromium
        await chromium.close()


@pytest.fixture
async def tabs(browser: Browser, demo: Running) -> AsyncIterator[Tabs]:
    opened = Tabs(browser, demo.url)
    yield opened
    assert opened.errors == []
