"""What a promise is tried by: something that is done many times, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """``value`` is what was counted, in words and figures; ``held`` whether the promise was kept."""

    value: str
    held: bool


@dataclass(frozen=True)
class Proof:
    """``run`` tries the promise so many times in an empty folder. ``few`` are enough for every change (0: it takes too
    long for that), ``many`` for a release, in so many ``parts``: each takes ten minutes at most, and what held is not
    tried again. What needs a PostgreSQL makes databases of its own on the one that
    ``tests.machine`` finds."""

    name: str
    goal: str
    few: int
    many: int
    run: Callable[[int, Path], Outcome]
    postgres: bool = False
    parts: int = 1
