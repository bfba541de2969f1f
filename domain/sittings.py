"""A contest as somebody who takes part sees it: the desk before it, the paper at one place, the result."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.contests import QuestionKind, UnitLine


class Taken(StrEnum):
    """How far somebody is with a contest."""

    NOT_YET = "not_yet"
    RUNNING = "running"
    HANDED_IN = "handed_in"
    TIME_UP = "time_up"
    RESULT = "result"
    MISSED = "missed"


@dataclass(frozen=True)
class Desk:
    """``repeatable`` says that the attempt is over and another may be begun."""

    contest_id: int
    title: str
    questions: int
    minutes: int | None
    practice: bool
    closes_at: datetime
    taken: Taken
    repeatable: bool


@dataclass(frozen=True)
class Option:
    """``right`` is told only once the answer may be seen."""

    text: str
    chosen: bool
    right: bool


@dataclass(frozen=True)
class Sitting:
    """The paper at ``position`` (from 0). ``revealed`` says that right answers are shown, and ``right`` that the own
    one is; ``unanswered`` lists the places still open, ``unconfirmed`` of them have something chosen."""

    contest_id: int
    title: str
    position: int
    total: int
    kind: QuestionKind
    stem: str
    options: tuple[Option, ...]
    unanswered: tuple[int, ...]
    unconfirmed: int
    deadline: datetime
    left: timedelta
    practice: bool
    revealed: bool
    right: bool
    reason: str


@dataclass(frozen=True)
class Result:
    """``score`` is None for who did not take part, ``median`` where too few did."""

    contest_id: int
    title: str
    score: int | None
    right: int
    total: int
    median: int | None
    took_part: int
    table: tuple[UnitLine, ...]
