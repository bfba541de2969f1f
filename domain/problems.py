"""A problem and its life: reported, accepted, assigned, signed for, rectified, verified, closed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.errors import DomainError, Outdated
from domain.files import Incoming


class Level(StrEnum):
    LEADERSHIP = "leadership"
    DEPARTMENT = "department"
    INDIVIDUAL = "individual"


class Concerns(StrEnum):
    """Whose problem the reporter says it is. *Unsure* leaves it to triage."""

    MINE = "mine"
    OTHER = "other"
    UNSURE = "unsure"


class State(StrEnum):
    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    SIGNED = "signed"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    CLOSED = "closed"


class Action(StrEnum):
    CORRECT = "correct"
    SUPPLY = "supply"
    WITHDRAW = "withdraw"
    ASK = "ask"
    DECLINE = "decline"
    STRIKE = "strike"
    ACCEPT = "accept"
    ASSIGN = "assign"
    SIGN = "sign"
    RETURN = "return"
    PLAN = "plan"
    FINISH = "finish"
    EVIDENCE = "evidence"
    REQUEST_CLOSURE = "request_closure"
    CLOSE = "close"
    SEND_BACK = "send_back"
    MOVE_DEADLINE = "move_deadline"


class Part(StrEnum):
    """The part somebody plays in one problem."""

    REPORTER = "reporter"
    TRIAGE = "triage"
    SECRETARY = "secretary"
    ACCOUNTABLE = "accountable"
    HELPER = "helper"
    VERIFIER = "verifier"
    HEAD = "head"


_REPORTER = frozenset({Part.REPORTER})
_TRIAGE = frozenset({Part.TRIAGE})
_UNIT = frozenset({Part.SECRETARY})
_OWNERS = frozenset({Part.SECRETARY, Part.ACCOUNTABLE})
_WORKERS = frozenset({Part.SECRETARY, Part.ACCOUNTABLE, Part.HELPER})
_VERIFIER = frozenset({Part.VERIFIER})

MOVES: Mapping[tuple[State, Action], tuple[State, frozenset[Part]]] = {
    (State.SUBMITTED, Action.CORRECT): (State.SUBMITTED, _REPORTER),
    (State.SUBMITTED, Action.WITHDRAW): (State.WITHDRAWN, _REPORTER),
    (State.SUBMITTED, Action.ASK): (State.NEEDS_INFO, _TRIAGE),
    (State.SUBMITTED, Action.DECLINE): (State.DECLINED, _TRIAGE),
    (State.SUBMITTED, Action.STRIKE): (State.DECLINED, _TRIAGE),
    (State.SUBMITTED, Action.ACCEPT): (State.ACCEPTED, _TRIAGE),
    (State.NEEDS_INFO, Action.CORRECT): (State.NEEDS_INFO, _REPORTER),
    (State.NEEDS_INFO, Action.SUPPLY): (State.SUBMITTED, _REPORTER),
    (State.NEEDS_INFO, Action.WITHDRAW): (State.WITHDRAWN, _REPORTER),
    (State.NEEDS_INFO, Action.DECLINE): (State.DECLINED, _TRIAGE),
    (State.NEEDS_INFO, Action.STRIKE): (State.DECLINED, _TRIAGE),
    (State.ACCEPTED, Action.ASSIGN): (State.ASSIGNED, _TRIAGE),
    (State.ACCEPTED, Action.DECLINE): (State.DECLINED, _TRIAGE),
    (State.ACCEPTED, Action.STRIKE): (State.DECLINED, _TRIAGE),
    (State.RETURNED, Action.ASSIGN): (State.ASSIGNED, _TRIAGE),
    (State.RETURNED, Action.DECLINE): (State.DECLINED, _TRIAGE),
    (State.ASSIGNED, Action.SIGN): (State.SIGNED, _UNIT),
    (State.ASSIGNED, Action.RETURN): (State.RETURNED, _UNIT),
    (State.ASSIGNED, Action.MOVE_DEADLINE): (State.ASSIGNED, _TRIAGE),
    (State.SIGNED, Action.PLAN): (State.IN_PROGRESS, _OWNERS),
    (State.SIGNED, Action.MOVE_DEADLINE): (State.SIGNED, _TRIAGE),
    (State.IN_PROGRESS, Action.PLAN): (State.IN_PROGRESS, _OWNERS),
    (State.IN_PROGRESS, Action.EVIDENCE): (State.IN_PROGRESS, _WORKERS),
    (State.IN_PROGRESS, Action.FINISH): (State.IN_PROGRESS, _WORKERS),
    (State.IN_PROGRESS, Action.REQUEST_CLOSURE): (State.VERIFYING, _OWNERS),
    (State.IN_PROGRESS, Action.MOVE_DEADLINE): (State.IN_PROGRESS, _TRIAGE),
    (State.VERIFYING, Action.CLOSE): (State.CLOSED, _VERIFIER),
    (State.VERIFYING, Action.SEND_BACK): (State.IN_PROGRESS, _VERIFIER),
    (State.VERIFYING, Action.MOVE_DEADLINE): (State.VERIFYING, _TRIAGE),
}

_FROM: Mapping[State, tuple[tuple[Action, frozenset[Part]], ...]] = {
    state: tuple((action, MOVES[state, action][1]) for action in Action if (state, action) in MOVES) for state in State
}

WORK_ACTIONS = frozenset({Action.PLAN, Action.EVIDENCE, Action.FINISH})
"""What only adds to the work. It outdates no card: nobody decides otherwise because a measure was added."""

REASONED = frozenset({Action.ASK, Action.DECLINE, Action.STRIKE, Action.RETURN, Action.SEND_BACK, Action.MOVE_DEADLINE})
"""Steps for which somebody must write why; the one they concern reads it."""

OPEN = frozenset({State.ASSIGNED, State.SIGNED, State.IN_PROGRESS, State.VERIFYING})
"""States in which the deadline runs."""

IN_HAND = frozenset({State.SIGNED, State.IN_PROGRESS})
"""States in which the next step is the accountable person's."""

