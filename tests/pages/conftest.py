"""The program for real, in this process and over HTTP: no demo, the page as the only messenger."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.app import App
from bot.settings import load
from tests import sample as sample_of
from tests.conftest import FixedClock
from tests.pages.browser import Browser


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; empty for a file in the folder."""
    if request.param == "sqlite":
        return ""
    request.getfixturevalue("postgres")
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
async def app(tmp_path: Path, clock: FixedClock, database_url: str) -> AsyncIterator[App]:
    settings = load(_env_file=None, mode="web", data_dir=tmp_path, http_port=0, database_url=database_url)
    running = App(settings, clock)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def sample(app: App) -> App:
    """With the sample organisation in it."""
    await app.use(app.services.people.found, sample_of.organisation("zh"))
    return app


@pytest.fixture
async def browser(app: App) -> AsyncIterator[Callable[[], Browser]]:
    """A new browser, with cookies of its own."""
    opened: list[Browser] = []

    def open_one() -> Browser:
        opened.append(Browser(f"http://127.0.0.1:{app.port}"))
        return opened[-1]

    yield open_one
    await asyncio.gather(*(one.close() for one in opened))
