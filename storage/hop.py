"""The one hop from the asynchronous edges to the synchronous core: a thread per use case, not per statement."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

from sqlalchemy.orm import Session

from storage.engine import READERS, Database
from storage.lanes import asked, reading

P = ParamSpec("P")
R = TypeVar("R")


class Hop:
    """Runs readers, writers and heavy work (``@heavy``: hashing, pictures, spreadsheets) in lanes of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writers = ThreadPoolExecutor(database.writers, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._heavy = ThreadPoolExecutor(1, "heavy")

    async def __call__(self, case: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        call, lane = partial(case, *args, **kwargs), self._writers
        if getattr(case, "__reads__", False):
            if self._database.is_sqlite and getattr(case, "__at_once__", False):
                return _read(self._database.reading_at_once(), call)
            call, lane = partial(_read, self._database.session(reading=True), call), self._readers
        elif getattr(case, "__heavy__", False):
            lane = self._heavy
        context = copy_context()
        context.run(asked.set, time.monotonic())
        return await asyncio.get_running_loop().run_in_executor(lane, context.run, call)

    def close(self) -> None:
        """Wait for what runs, so that no transaction is cut."""
        for lane in (self._heavy, self._readers, self._writers):
            lane.shutdown(wait=True)


def _read(opened: AbstractContextManager[Session], call: Callable[[], R]) -> R:
    with opened as session:
        token = reading.set(session)
        try:
            return call()
        finally:
            reading.reset(token)
