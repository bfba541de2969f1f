"""The roster's tables: units, people, roles, accounts."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    false,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from domain.people import Account, Person, Role, RoleKind, Unit, UnitKind
from storage.base import EnumText, Id, UtcDateTime, get_locked, insert_once, locked, mapper, metadata
from storage.counters import Counters
from storage.engine import kept
from storage.prepared import Prepared

PAGE = "web"
"""The chat page as a platform: there one is in by a browser's session, elsewhere by the account itself."""

FIRST_ACCOUNT = 2**52
"""Our own ids start above every messenger's (52 bits) and stay within what a browser counts exactly (53 bits)."""

unit = Table(
    "unit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("kind", EnumText(UnitKind), nullable=False),
    Column("parent_id", BigInteger, ForeignKey("unit.id")),
    Column("position", Integer, nullable=False),
    Column("path", String(255), nullable=False, index=True),
    Column("head_person_id", BigInteger),
    Column("founded_on", Date),
    Column("term_ends_on", Date),
)

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("staff_number", String(40), nullable=False, unique=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), nullable=False, index=True),
    Column("language", String(8)),
    Column("left_at", UtcDateTime),
    Column("passphrase_hash", String(200)),
)

role = Table(
    "role",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), nullable=False, index=True),
    Column("role", EnumText(RoleKind), nullable=False),
    UniqueConstraint("person_id", "unit_id", "role"),
)

