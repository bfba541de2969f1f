"""The C library's heap, which holds what Python and SQLite ask for."""

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""The parameters' numbers in ``malloc.h``."""

_A_LOT = 65_536


def keep_small() -> None:
    """One heap for all threads, and what is asked for by more than so many bytes outside of it, to go back at once.
    The GNU library gives each thread a heap of its own, and what one frees the others do not get: under steady use a
    bot grew by a seventh in an hour in which nothing of its own grew. To be called before threads begin."""
    set_parameter = getattr(ctypes.CDLL(None), "mallopt", None)
    # Other C libraries have one heap anyway, and no such function.
    if set_parameter is not None:
        set_parameter(_M_ARENA_MAX, 1)
        set_parameter(_M_MMAP_THRESHOLD, _A_LOT)
        set_parameter(_M_TRIM_THRESHOLD, _A_LOT)
