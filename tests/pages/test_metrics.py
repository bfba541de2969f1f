"""What whoever watches the program from this machine is told of it."""

import re
from collections.abc import Callable

import pytest
from aiohttp.web import HTTPNotFound

from bot.app import App
from domain.health import Fate
from tests.pages.browser import Browser


def value(said: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", said, re.MULTILINE)
    assert found is not None, said
    return float(found[1])


async def test_it_counts_updates_and_tells_what_waits(sample: App, browser: Callable[[], Browser]) -> None:
    _, before = await browser().get("/metrics")
    sample.ingest.fates[Fate.HANDLED] += 2
    sample.pace.refused(0, 35)
    status, said = await browser().get("/metrics")
    assert status == 200
    assert value(said, 'biaoshuai_updates_total{fate="handled"}') == 2
    assert value(before, 'biaoshuai_updates_total{fate="handled"}') == 0
    assert value(said, "biaoshuai_refused_seconds_total") == 35
    assert value(said, 'biaoshuai_deliveries_due{lane="notices"}') == 0
    assert value(said, "biaoshuai_oldest_delivery_seconds") == 0
    assert value(said, "biaoshuai_dead_letters") == 0
    assert value(said, 'biaoshuai_since_beat_seconds{of="purge"}') >= 0


async def test_to_others_it_does_not_exist(sample: App) -> None:
    class Other:
        remote = "192.0.2.7"

    [route] = sample._metrics().routes()
    with pytest.raises(HTTPNotFound):
        await route.handler(Other())  # type: ignore[arg-type, misc]  # a request of which only the sender matters
