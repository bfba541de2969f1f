"""The one hop from the asynchronous edges to the synchronous core: a thread per use case, not per statement."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

from storage.engine import READERS, Database
from storage.lanes import is_reading

P = ParamSpec("P")
R = TypeVar("R")


class Hop:
    """Runs readers, writers and heavy work (``@heavy``: hashing, pictures, spreadsheets) in lanes of their own."""

    def __init__(self, database: Database) -> None:
        self._writers = ThreadPoolExecutor(database.writers, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._heavy = ThreadPoolExecutor(1, "heavy")

    async def __call__(self, case: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        context = copy_context()
        lane = self._writers
        if getattr(case, "__reads__", False):
            context.run(is_reading.set, True)
            lane = self._readers
        elif getattr(case, "__heavy__", False):
            lane = self._heavy
        call = partial(case, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(lane, context.run, call)

    def close(self) -> None:
        """Wait for what runs, so that no transaction is cut."""
        for lane in (self._heavy, self._readers, self._writers):
            lane.shutdown(wait=True)
