"""Assessment deadlines: something every unit hands in by a day, one person of each answering for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import DomainError, Outdated
from domain.files import Incoming

MAX_NOTE = 500


@dataclass(eq=False)
class Assessment:
    title: str
    due_at: datetime
    material: str
    created_by_id: int
    created_at: datetime
    version: int = 1
    changed_by_id: int | None = None
    changed_at: datetime | None = None
    cancelled_at: datetime | None = None
    id: int = field(init=False)

    def expect(self, seen: int, by: str) -> None:
        """Refuse a decision on a card that somebody else has changed since. ``by`` names who did."""
        if seen != self.version:
            raise Outdated(by, self.changed_at or self.created_at)

    def cancel(self, by: int, now: datetime) -> None:
        if self.cancelled_at is not None:
            raise DomainError("assessment-cancelled")
        self.cancelled_at = now
        self.version += 1
        self.changed_by_id = by
        self.changed_at = now


@dataclass(eq=False)
class Submission:
    """What one unit owes an assessment. Until it is submitted ``person_id`` answers for it and is reminded."""

    assessment_id: int
    unit_id: int
    person_id: int
    submitted_at: datetime | None = None
    submitted_by_id: int | None = None
    note: str = ""
    id: int = field(init=False)

    def submit(self, note: str, by: int, now: datetime, name: str) -> None:
        """Take it as handed in. ``name`` is who did so before, for the sentence that refuses a second time."""
        if self.submitted_at is not None:
            raise Outdated(name, self.submitted_at)
        self.submitted_at = now
        self.submitted_by_id = by
        self.note = note

    def hand_over(self, person_id: int) -> None:
        if self.submitted_at is not None:
            raise DomainError("not-now")
        self.person_id = person_id


@dataclass(frozen=True)
class AssessmentPlan:
    """What a planner filled in. ``people`` are those responsible, by unit."""

    title: str
    due_at: datetime
    people: Mapping[int, int]
    material: str = ""
    files: Sequence[Incoming] = ()


@dataclass(frozen=True)
class Responsible:
    """Who answers for a unit; nobody yet when ``person_id`` is None."""

    unit_id: int
    unit_name: str
    person_id: int | None = None
    person_name: str = ""


@dataclass(frozen=True)
class PeoplePage:
    """A page of people to choose from, pairs of id and name."""

    people: tuple[tuple[int, str], ...]
    page: int
    pages: int


@dataclass(frozen=True)
class OwedLine:
    """One unit's line. ``mine``: the actor may hand it in."""

    unit_id: int
    unit_name: str
    person_name: str
    submitted_at: datetime | None
    note: str
    files: int
    mine: bool


@dataclass(frozen=True)
class AssessmentCard:
    """An assessment as one actor may see it: whoever planned it (``planned``) sees all units, others their own.
    ``left`` counts working days."""

    assessment_id: int
    version: int
    title: str
    due_at: datetime
    left: int
    material: str
    files: int
    is_cancelled: bool
    planned: bool
    lines: tuple[OwedLine, ...]

    @property
    def submitted(self) -> int:
        return sum(line.submitted_at is not None for line in self.lines)

    @property
    def owed_by_me(self) -> tuple[OwedLine, ...]:
        return tuple(line for line in self.lines if line.mine and line.submitted_at is None)
