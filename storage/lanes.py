"""Marks by which the hop chooses a lane: a use case writes unless it says otherwise."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

is_reading: ContextVar[bool] = ContextVar("is_reading", default=False)

F = TypeVar("F", bound=Callable[..., object])


def reads(method: F) -> F:
    """It only reads: it may run beside others, on a connection that refuses to write."""
    method.__reads__ = True  # type: ignore[attr-defined]  # a mark for the hop, on a plain function
    return method


def heavy(method: F) -> F:
    """It is long work without a transaction (hashing, pictures, spreadsheets), so it must not hold up a writer."""
    method.__heavy__ = True  # type: ignore[attr-defined]  # a mark for the hop, on a plain function
    return method