account = Table(
    "account",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("external_id", String(80), nullable=False),
    Column("person_id", BigInteger, ForeignKey("person.id"), index=True),
    Column("language", String(8)),
    Column("blocked_at", UtcDateTime),
    Column("last_used_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("platform", "external_id"),
)

picked = Table(
    "picked",
    metadata,
    Column("by_id", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("by_id", "person_id"),
)

mapper.map_imperatively(Unit, unit)
mapper.map_imperatively(Person, person)
mapper.map_imperatively(Role, role)
mapper.map_imperatively(Account, account)


_HEADED_BY = Prepared(select(unit.c.path).where(unit.c.head_person_id == bindparam("person")))

_HOLDERS = (
    select(Person)
    .join(role, role.c.person_id == person.c.id)
    .join(unit, unit.c.id == role.c.unit_id)
    .where(role.c.role == bindparam("kind"), person.c.left_at.is_(None))
    .order_by(func.length(unit.c.path).desc(), person.c.id)
)
_HOLDERS_OVER = _HOLDERS.where(role.c.unit_id.in_(bindparam("steps", expanding=True)))
_HOMES_OF_HOLDERS = Prepared(
    select(unit.c.path)
    .distinct()
    .select_from(role)
    .join(person, person.c.id == role.c.person_id)
    .join(unit, unit.c.id == person.c.unit_id)
    .where(role.c.role == bindparam("kind"), person.c.left_at.is_(None))
)


class People:
    def __init__(self, session: Session) -> None:
        self._session = session

    # Units

    def add_unit(self, entity: Unit) -> Unit:
        """Add a unit below its parent and fill in its path."""
        self._session.add(entity)
        self._session.flush()
        parent = self._session.get(Unit, entity.parent_id) if entity.parent_id is not None else None
        entity.path = f"{parent.path if parent else '/'}{entity.id}/"
        self._session.flush()
        return entity

    def unit(self, unit_id: int) -> Unit | None:
        return kept(self._session, f"unit {unit_id}", lambda: self._session.get(Unit, unit_id))

    def unit_by_code(self, code: str) -> Unit | None:
        return self._session.scalars(select(Unit).where(unit.c.code == code)).first()

    def units(self, kinds: Collection[UnitKind] = ()) -> list[Unit]:
        """All units (of the given kinds) in roster order."""
        query = select(Unit).order_by(unit.c.position, unit.c.id)
        if kinds:
            query = query.where(unit.c.kind.in_(list(kinds)))
        return list(self._session.scalars(query))

    def units_by_id(self, ids: Iterable[int]) -> dict[int, Unit]:
        return {found.id: found for found in self._session.scalars(select(Unit).where(unit.c.id.in_(list(ids))))}

    # People

    def add_person(self, entity: Person) -> Person:
        self._session.add(entity)
        self._session.flush()
        return entity

    def person(self, person_id: int) -> Person | None:
        return self._session.get(Person, person_id)

    def take_person(self, person_id: int) -> Person | None:
        """The person, locked."""
        return get_locked(self._session, Person, person_id)

    def person_by_staff_number(self, number: str) -> Person | None:
        return self._session.scalars(select(Person).where(person.c.staff_number == number)).first()

    def person_by_typed_number(self, number: str) -> Person | None:
        """The same for a number in small letters, whatever case the roster has it in."""
        return self._session.scalars(select(Person).where(func.lower(person.c.staff_number) == number)).first()

    def people(self, ids: Iterable[int]) -> dict[int, Person]:
        query = select(Person).where(person.c.id.in_(list(ids)))
        return {found.id: found for found in self._session.scalars(query)}

    def names(self, ids: Collection[int | None]) -> dict[int | None, str]:
        """Names only, where nothing else of the people is looked at."""
        if not ids:
            return {}
        query = select(person.c.id, person.c.name).where(person.c.id.in_(list(ids)))
        return {found.id: found.name for found in self._session.execute(query)}

    def everybody(self) -> list[Person]:
        """The whole roster, those who left included."""
        return list(self._session.scalars(select(Person).order_by(person.c.id)))

    def add_many(self, entities: Collection[Unit] | Collection[Person]) -> None:
        """Add units (whose places in the tree are written down afterwards) or people, all at once."""
        self._session.add_all(entities)
        self._session.flush()

    def people_below(self, path: str) -> list[Person]:
        """Everybody on the roster in the unit with this path and in the units below it."""
        query = (
            select(Person)
            .join(unit, unit.c.id == person.c.unit_id)
            .where(unit.c.path.startswith(path), person.c.left_at.is_(None))
            .order_by(unit.c.position, person.c.id)
        )
        return list(self._session.scalars(query))

    def search(self, part: str, limit: int = 8, within: Collection[str] = ("",)) -> list[Person]:
        """People whose name contains ``part`` or whose staff number is it, in the order of their names, of the units
        below one of the paths ``within``."""
        like = "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        matches = or_(func.lower(person.c.name).like(like.lower(), escape="\\"), person.c.staff_number == part)
        query = select(Person).where(matches, person.c.left_at.is_(None)).order_by(person.c.name, person.c.id)
        if "" not in within:
            below = or_(false(), *(unit.c.path.startswith(path) for path in within))
            query = query.join(unit, unit.c.id == person.c.unit_id).where(below)
        return list(self._session.scalars(query.limit(limit)))

    def remember_pick(self, by_id: int, person_id: int, at: datetime) -> None:
        """Whom somebody has just chosen is offered to them first the next time."""
        where = (picked.c.by_id == by_id) & (picked.c.person_id == person_id)
        insert_once(self._session, picked, [{"by_id": by_id, "person_id": person_id, "at": at}])
        self._session.execute(update(picked).where(where).values(at=at))

    def last_picked(self, by_id: int, limit: int) -> list[Person]:
        """Whom somebody chose lately, the newest first."""
        query = (
            select(Person)
            .join(picked, picked.c.person_id == person.c.id)
            .where(picked.c.by_id == by_id, person.c.left_at.is_(None))
            .order_by(picked.c.at.desc(), person.c.id)
        )
        return list(self._session.scalars(query.limit(limit)))

    # Roles

    def grant(self, entity: Role) -> None:
        self._session.add(entity)
        self._session.flush()

    def revoke(self, entity: Role) -> None:
        self._session.delete(entity)
        self._session.flush()

    def change_roles(self, granted: Collection[Role], revoked: Collection[Role]) -> None:
        """Add and take away many at once."""
        self._session.add_all(granted)
        for entity in revoked:
            self._session.delete(entity)
        self._session.flush()

    def all_roles(self) -> list[Role]:
        return list(self._session.scalars(select(Role).order_by(role.c.id)))

    def find_role(self, role_id: int) -> Role | None:
        return self._session.get(Role, role_id)

    def take_admins(self) -> list[Role]:
        """Every administrator's role, locked: whoever takes one of them away sees how many are left."""
        query = select(Role).where(role.c.role == RoleKind.ADMIN).order_by(role.c.id)
        return list(self._session.scalars(locked(query)))

    def roles_of(self, person_id: int) -> list[Role]:
        return list(self._session.scalars(select(Role).where(role.c.person_id == person_id).order_by(role.c.id)))

    def holders(self, kind: RoleKind, path: str | None = None) -> list[Person]:
        """Who holds a role over the unit with ``path``: in that unit or in one above it. Without a path, anywhere."""
        if path is None:
            return list(dict.fromkeys(self._session.scalars(_HOLDERS, {"kind": kind})))
        steps = [int(step) for step in path.strip("/").split("/") if step]
        return list(dict.fromkeys(self._session.scalars(_HOLDERS_OVER, {"kind": kind, "steps": steps})))

    def homes_of_holders(self, kind: RoleKind) -> list[str]:
        """The paths of the units that those who hold a role anywhere are of."""
        return _HOMES_OF_HOLDERS.scalars(self._session, kind=kind)

    def nearest_holders(self, kind: RoleKind, path: str) -> list[Person]:
        """Who holds a role over the unit with ``path`` from closest by: those of a unit further up do not count
        while there is somebody nearer."""
        steps = [int(step) for step in path.strip("/").split("/") if step]
        for unit_id in reversed(steps):
            query = (
                select(Person)
                .join(role, role.c.person_id == person.c.id)
                .where(role.c.role == kind, role.c.unit_id == unit_id, person.c.left_at.is_(None))
                .order_by(person.c.id)
            )
            if found := list(self._session.scalars(query)):
                return found
        return []

    def paths_headed_by(self, person_id: int) -> list[str]:
        """The paths of the units that somebody is head of."""
        return _HEADED_BY.scalars(self._session, person=person_id)

    # Accounts

    def account(self, platform: str, external_id: str) -> Account | None:
        query = select(Account).where(account.c.platform == platform, account.c.external_id == external_id)
        return self._session.scalars(query).first()

    def account_by_id(self, account_id: int) -> Account | None:
        return self._session.get(Account, account_id)

    def accounts_on(self, platform: str, person_id: int) -> list[Account]:
        """A person's accounts at one messenger, also those that cannot be written to."""
        query = select(Account).where(account.c.platform == platform, account.c.person_id == person_id)
        return list(self._session.scalars(query.order_by(account.c.id)))

    def every_account(self, person_id: int) -> list[Account]:
        """All of a person's ways in, also those that cannot be written to."""
        return list(
            self._session.scalars(select(Account).where(account.c.person_id == person_id).order_by(account.c.id))
        )

    def joined(self, ids: Iterable[int]) -> set[int]:
        """Which of these people have a way in."""
        query = select(account.c.person_id).where(account.c.person_id.in_(list(ids)))
        return {int(found) for found in self._session.execute(query).scalars() if found is not None}

    def add_account(self, platform: str, external_id: str | None, at: datetime, person_id: int | None) -> Account:
        """Add a way in. Without an external id the account is known by its own number, as on the chat page."""
        number = FIRST_ACCOUNT + Counters(self._session).next("account", 0)
        entity = Account(platform, external_id or str(number), at, person_id=person_id)
        entity.id = number
        self._session.add(entity)
        self._session.flush()
        return entity

    def accounts_of(self, person_id: int) -> list[Account]:
        """A person's accounts that can be written to, the one last used first."""
        query = (
            select(Account)
            .where(account.c.person_id == person_id, account.c.blocked_at.is_(None))
            .order_by(account.c.last_used_at.desc().nulls_last(), account.c.id)
        )
        return list(self._session.scalars(query))
