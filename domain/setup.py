"""Setting up: what the first administrator is led through, step by step, each of which may be passed over."""

from dataclasses import dataclass
from datetime import time

STEPS = ("organisation", "hours", "roster", "secretaries", "notice")
"""In this order. How many of them are behind one is kept with the organisation, so that leaving loses nothing."""

PASSED = "setup_passed"
"""The key of that number. It is not there where an organisation was set up before this was asked."""

MAX_NAME = 120


def steps_left(passed: int | None) -> int:
    """How many steps wait; none where setting up never began."""
    return len(STEPS) - passed if passed is not None else 0


@dataclass(frozen=True)
class SetUpCard:
    """How things stand: ``passed`` steps are behind, and of ``secretaries`` people ``joined`` can be written to."""

    passed: int
    name: str
    day_start: time
    day_end: time
    units: int
    people: int
    secretaries: int
    joined: int

    @property
    def step(self) -> int:
        """The step to show, from 1; one more than there are when all are behind."""
        return self.passed + 1
