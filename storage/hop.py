"""The one hop from the asynchronous edges to the synchronous core: a thread per use case, not per statement."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from contextvars import copy_context
from functools import partial
from typing import Any, NamedTuple, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from domain.turn import current_turn
from storage.engine import READERS, Database
from storage.lanes import asked, reading
from storage.writing import Outcome, Together

MOST_TOGETHER = 32
"""So many use cases share a commit at most: the first of them is answered when the last one is done."""

P = ParamSpec("P")
R = TypeVar("R")


class Hop:
    """Runs readers, writers and heavy work (``@heavy``: hashing, pictures, spreadsheets) in lanes of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writers = ThreadPoolExecutor(database.writers, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._heavy = ThreadPoolExecutor(1, "heavy")
        self._queue = None if database.together is None else _Queue(self._writers, database.together)

    async def __call__(self, case: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        call, lane = partial(case, *args, **kwargs), self._writers
        if getattr(case, "__reads__", False):
            if self._database.is_sqlite and getattr(case, "__at_once__", False):
                return _read(self._database.reading_at_once(), call)
            call, lane = partial(_read, self._database.reading(), call), self._readers
        elif getattr(case, "__heavy__", False):
            lane = self._heavy
        context = copy_context()
        context.run(asked.set, time.monotonic())
        call = partial(context.run, call)
        if lane is self._writers and self._queue is not None:
            return await self._queue.run(call, shares=getattr(case, "__shares__", _writes_its_update()))
        return await asyncio.get_running_loop().run_in_executor(lane, call)

    def close(self) -> None:
        """Wait for what runs, so that no transaction is cut."""
        for lane in (self._heavy, self._readers, self._writers):
            lane.shutdown(wait=True)


def _writes_its_update() -> bool:
    """Whether it is the one writing use case of an update: a transaction, and nothing besides."""
    turn = current_turn.get()
    return turn is not None and not turn.written


class _Case(NamedTuple):
    call: Callable[[], Any]
    future: "asyncio.Future[Any]"
    shares: bool
    asked: float


class _Queue:
    """What waits for SQLite's one writer, in its order."""

    def __init__(self, thread: ThreadPoolExecutor, writer: Together) -> None:
        self._thread = thread
        self._writer = writer
        self._waiting: deque[_Case] = deque()

    def run(self, call: Callable[[], R], *, shares: bool) -> "asyncio.Future[R]":
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Case(call, future, shares, time.monotonic()))
        # Where others wait already, whoever comes for the first of them comes for this one too.
        if len(self._waiting) == 1:
            try:
                self._thread.submit(self._work_off)
            except RuntimeError:
                # It is closed.
                self._waiting.pop()
                raise
        return future

    def _work_off(self) -> None:
        while self._waiting:
            cases = self._next()
            asked.set(cases[0].asked)
            try:
                outcomes = self._writer.run([case.call for case in cases])
            except BaseException as error:  # noqa: BLE001 - whatever nobody thought of: nobody waits for ever
                outcomes = [(None, error)] * len(cases)
            self._waiting.extendleft(reversed(cases[len(outcomes) :]))
            # A loop that is closed has nobody who waits.
            with suppress(RuntimeError):
                cases[0].future.get_loop().call_soon_threadsafe(_tell, cases, outcomes)

    def _next(self) -> list[_Case]:
        cases = [self._waiting.popleft()]
        while cases[0].shares and self._waiting and self._waiting[0].shares and len(cases) < MOST_TOGETHER:
            cases.append(self._waiting.popleft())
        return cases


def _tell(cases: Iterable[_Case], outcomes: Iterable[Outcome]) -> None:
    for case, (result, error) in zip(cases, outcomes, strict=False):
        if case.future.cancelled():
            continue
        if error is None:
            case.future.set_result(result)
        else:
            case.future.set_exception(error)


def _read(opened: AbstractContextManager[Session], call: Callable[[], R]) -> R:
    with opened as session:
        token = reading.set(session)
        try:
            return call()
        finally:
            reading.reset(token)
