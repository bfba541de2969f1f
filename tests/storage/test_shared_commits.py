"""On SQLite, what waits for the writer at the same moment is committed at once, and each stands or falls by itself."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from domain.deliveries import Delivery, Lane
from domain.errors import DomainError
from domain.people import Unit, UnitKind
from domain.turn import SecondWrite, Turn, Undone, current_turn
from storage.chat import ChatStore
from storage.engine import Database
from storage.hop import Hop
from storage.inbox import Inbox
from storage.unit_of_work import Store, UnitOfWork
from tests.conftest import FixedClock

Case = Callable[[], Any]


class Crowd:
    """Updates that come at the same moment, each of another person."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.store = Store(database)
        self.use = Hop(database)
        self.told: list[object] = []
        self._inbox = Inbox(database)
        self.clock = clock
        self.store.on_deliveries = self.told.append

    async def at_once(self, *cases: Case | tuple[Any, ...]) -> list[Any]:
        """What each gave or raised."""
        free, blocked = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def block() -> None:
            loop.call_soon_threadsafe(blocked.set)
            asyncio.run_coroutine_threadsafe(free.wait(), loop).result()

        first = asyncio.create_task(self.use(block))
        await blocked.wait()
        rest = [asyncio.create_task(self._update(number, case)) for number, case in enumerate(cases, 1)]
        await asyncio.sleep(0)
        free.set()
        await first
        return await asyncio.gather(*rest, return_exceptions=True)

    async def _update(self, number: int, case: Case | tuple[Any, ...]) -> Any:
        call, *arguments = case if isinstance(case, tuple) else (case,)
        turn = Turn(7, number, 100 + number, "telegram", self.clock.now())
        current_turn.set(turn)
        try:
            return await self.use(call, *arguments)
        finally:
            assert turn.committed == self._inbox.open(Turn(7, number, 100 + number, "telegram", turn.at)).seen

    def adding(self, code: str, then: Callable[[UnitOfWork], object] = lambda _: None) -> Case:
        def add() -> str:
            with self.store.work() as work:
                work.people.add_unit(Unit(code, code, UnitKind.ORGAN))
                work.deliveries.record(Delivery(f"k:{code}", "digest", Lane.FACTS, {"v": 1}, *2 * (self.clock.now(),)))
                then(work)
            return code

        return add

    def refusing_when_there(self, code: str) -> Case:
        def refuse() -> None:
            with self.store.work() as work:
                if code in {unit.code for unit in work.people.units()}:
                    raise DomainError("text-empty")

        return refuse

    def units(self) -> list[str]:
        with self.store.work() as work:
            return sorted(unit.code for unit in work.people.units())


@pytest.fixture
async def crowd(sqlite: Database, clock: FixedClock) -> AsyncIterator[Crowd]:
    crowd = Crowd(sqlite, clock)
    yield crowd
    crowd.use.close()


