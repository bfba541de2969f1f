"""Which reminder is due: a ladder of working days before a deadline, each rung said once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

OVERDUE = -1
"""The rung of the day after: said once to the owner."""

OVERDUE_TO_HEAD = -3
"""Three working days later the head of the unit hears of it, once."""

PROBLEM_LADDER = (3, 1, 0, OVERDUE)
HEAD_LADDER = (OVERDUE_TO_HEAD,)
ASSESSMENT_LADDER = (10, 5, 3, 1, 0, OVERDUE)
SESSION_LADDER = (1,)


@dataclass(frozen=True)
class Due:
    """Something a person must do by an instant. ``subject`` names it within its kind; ``title`` is what people call it;
    ``left`` is the number of working days that remain, negative when it is late."""

    kind: str
    subject: str
    title: str
    at: datetime
    person_id: int
    left: int
    ladder: tuple[int, ...]

    def rung(self) -> int | None:
        """The most pressing rung that was reached, or None while it is too early.

        Only the nearest one counts: after three days without a process nobody hears of the third day before as well.
        """
        return rung(self.left, self.ladder)

    def key(self) -> str:
        return f"{self.kind}:{self.subject}:{self.at.isoformat()}:{self.rung()}:{self.person_id}"


def rung(left: int, ladder: Sequence[int]) -> int | None:
    reached = [step for step in ladder if left <= step]
    return min(reached) if reached else None
