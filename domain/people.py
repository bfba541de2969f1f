"""The roster: units, people, their roles and accounts, and who acts."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.errors import DomainError

LANGUAGES = ("zh", "en")
"""The languages people may choose; the first is the one for those who chose none."""


class UnitKind(StrEnum):
    OFFICE = "office"
    ORGAN = "organ"
    DEPARTMENT = "department"
    BRANCH = "branch"
    CITY = "city"


class RoleKind(StrEnum):
    MEMBER = "member"
    SECRETARY = "secretary"
    POINT_OFFICER = "point_officer"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


ROLE_ORDER = tuple(RoleKind)


@dataclass(eq=False)
class Unit:
    """A node of the organisation's tree. ``code`` is the roster's own, stable over renames; ``path`` lists the ids
    from the root down to this unit as ``/1/5/12/``, so that a subtree is a prefix. ``term_ends_on`` is the day by which
    its committee is elected anew."""

    code: str
    name: str
    kind: UnitKind
    parent_id: int | None = None
    position: int = 0
    path: str = ""
    head_person_id: int | None = None
    founded_on: date | None = None
    term_ends_on: date | None = None
    id: int = field(init=False)


@dataclass(eq=False)
class Person:
    """Somebody on the roster. ``staff_number`` is the organisation's own and unique; ``passphrase_hash`` is what
    is kept of the passphrase, of whoever set one."""

    name: str
    staff_number: str
    unit_id: int
    language: str | None = None
    left_at: datetime | None = None
    passphrase_hash: str | None = field(default=None, repr=False)
    id: int = field(init=False)


@dataclass(eq=False)
class Role:
    """What a person may do, and in which unit (and the units below it)."""

    person_id: int
    unit_id: int
    role: RoleKind
    id: int = field(init=False)


@dataclass(eq=False)
class Account:
    """A person's way in through one messenger. One without a person is a guest who has spoken."""

    platform: str
    external_id: str
    created_at: datetime
    person_id: int | None = None
    language: str | None = None
    blocked_at: datetime | None = None
    last_used_at: datetime | None = None
    id: int = field(init=False)


@dataclass(frozen=True)
class Duty:
    """One role in one unit, as the actor carries it; ``path`` is that unit's."""

    role: RoleKind
    unit_id: int
    path: str
    unit_name: str = ""


@dataclass(frozen=True)
class Actor:
    """Who acts in this update. A guest has no person and no duties."""

    platform: str
    chat_id: int
    language: str
    account_id: int | None = None
    person_id: int | None = None
    name: str = ""
    unit_id: int | None = None
    unit_path: str = ""
    unit_name: str = ""
    duties: tuple[Duty, ...] = ()

    @property
    def is_guest(self) -> bool:
        return self.person_id is None

    def roles(self) -> frozenset[RoleKind]:
        return frozenset(duty.role for duty in self.duties)

    def has(self, role: RoleKind, path: str = "") -> bool:
        """Whether the actor holds ``role`` over the unit with ``path`` (any unit when no path is given)."""
        return any(duty.role == role and path.startswith(duty.path if path else "") for duty in self.duties)

    def has_any(self, roles: Collection[RoleKind]) -> bool:
        return any(duty.role in roles for duty in self.duties)


def require_member(actor: Actor) -> None:
    """Refuse a guest: DomainError ``members-only``."""
    if actor.is_guest:
        raise DomainError("members-only")


def require_guest(actor: Actor) -> None:
    """Refuse whoever has joined: DomainError ``already-joined``."""
    if not actor.is_guest:
        raise DomainError("already-joined", name=actor.name, unit=actor.unit_name)


def require_point_officer(actor: Actor) -> None:
    """Refuse everybody but point officers: DomainError ``point-officers-only``."""
    if not actor.has(RoleKind.POINT_OFFICER):
        raise DomainError("point-officers-only")


def require_admin(actor: Actor) -> None:
    """Refuse everybody but administrators: DomainError ``admins-only``."""
    if not actor.has(RoleKind.ADMIN):
        raise DomainError("admins-only")


@dataclass(frozen=True)
class Listed:
    """Somebody in a list to choose from; the unit tells apart two of the same name."""

    person_id: int
    name: str
    unit_name: str


@dataclass(frozen=True)
class PlannedUnit:
    """A date that is not said stays as it is."""

    code: str
    name: str
    kind: UnitKind
    parent: str = ""
    founded_on: date | None = None
    term_ends_on: date | None = None

    @property
    def written_days(self) -> list[str]:
        """Founding and end of term as a table holds them, empty where they are not known."""
        return [str(day or "") for day in (self.founded_on, self.term_ends_on)]


@dataclass(frozen=True)
class PlannedPerson:
    """``roles`` are pairs of a role and the code of its unit; ``heads`` is the code of the unit the person heads;
    ``joined`` says that the person has a way in on the chat page, as every persona has."""

    name: str
    staff_number: str
    unit: str
    roles: tuple[tuple[RoleKind, str], ...] = ()
    heads: str = ""
    persona: str = ""
    joined: bool = False


@dataclass(frozen=True)
class Organisation:
    """A whole organisation, as a sample file lays it out. Parents stand before their children."""

    units: tuple[PlannedUnit, ...]
    people: tuple[PlannedPerson, ...]
