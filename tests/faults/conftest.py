"""Installations of either kind, with everybody at a messenger."""

from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.botapi.server import BotApi
from tests.faults.site import Site
from tests.postgres import own_database

KINDS = [
    pytest.param(("polling", "sqlite"), id="polling-sqlite"),
    pytest.param(("webhook", "postgres"), id="webhook-postgres", marks=pytest.mark.postgres),
]


@pytest.fixture(params=KINDS)
async def site(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Site]:
    """Both ways in and both databases, once each."""
    transport, kind = request.param
    with ExitStack() as stack:
        url = stack.enter_context(own_database()) if kind == "postgres" else None
        # The server's waits are shortened, so that what it sends again comes soon.
        async with BotApi(time_factor=0.1) as api:
            site = Site(tmp_path, api, transport, url)
            site.found()
            yield site
            if site.bot.is_alive:
                await site.bot.stop()
            assert api.complaints == []
