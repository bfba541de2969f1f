"""Columns of JSON: what goes in comes out, whatever somebody made up."""

from typing import Any

import pytest

from storage.engine import Database
from storage.unit_of_work import Store


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        (
            {"text": "叫号屏", "days": [1, None, 2.5], "on": True},
            {"text": "叫号屏", "days": [1, None, 2.5], "on": True},
        ),
        ({7: "by number"}, {"7": "by number"}),
        (12, 12),
        ({"size": 10**30}, {"size": 1e30}),
        ({"size": 10**30, "half": "\ud800"}, {"size": 10**30, "half": "\ud800"}),
    ],
)
def test_json_is_kept(database: Database, store: Store, kept: Any, read: Any) -> None:
    with store.work() as work:
        work.calendar.decide("a test's", kept)
    with store.work() as work:
        assert work.calendar.setting("a test's") == read
