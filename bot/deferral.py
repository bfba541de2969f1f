"""aiogram's models are built at first use instead of all at import: most of the 600 are never used, and building them
is most of the start's time and memory.

A model can only be built with the names of all types at hand. aiogram passes them to ``model_rebuild`` in a loop at the
end of its import. During that import the loop builds nothing and the names are kept; every later build gets them.

What is not a model itself gets no names: a TypeAdapter over these models, such as aiogram.utils.chat_member has one,
cannot be built under the deferral.

APScheduler imports what runs jobs in other processes, and with it half of ``multiprocessing``; our ticks run on the
event loop.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from pydantic import BaseModel

REBUILD = "model_rebuild"
POOLS = "apscheduler.executors.pool"

Names = dict[str, Any]


def install(*, enabled: bool = True) -> None:
    """Import aiogram with its models deferred; with ``enabled`` false leave it alone. Repeats do nothing. Raises
    RuntimeError when aiogram was imported before, because then everything is built already."""
    if enabled:
        _import_deferred()
        _leave_out_pools()


def _leave_out_pools() -> None:
    """The scheduler wants the name of a class that it would run jobs with if it were told nothing else."""
    pools = ModuleType(POOLS)
    pools.ThreadPoolExecutor = type(None)  # type: ignore[attr-defined]
    sys.modules.setdefault(POOLS, pools)


@cache
def _import_deferred() -> None:
    if "aiogram" in sys.modules:
        raise RuntimeError("aiogram was imported before the deferral of its models")
    with _names_kept() as names:
        import aiogram  # noqa: F401 - the loop runs on import
    from aiogram.client.context_controller import BotContextController
    from aiogram.methods.base import Response

    # All types and methods derive from the first, the answers to calls from the second.
    for base in (BotContextController, Response):
        setattr(base, REBUILD, classmethod(_builder(names)))


@contextmanager
def _names_kept() -> Iterator[Names]:
    """While this lasts, no model is rebuilt; the names it would be rebuilt with are collected."""
    names: Names = {}
    original = BaseModel.__dict__[REBUILD]

    def keep(_cls: type[BaseModel], /, **options: Any) -> None:
        names.update(options.get("_types_namespace") or {})

    setattr(BaseModel, REBUILD, classmethod(keep))
    try:
        yield names
    finally:
        setattr(BaseModel, REBUILD, original)


def _builder(names: Names) -> Any:
    # Two threads that build one model at once can leave it with its parent's validator.
    turns = threading.RLock()

    def build(
        cls: type[BaseModel],
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: Names | None = None,
    ) -> bool | None:
        with turns:
            rebuild = BaseModel.__dict__[REBUILD].__func__
            known = {**names, **(_types_namespace or {})}
            built: bool | None = rebuild(cls, force=force, raise_errors=raise_errors, _types_namespace=known)
            return built

    return build
