"""The organisation as it is looked at: its units and what there is to know of them, its people and their roles."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.people import RoleKind, Unit, UnitKind


class UnitNote(StrEnum):
    """What there is to know of a unit, and perhaps to do about it."""

    NEW = "new"
    VACANT = "vacant"
    ELECTION_OVERDUE = "election-overdue"
    ELECTION_SOON = "election-soon"


ELECTION_NOTICE = timedelta(days=62)
"""An election is asked for two months before the term ends."""


def notes_on(unit: Unit, today: date, *, has_secretary: bool) -> tuple[UnitNote, ...]:
    """A branch without a secretary of its own has a vacant post; a unit is new in the calendar year of its founding."""
    found = []
    if unit.founded_on is not None and unit.founded_on.year == today.year:
        found.append(UnitNote.NEW)
    if unit.kind is UnitKind.BRANCH and not has_secretary:
        found.append(UnitNote.VACANT)
    if unit.term_ends_on is not None and unit.term_ends_on < today:
        found.append(UnitNote.ELECTION_OVERDUE)
    elif unit.term_ends_on is not None and unit.term_ends_on <= today + ELECTION_NOTICE:
        found.append(UnitNote.ELECTION_SOON)
    return tuple(found)


@dataclass(frozen=True)
class UnitLine:
    """A unit in the tree; the counts take in everybody below it."""

    unit_id: int
    depth: int
    name: str
    kind: UnitKind
    people: int
    joined: int
    notes: tuple[UnitNote, ...] = ()
    term_ends_on: date | None = None


@dataclass(frozen=True)
class PersonLine:
    """``staff_number`` is told where somebody else of the list has the same name."""

    person_id: int
    name: str
    joined: bool
    staff_number: str = ""


@dataclass(frozen=True)
class UnitPeople:
    """The people of a unit and below it, as whoever keeps them sees them."""

    unit_id: int
    name: str
    people: tuple[PersonLine, ...]

    @property
    def joined(self) -> int:
        return sum(line.joined for line in self.people)


@dataclass(frozen=True)
class RoleLine:
    role_id: int
    role: RoleKind
    unit_name: str


@dataclass(frozen=True)
class PersonCard:
    """A person as the one who keeps them sees them. ``may_invite``, ``may_stop`` and ``may_change`` are what the actor
    may do."""

    person_id: int
    name: str
    staff_number: str
    unit_id: int
    unit_name: str
    joined: bool
    left: bool
    roles: tuple[RoleLine, ...]
    may_invite: bool
    may_stop: bool
    may_change: bool
