"""Writing transactions: on PostgreSQL a session for each; on SQLite one session that is kept, and one commit for what
waits at the same moment."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from domain.turn import Undone

Then = Callable[[], object]
"""What follows a commit."""

Outcome = tuple[Any, BaseException | None]
"""What a use case gave back, or what it raised."""


class Writing(Protocol):
    def transaction(self, then: Then) -> AbstractContextManager[Session]: ...

    def close(self) -> None: ...


class Apart:
    """Each transaction has a session and a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self, then: Then) -> Iterator[Session]:
        with Session(self._engine, expire_on_commit=False) as session:
            yield session
            session.commit()
        then()

    def close(self) -> None:
        """Nothing is kept."""


class Together:
    """SQLite has one writer. To open a session and a connection, to begin and to commit takes longer than to write a
    few rows: the first two are kept (the session believes in one long transaction, the database has a short one each
    time), and several use cases can share the others, each in a savepoint of its own."""

    def __init__(self, engine: Engine, begin: Callable[[Connection], None]) -> None:
        self._session = Session(engine, expire_on_commit=False)
        self._begin = begin
        self._lock = threading.Lock()
        self._holder = 0
        self._shared: _Shared | None = None

    @contextmanager
    def transaction(self, then: Then) -> Iterator[Session]:
        shared = self._shared if self._holder == threading.get_ident() else None
        if shared is not None:
            with self._part(shared):
                yield self._session
            shared.then.append((shared.place, then))
            return
        with self._held(), self._whole():
            yield self._session
        then()

    def run(self, cases: Sequence[Callable[[], Any]]) -> list[Outcome]:
        """Run use cases that share a commit; gives back what became of each, once that is certain. When one breaks the
        transaction, those before it are Undone, and those after it are not run and not among the outcomes. Whatever
        they said in it, refusals too, may rest on what others had written there."""
        if len(cases) == 1:
            return [_outcome(cases[0])]
        shared, outcomes = _Shared(), list[Outcome]()
        try:
            with self._held(), self._whole(shared):
                for place, case in enumerate(cases):
                    shared.place = place
                    outcomes.append(_outcome(case))
                    if shared.unfinished:
                        raise Undone
        except Undone as undone:
            _, error = outcomes[-1]
            return [(None, undone)] * shared.place + [(None, error or undone)]
        except BaseException as failure:  # noqa: BLE001 - it is everybody's whose rows would have been committed
            return [(None, failure)] * len(cases)
        for place, then in shared.then:
            _, error = _outcome(then)
            if error is not None:
                outcomes[place] = None, error
        return outcomes

    @contextmanager
    def _held(self) -> Iterator[None]:
        if self._holder == threading.get_ident():
            raise RuntimeError("a transaction within a transaction would wait for itself")
        with self._lock:
            self._holder = threading.get_ident()
            try:
                yield
            finally:
                self._holder = 0

    @contextmanager
    def _whole(self, shared: "_Shared | None" = None) -> Iterator[None]:
        session = self._session
        try:
            begun = session.in_transaction()
            connection = session.connection()
            if begun:
                self._begin(connection)
            self._shared = shared
            yield
            session.flush()
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            # The connection goes back to its pool, which rolls back.
            session.close()
            raise
        finally:
            self._shared = None
        session.expunge_all()

    @contextmanager
    def _part(self, shared: "_Shared") -> Iterator[None]:
        session = self._session
        driver: Any = session.connection().connection.dbapi_connection
        shared.unfinished = True
        driver.execute("SAVEPOINT part")
        try:
            yield
            session.flush()
        except BaseException:
            # Some errors end the whole transaction, in the database or for the session.
            if driver.in_transaction and session.is_active:
                driver.execute("ROLLBACK TO part")
                self._end_part(driver, shared)
            raise
        self._end_part(driver, shared)

    def _end_part(self, driver: Any, shared: "_Shared") -> None:
        driver.execute("RELEASE part")
        self._session.expunge_all()
        shared.unfinished = False

    def close(self) -> None:
        self._session.close()


class _Shared:
    """A transaction that several use cases share.

    ``place`` is the one that runs, ``unfinished`` as long as its savepoint stands.
    """

    def __init__(self) -> None:
        self.place = 0
        self.then: list[tuple[int, Then]] = []
        self.unfinished = False


def _outcome(case: Callable[[], Any]) -> Outcome:
    try:
        return case(), None
    except StopIteration as error:
        # No future takes it.
        return None, RuntimeError(f"a use case raised {error!r}")
    except BaseException as error:  # noqa: BLE001 - it is for whoever waits for this case
        return None, error
