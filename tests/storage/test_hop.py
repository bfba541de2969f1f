"""The hop: in which thread a use case runs, and that a reading one is one session."""

import asyncio
import sqlite3
import threading
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from domain.people import Unit, UnitKind
from domain.turn import Turn, current_turn
from storage.engine import Database
from storage.hop import Hop
from storage.lanes import reads, reads_at_once
from storage.unit_of_work import Store


async def test_only_a_quick_reading_of_sqlite_stays_where_it_is(database: Database) -> None:
    use, here = Hop(database), threading.current_thread()

    @reads_at_once
    def quick() -> threading.Thread:
        return threading.current_thread()

    @reads
    def slow() -> threading.Thread:
        return threading.current_thread()

    assert (await use(quick) is here) == database.is_sqlite
    assert (await use(slow)).name.startswith("reader")
    assert (await use(threading.current_thread)).name.startswith("writer")
    use.close()


async def test_on_sqlite_a_reading_use_case_sees_one_instant_in_all_its_parts(sqlite: Database) -> None:
    use, store = Hop(sqlite), Store(sqlite)

    @reads
    def twice() -> tuple[int, int]:
        with store.work() as work:
            before = len(work.people.units())
        thread = threading.Thread(target=add, args=(store,))
        thread.start()
        thread.join()
        with store.work() as work:
            return before, len(work.people.units())

    assert await use(twice) == (0, 0)
    with store.work() as work:
        assert len(work.people.units()) == 1
    use.close()


def add(store: Store) -> None:
    with store.work() as work:
        work.people.add_unit(Unit("u1", "Unit", UnitKind.ORGAN))


async def test_what_only_reads_cannot_write(sqlite: Database) -> None:
    use, store = Hop(sqlite), Store(sqlite)

    @reads_at_once
    def tries() -> None:
        with store.work() as work:
            work.people.add_unit(Unit("u1", "Unit", UnitKind.ORGAN))

    with pytest.raises(OperationalError, match="readonly"):
        await use(tries)
    use.close()


async def test_what_is_read_on_the_loop_is_kept_until_somebody_writes(sqlite: Database) -> None:
    use, store = Hop(sqlite), Store(sqlite)
    asked: list[str] = []
    write(store, "Before")

    @reads_at_once
    def name() -> str:
        with store.work() as work:
            return named(work.people.unit(1))

    @reads_at_once
    def listen() -> None:
        with sqlite.reading() as session:
            event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))

    await use(listen)
    assert await use(name) == "Before"
    assert len(asked) == 1
    assert await use(name) == "Before"
    assert len(asked) == 1
    write(store, "After")
    assert await use(name) == "After"
    use.close()


async def test_after_a_failure_the_loop_reads_on(sqlite: Database) -> None:
    use, store = Hop(sqlite), Store(sqlite)
    write(store, "Unit")

    @reads_at_once
    def fails() -> None:
        with store.work() as work:
            assert named(work.people.unit(1)) == "Unit"
            work.people.add_unit(Unit("u2", "Another", UnitKind.ORGAN))

    @reads_at_once
    def names() -> list[str]:
        with store.work() as work:
            return [named(unit) for unit in work.people.units()]

    with pytest.raises(OperationalError):
        await use(fails)
    assert await use(names) == ["Unit"]
    use.close()


def write(store: Store, name: str) -> None:
    with store.work() as work:
        unit = work.people.unit(1) or work.people.add_unit(Unit("u1", name, UnitKind.ORGAN))
        unit.name = name


def named(unit: Unit | None) -> str:
    return unit.name if unit is not None else ""


@pytest.mark.parametrize("by_updates", [False, True])
async def test_behind_a_lock_all_wait_at_once_and_not_one_after_the_other(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, by_updates: bool
) -> None:
    monkeypatch.setattr("storage.engine.BUSY_SECONDS", 1.2)
    use, store = Hop(sqlite), Store(sqlite)
    with sqlite.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1200")
    other = sqlite3.connect(str(sqlite.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()

    async def writes(number: int) -> None:
        await asyncio.sleep(number / 20)
        if by_updates:
            current_turn.set(Turn(7, number, number, "telegram", datetime(2030, 5, 13, tzinfo=UTC)))
        await use(write, store, "Unit")

    said = await asyncio.gather(*(writes(number) for number in range(5)), return_exceptions=True)
    assert time.monotonic() - began < 2
    assert [type(one) for one in said] == [OperationalError] * 5
    other.execute("ROLLBACK")
    await use(write, store, "Unit")
    other.close()
    use.close()
