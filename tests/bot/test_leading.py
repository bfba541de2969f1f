"""Whether a process leads is judged by its own clock, so that one that was frozen or cut off knows that it does not."""

import asyncio
from typing import Any

import pytest

from bot import leading
from bot.leading import Leading
from domain.leadership import LASTS, MARGIN


class Row:
    """The database's answer to whoever asks for the lead."""

    def __init__(self) -> None:
        self.is_mine = True
        self.is_away = False
        self.resigned = False

    def hold(self, _holder: str) -> bool:
        if self.is_away:
            raise ConnectionError
        return self.is_mine

    def resign(self, _holder: str) -> None:
        self.resigned = True


class Watch:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(leading, "monotonic", watch)
    return watch


async def _directly(case: Any, /, *values: Any) -> Any:
    return case(*values)


async def test_who_holds_the_row_leads_until_shortly_before_others_may_take_it(watch: Watch) -> None:
    row = Row()
    one = Leading(row, _directly, alone=False)  # type: ignore[arg-type]
    assert not one.leads()
    await one._hold()
    assert one.leads()
    watch.now += (LASTS - MARGIN).total_seconds() - 0.1
    assert one.leads()
    watch.now += 0.2
    assert not one.leads()


async def test_who_is_cut_off_from_the_database_leads_no_longer_than_that(watch: Watch) -> None:
    row = Row()
    one = Leading(row, _directly, alone=False)  # type: ignore[arg-type]
    await one._hold()
    row.is_away = True
    watch.now += 10
    await one._hold()
    assert one.leads()
    watch.now += 10
    assert not one.leads()


async def test_who_finds_another_one_leading_stops_at_once(watch: Watch) -> None:
    row = Row()
    one = Leading(row, _directly, alone=False)  # type: ignore[arg-type]
    await one._hold()
    row.is_mine = False
    await one._hold()
    assert not one.leads()


async def test_who_stops_lets_another_one_lead_at_once(watch: Watch) -> None:
    row, stopping = Row(), asyncio.Event()
    one = Leading(row, _directly, alone=False)  # type: ignore[arg-type]
    stopping.set()
    await one.run(stopping)
    assert row.resigned
    assert not one.leads()


async def test_the_only_process_leads_without_asking() -> None:
    assert Leading(Row(), _directly, alone=True).leads()  # type: ignore[arg-type]
