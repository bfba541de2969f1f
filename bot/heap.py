"""The C library's heap, which holds what Python and SQLite ask for."""

import ctypes

_M_ARENA_MAX = -8
"""The parameter's number in ``malloc.h``."""


def share() -> None:
    """One heap for all threads. The GNU library gives each one of its own, and what one frees the others do not get:
    under steady use a bot grew by a seventh in an hour in which nothing of its own grew."""
    _call("mallopt", _M_ARENA_MAX, 1)


def give_back() -> None:
    """Give what is free to the system: the start needs megabytes that nothing needs after it."""
    _call("malloc_trim", 0)


def _call(name: str, *values: int) -> None:
    """Other C libraries have one heap anyway, and no such functions."""
    function = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*values)
