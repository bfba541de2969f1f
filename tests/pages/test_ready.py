"""Whether a balancer may send people here."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from bot.app import App
from tests.pages.browser import Browser


async def test_it_is_ready_while_it_runs_and_its_database_answers(
    sample: App, browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    anybody = browser()
    assert await anybody.get("/readyz") == (200, '{"ready": true}')

    def silent() -> bool:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr(sample.services.people, "is_empty", silent)
        assert await anybody.get("/readyz") == (503, '{"ready": false}')
        assert (await anybody.get("/healthz"))[0] == 200
    assert (await anybody.get("/readyz"))[0] == 200
    sample.stopping.set()
    assert (await anybody.get("/readyz"))[0] == 503
