"""Study sessions: planned by a secretary or an admin, attended or excused, and the roll called once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.audiences import belongs, outermost
from domain.errors import DomainError, Outdated
from domain.files import Incoming
from domain.people import Actor, RoleKind
from domain.workdays import WorkCalendar


class SessionKind(StrEnum):
    BRANCH_MEETING = "branch_meeting"
    COMMITTEE_MEETING = "committee_meeting"
    GROUP_MEETING = "group_meeting"
    CLASS = "class"
    THEORY = "theory"
    THEMED_DAY = "themed_day"


class Mark(StrEnum):
    """What the roll says of somebody."""

    PRESENT = "present"
    ABSENT = "absent"
    ON_LEAVE = "on_leave"


MAX_TITLE = 120
MAX_PLACE = 120
MAX_MATERIAL = 2000
MAX_REASON = 200
MAX_FILES = 10

LASTS = timedelta(hours=2)
"""Nobody says how long a session lasts; so long it stands among those to come."""

ROLL_OPENS = timedelta(minutes=30)
"""The roll may be called this long before the start, while people are coming in."""

BEFORE = timedelta(hours=1)
"""The last reminder, where working hours allow one."""


@dataclass(eq=False)
class StudySession:
    """``version`` counts moves and the cancellation: what is decided on a card carries the version it showed."""

    kind: SessionKind
    title: str
    starts_at: datetime
    place: str
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

    def move(self, starts_at: datetime, by: int, now: datetime) -> None:
        self._may_change(now)
        if starts_at <= now:
            raise DomainError("when-past")
        if starts_at == self.starts_at:
            raise DomainError("session-same-time")
        self.starts_at = starts_at
        self._changed(by, now)

    def cancel(self, by: int, now: datetime) -> None:
        self._may_change(now)
        self.cancelled_at = now
        self._changed(by, now)

    def is_open(self, now: datetime) -> bool:
        """Whether one may still excuse oneself, and the planner may still change it."""
        return self.cancelled_at is None and now < self.starts_at

    def is_past(self, now: datetime) -> bool:
        return now >= self.starts_at + LASTS

    def is_news(self) -> bool:
        """Whether it was planned or moved so shortly before its start that hearing of it was the reminder."""
        return (self.changed_at or self.created_at) > self.starts_at - BEFORE

    def roll_may_be_called(self, now: datetime) -> bool:
        return self.cancelled_at is None and now >= self.starts_at - ROLL_OPENS

    def _may_change(self, now: datetime) -> None:
        if self.cancelled_at is not None:
            raise DomainError("session-cancelled")
        if now >= self.starts_at:
            raise DomainError("session-begun")

    def _changed(self, by: int, now: datetime) -> None:
        self.version += 1
        self.changed_by_id = by
        self.changed_at = now


@dataclass(eq=False)
class Leave:
    """Somebody said beforehand that they cannot come."""

    session_id: int
    person_id: int
    reason: str
    at: datetime
    id: int = field(init=False)


@dataclass(eq=False)
class Roll:
    """The roll of one session, called over one unit, once."""

    session_id: int
    unit_id: int
    by_id: int
    at: datetime
    id: int = field(init=False)


@dataclass(eq=False)
class Attendance:
    """One line of a roll. ``unit_id`` is where the person belonged on that day: counts go by it."""

    session_id: int
    roll_id: int
    person_id: int
    unit_id: int
    mark: Mark
    id: int = field(init=False)


@dataclass(eq=False)
class Correction:
    """A line of a confirmed roll that its caller set right later."""

    attendance_id: int
    before: Mark
    after: Mark
    by_id: int
    at: datetime
    id: int = field(init=False)


@dataclass(frozen=True)
class Plan:
    """What a planner filled in."""

    kind: SessionKind
    title: str
    starts_at: datetime
    place: str
    unit_ids: tuple[int, ...]
    material: str = ""
    files: Sequence[Incoming] = ()


@dataclass(frozen=True)
class RollPlace:
    """A roll that somebody may call: which session, over which unit. ``called`` once it was confirmed."""

    session_id: int
    unit_id: int
    unit_name: str
    title: str
    starts_at: datetime
    called: bool = False


@dataclass(frozen=True)
class SessionCard:
    """A session as one actor may see it. ``attends``: the actor is one of those it is for; ``changeable``: the actor
    may still move or cancel it; ``mark`` is the actor's own line in the roll, or None."""

    session_id: int
    version: int
    kind: SessionKind
    title: str
    starts_at: datetime
    place: str
    material: str
    files: int
    units: tuple[str, ...]
    is_open: bool
    is_cancelled: bool
    is_workday: bool
    attends: bool
    on_leave: bool
    mark: Mark | None
    changeable: bool
    rolls: tuple[RollPlace, ...]

    @property
    def is_called(self) -> bool:
        """Begun, and for the actor over: they stand in the roll, or called all that is theirs to call."""
        called = bool(self.rolls) and all(place.called for place in self.rolls)
        return not self.is_open and (self.mark is not None or called)


@dataclass(frozen=True)
class RollSheet:
    """A roll, open or confirmed. ``lines`` are person, name and mark; ``correctable``: the actor called it."""

    place: RollPlace
    lines: tuple[tuple[int, str, Mark], ...]
    called_by: str = ""
    called_at: datetime | None = None
    correctable: bool = False


@dataclass(frozen=True)
class UnitCount:
    """A unit's line under a roll: how many should have come, came, were absent, were on leave."""

    unit_id: int
    unit_name: str
    present: int
    absent: int
    on_leave: int

    @property
    def expected(self) -> int:
        return self.present + self.absent + self.on_leave


def roll_paths(actor: Actor, paths: Collection[str]) -> tuple[str, ...]:
    """Over which part of the audience the actor calls the roll: all of it that lies in the own subtree."""
    found = set()
    for path in paths:
        if actor.has(RoleKind.ADMIN) or actor.has(RoleKind.SECRETARY, path):
            found.add(path)
        for duty in actor.duties:
            if duty.role is RoleKind.SECRETARY and duty.path.startswith(path):
                found.add(duty.path)
    return outermost(found)


def may_see(actor: Actor, paths: Collection[str]) -> bool:
    return belongs(actor, paths) or bool(roll_paths(actor, paths))


def days_ahead(calendar: WorkCalendar, now: datetime, starts_at: datetime) -> int:
    """Working days from today up to the day before the session: 1 on the last working day before it, whether the
    session itself falls on a working day or not."""
    day, last, count = calendar.date_of(now), calendar.date_of(starts_at), 0
    while day < last:
        count += calendar.is_workday(day)
        day += timedelta(days=1)
    return count