@pytest.fixture
def commits(sqlite: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def note(*call: Any) -> None:
        if call[2] == "COMMIT":
            said.append(call[2])

    event.listen(sqlite.engine, "before_cursor_execute", note)
    yield said
    event.remove(sqlite.engine, "before_cursor_execute", note)


def twice_the_same(work: UnitOfWork) -> None:
    """The session writes both at the end, and meets the key of one that is there."""
    work._session.add(Unit("b", "again", UnitKind.ORGAN, path="/"))


async def test_five_that_wait_have_one_commit(crowd: Crowd, commits: list[str]) -> None:
    assert await crowd.at_once(*(crowd.adding(f"u{number}") for number in range(5))) == ["u0", "u1", "u2", "u3", "u4"]
    assert commits == ["COMMIT"]
    assert crowd.units() == ["u0", "u1", "u2", "u3", "u4"]
    assert len(crowd.told) == 5


async def test_a_refusal_takes_nothing_of_the_others_with_it(crowd: Crowd) -> None:
    def refuse(_: UnitOfWork) -> None:
        raise DomainError("text-empty")

    before, refused, after = await crowd.at_once(crowd.adding("a"), crowd.adding("b", refuse), crowd.adding("c"))
    assert (before, type(refused), after) == ("a", DomainError, "c")
    assert crowd.units() == ["a", "c"]
    assert len(crowd.told) == 2


async def test_what_was_undone_with_one_that_broke_says_so_and_the_rest_goes_on(crowd: Crowd) -> None:
    said = await crowd.at_once(
        crowd.adding("a"), crowd.refusing_when_there("a"), crowd.adding("b", twice_the_same), crowd.adding("c")
    )
    assert [type(one) for one in said] == [Undone, Undone, IntegrityError, str]
    assert crowd.units() == ["c"]
    assert len(crowd.told) == 1


async def test_a_disk_that_fills_up_leaves_nothing_that_was_told(crowd: Crowd) -> None:
    def full(work: UnitOfWork) -> None:
        pages = work._session.execute(text("PRAGMA page_count")).scalar()
        work._session.execute(text(f"PRAGMA max_page_count = {pages}"))

    def much(work: UnitOfWork) -> None:
        for number in range(2000):
            work.people.add_unit(Unit(f"much{number}", "x" * 500, UnitKind.ORGAN))

    said = await crowd.at_once(crowd.adding("a", full), crowd.adding("b"), crowd.adding("c", much))
    assert [type(one) for one in said] == [Undone, Undone, OperationalError]
    assert crowd.units() == []
    assert crowd.told == []


async def test_a_commit_that_fails_is_told_to_all_who_share_it(crowd: Crowd, sqlite: Database) -> None:
    def fail(*call: Any) -> None:
        if call[2] == "COMMIT":
            raise OSError("the disk is gone")

    event.listen(sqlite.engine, "before_cursor_execute", fail)
    said = await crowd.at_once(crowd.adding("a"), crowd.adding("b"), crowd.refusing_when_there("a"))
    event.remove(sqlite.engine, "before_cursor_execute", fail)
    # A refusal too: it rests on what is not there.
    assert [type(one) for one in said] == [OSError, OSError, OSError]
    assert crowd.units() == []
    assert crowd.told == []


async def test_what_follows_a_commit_waits_for_it_and_its_failure_is_ones_own(crowd: Crowd) -> None:
    removed: list[list[str]] = []

    def remove(work: UnitOfWork) -> None:
        work.afterwards.append(lambda: removed.append(crowd.units()))

    def remove_what_is_gone(work: UnitOfWork) -> None:
        work.afterwards.append({}.popitem)

    said = await crowd.at_once(crowd.adding("a", remove), crowd.adding("b", remove_what_is_gone), crowd.adding("c"))
    assert (said[0], type(said[1]), said[2]) == ("a", KeyError, "c")
    assert removed == [["a", "b", "c"]]


async def test_nothing_that_is_no_updates_shares_a_commit(crowd: Crowd, commits: list[str]) -> None:
    await asyncio.gather(crowd.use(crowd.adding("a")), crowd.use(crowd.adding("b")))
    assert commits == ["COMMIT", "COMMIT"]


async def test_an_update_has_one_writing_use_case_here_too(crowd: Crowd) -> None:
    def twice() -> None:
        crowd.adding("b")()
        crowd.adding("c")()

    first, second = await crowd.at_once(crowd.adding("a"), twice)
    assert (first, type(second)) == ("a", SecondWrite)


async def test_what_an_update_says_goes_with_no_others_transaction(crowd: Crowd, sqlite: Database) -> None:
    with crowd.store.work() as work:
        account = work.people.add_account("web", "1", crowd.clock.now(), None).id
    words = {"text": "…", "date": 1}
    said, broken = await crowd.at_once((ChatStore(sqlite).append, account, words), crowd.adding("b", twice_the_same))
    assert (said, type(broken)) == (1, IntegrityError)


async def test_whatever_a_use_case_raises_nobody_waits_for_ever(crowd: Crowd) -> None:
    def ends_too_soon() -> object:
        return next(iter(()))

    before, odd, after = await crowd.at_once(crowd.adding("a"), ends_too_soon, crowd.adding("c"))
    assert (before, type(odd), after) == ("a", RuntimeError, "c")


async def test_a_writer_that_is_closed_says_so_each_time(crowd: Crowd) -> None:
    crowd.use.close()
    for code in ("a", "b"):
        with pytest.raises(RuntimeError, match="shutdown"):
            await crowd.use(crowd.adding(code))


async def test_a_transaction_within_a_transaction_is_a_mistake(sqlite: Database) -> None:
    with sqlite.writing(), pytest.raises(RuntimeError, match="wait for itself"), sqlite.writing():
        pass