TRIAGE_QUEUE = frozenset({State.SUBMITTED, State.ACCEPTED, State.RETURNED})
"""States in which the next step is the dispatcher's."""

MAX_TEXT = 2000
MAX_REASON = 500
RETURNS_ALLOWED = 1
EXTENSIONS_ALLOWED = 2


def shortened(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"


@dataclass(eq=False)
class Problem:
    """``version`` counts moves: what two people decide on one card carries the version they saw. ``reason`` is the
    last one given, until a step has answered it. ``struck_at`` says that text and files were erased."""

    number: str
    level: Level
    category: str
    concerns: Concerns
    text: str
    reporter_id: int
    reporter_unit_id: int
    created_at: datetime
    state: State = State.SUBMITTED
    version: int = 1
    concerned_unit_id: int | None = None
    source: str = ""
    latitude: float | None = None
    longitude: float | None = None
    unit_id: int | None = None
    accountable_id: int | None = None
    verifier_id: int | None = None
    deadline: datetime | None = None
    assigned_at: datetime | None = None
    returns: int = 0
    reason: str = ""
    moved_by_id: int | None = None
    moved_at: datetime | None = None
    closed_at: datetime | None = None
    struck_at: datetime | None = None
    id: int = field(init=False)

    def move(self, action: Action, parts: frozenset[Part], by: int, at: datetime) -> None:
        """Take one step of the table. Raises DomainError ``not-now`` (no such step from here) or ``not-yours``."""
        step = MOVES.get((self.state, action))
        if step is None:
            raise DomainError("not-now")
        state, who = step
        if not parts & who:
            raise DomainError("not-yours")
        self.state = state
        if action in WORK_ACTIONS:
            return
        if action not in REASONED:
            self.reason = ""
        self.version += 1
        self.moved_by_id = by
        self.moved_at = at

    def may(self, action: Action, parts: frozenset[Part]) -> bool:
        step = MOVES.get((self.state, action))
        return step is not None and bool(parts & step[1])

    def possible(self, parts: frozenset[Part]) -> tuple[Action, ...]:
        """The steps that somebody who plays these parts may take now."""
        return tuple(action for action, whose in _FROM[self.state] if parts & whose)

    def expect(self, seen: int, by: str) -> None:
        """Refuse a decision on a card that somebody else has moved since. ``by`` names who did, for the sentence."""
        if seen != self.version:
            raise Outdated(by, self.moved_at or self.created_at)

    def title(self, length: int) -> str:
        """The first line of the report, shortened where it is longer."""
        return shortened(self.text.partition("\n")[0], length)

    def is_overdue(self, now: datetime) -> bool:
        return self.state in OPEN and self.deadline is not None and now > self.deadline


@dataclass(eq=False)
class Measure:
    """One thing the unit will do about a problem."""

    problem_id: int
    text: str
    created_at: datetime
    created_by_id: int
    done_at: datetime | None = None
    done_by_id: int | None = None
    id: int = field(init=False)


@dataclass(eq=False)
class Attachment:
    """A file of the report, or the evidence of a measure: a file or some words."""

    problem_id: int
    file_id: int | None
    added_at: datetime
    added_by_id: int
    measure_id: int | None = None
    text: str = ""
    id: int = field(init=False)


@dataclass(eq=False)
class Event:
    """One line of the timeline. ``note`` is a reason or comment; ``before`` and ``after`` are deadlines that moved."""

    problem_id: int
    at: datetime
    action: str
    state: State
    person_id: int | None = None
    part: str = ""
    note: str = ""
    before: datetime | None = None
    after: datetime | None = None
    id: int = field(init=False)


@dataclass(frozen=True)
class Report:
    """What a reporter filled in."""

    level: Level
    concerns: Concerns
    concerned_unit_id: int | None
    category: str
    text: str
    files: Sequence[Incoming] = ()
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""

    @classmethod
    def from_draft(cls, draft: Mapping[str, Any], own_unit_id: int | None) -> "Report":
        """The report a dialogue filled in step by step. At the individual level it concerns the reporter alone."""
        level, concerns = Level(draft["level"]), Concerns(draft["concerns"])
        return cls(
            level=level,
            concerns=concerns,
            concerned_unit_id=own_unit_id if concerns is Concerns.MINE else draft.get("concerned_unit"),
            category=draft["category"],
            text=draft.get("text", ""),
            files=tuple(Incoming.from_draft(file) for file in draft.get("files", ())),
            latitude=draft.get("latitude"),
            longitude=draft.get("longitude"),
            source=draft.get("source", ""),
        )


DIGITS = 6


def number(year: int, count: int) -> str:
    """The number people read aloud: the kind, the year, and a count of six digits."""
    return f"WT-{year}-{count:0{DIGITS}d}"


_TYPED_NUMBER = re.compile(rf"WT[-－—–\s]*(\d{{4}})[-－—–\s]*(\d{{1,{DIGITS}}})", re.IGNORECASE)


def read_number(text: str) -> str | None:
    """The number somebody typed, also without the dashes or the leading noughts; None when it is none."""
    found = _TYPED_NUMBER.fullmatch(text.strip())
    return number(int(found[1]), int(found[2])) if found else None
