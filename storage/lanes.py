"""Marks by which the hop chooses a lane: a use case writes unless it says otherwise."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from sqlalchemy.orm import Session

reading: ContextVar[Session | None] = ContextVar("reading", default=None)
"""The session of the reading use case that runs here, in all its units of work."""

asked: ContextVar[float | None] = ContextVar("asked", default=None)
"""When the use case that runs here asked for its lane, by the monotonic clock."""

F = TypeVar("F", bound=Callable[..., object])


def reads(method: F) -> F:
    """It only reads: it may run beside others, on a connection that refuses to write."""
    method.__reads__ = True  # type: ignore[attr-defined]  # a mark for the hop, on a plain function
    return method


def reads_at_once(method: F) -> F:
    """It reads a few rows by their keys. On SQLite, where nobody waits for a reader and no network lies between, that
    takes less time than the way to a thread and back, so the hop does not go there."""
    method.__at_once__ = True  # type: ignore[attr-defined]  # a mark for the hop, on a plain function
    return reads(method)


def heavy(method: F) -> F:
    """It is long work without a transaction (hashing, pictures, spreadsheets), so it must not hold up a writer."""
    method.__heavy__ = True  # type: ignore[attr-defined]  # a mark for the hop, on a plain function
    return method


def shares(method: F) -> F:
    """It is one transaction and nothing besides, and may share its commit, as whatever an update asks may."""
    method.__shares__ = True  # type: ignore[attr-defined]  # a mark for the hop, on a plain function
    return method


def writes_alone(method: F) -> F:
    """It writes what was only said, and belongs to no update's commit: done anew, it would be said twice."""
    method.__shares__ = False  # type: ignore[attr-defined]  # a mark for the hop, on a plain function
    return method
