"""A person of the roster: who they are, what they may do where, whether they may come in. One use case a method."""

from datetime import datetime

from domain.directory import PersonCard, RoleLine
from domain.entrances import may_vouch
from domain.errors import DomainError, NotFound
from domain.people import Actor, Person, Role, RoleKind, Unit
from services.clock import Clock
from services.sign_ins import end_access
from services.ways_in import tell_people
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

FOUND = 8


class Roles:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    @reads
    def card(self, actor: Actor, person_id: int) -> PersonCard:
        """Somebody whom the actor keeps. Raises NotFound."""
        with self._work() as work:
            return _card(work, actor, *_kept(work, actor, person_id))

    @reads
    def places(self, actor: Actor, person_id: int, part: str = "") -> list[tuple[int, str]]:
        """Units in which a role could be: the person's own and those above, or those whose name contains ``part``."""
        _admin(actor)
        with self._work() as work:
            _, unit = _kept(work, actor, person_id)
            units = work.people.units()
            if part:
                return [(one.id, one.name) for one in units if part.casefold() in one.name.casefold()][:FOUND]
            above = [one for one in units if unit.path.startswith(one.path)]
            return [(one.id, one.name) for one in sorted(above, key=lambda one: -len(one.path))]

    def grant(self, actor: Actor, person_id: int, role: RoleKind, unit_id: int) -> PersonCard:
        """Give somebody a role in a unit; they are told. Raises NotFound, DomainError ``role-held``."""
        _admin(actor)
        now = self._clock.now()
        with self._work() as work:
            person, home = _kept(work, actor, person_id, take=True)
            unit = work.people.unit(unit_id)
            if unit is None or person.left_at is not None:
                raise NotFound
            if any((held.role, held.unit_id) == (role, unit_id) for held in work.people.roles_of(person_id)):
                raise DomainError("role-held")
            work.people.grant(Role(person_id, unit_id, role))
            work.people.remember_pick(actor.person_id or 0, person_id, now)
            work.audit.record(now, actor.person_id, "role.grant", str(person_id), role=role, unit=unit_id)
            tell_people(work, "role-granted", str(person_id), [person], now, now, role=role.value, unit=unit.name)
            return _card(work, actor, person, home)

    @reads
    def held(self, actor: Actor, person_id: int, role_id: int) -> tuple[PersonCard, RoleLine]:
        """A role that somebody holds, before it is taken away. Raises NotFound."""
        _admin(actor)
        with self._work() as work:
            card = _card(work, actor, *_kept(work, actor, person_id))
            found = next((line for line in card.roles if line.role_id == role_id), None)
            if found is None:
                raise NotFound
            return card, found

    def revoke(self, actor: Actor, person_id: int, role_id: int) -> PersonCard:
        """Take a role away; they are told. Raises NotFound, DomainError ``last-admin``."""
        _admin(actor)
        now = self._clock.now()
        with self._work() as work:
            admins = work.people.take_admins()
            person, home = _kept(work, actor, person_id, take=True)
            held = work.people.find_role(role_id)
            if held is None or held.person_id != person_id:
                raise NotFound
            if held.role is RoleKind.ADMIN:
                _somebody_left(work, [one for one in admins if one.id != role_id])
            unit = work.people.unit(held.unit_id)
            work.people.revoke(held)
            work.people.remember_pick(actor.person_id or 0, person_id, now)
            work.audit.record(now, actor.person_id, "role.revoke", str(person_id), role=held.role, unit=held.unit_id)
            words = {"role": held.role.value, "unit": unit.name if unit is not None else ""}
            tell_people(work, "role-revoked", str(person_id), [person], now, now, **words)
            return _card(work, actor, person, home)

    def leave(self, actor: Actor, person_id: int) -> PersonCard:
        """Somebody has left the organisation: they are out everywhere at once, and nothing more is said to them. What
        they did stays, and an import that names them brings them back. Raises NotFound, DomainError ``last-admin``."""
        _admin(actor)
        now = self._clock.now()
        with self._work() as work:
            admins = work.people.take_admins()
            person, home = _kept(work, actor, person_id, take=True)
            if any(one.person_id == person_id for one in admins):
                _somebody_left(work, [one for one in admins if one.person_id != person_id])
            leave(work, person, actor.person_id, now)
            return _card(work, actor, person, home)

    def stop(self, actor: Actor, person_id: int) -> PersonCard:
        """Nobody is in as this person any more, until they come in anew. They stay on the roster, with all they did.

        Raises NotFound, DomainError ``stop-self``, ``admins-stop``, ``last-admin``.
        """
        now = self._clock.now()
        with self._work() as work:
            admins = work.people.take_admins()
            person, home = _kept(work, actor, person_id, take=True)
            if person.left_at is not None:
                raise NotFound
            if person_id == actor.person_id:
                raise DomainError("stop-self")
            if not may_vouch(actor, home.path, work.actors.of(person_id).duties):
                raise DomainError("admins-stop")
            if any(one.person_id == person_id for one in admins):
                _somebody_inside(work, [one for one in admins if one.person_id != person_id], now)
            end_access(work, person, actor.person_id, now)
            work.audit.record(now, actor.person_id, "access.stop", str(person_id))
            return _card(work, actor, person, home)


def leave(work: UnitOfWork, person: Person, by_id: int | None, now: datetime) -> None:
    """From now on the person is no longer of the organisation."""
    person.left_at = person.left_at or now
    end_access(work, person, by_id, now)
    work.deliveries.cancel_to(person.id)
    work.audit.record(now, by_id, "person.leave", str(person.id))


def _admin(actor: Actor) -> None:
    if not actor.has(RoleKind.ADMIN):
        raise NotFound


def _somebody_left(work: UnitOfWork, admins: list[Role]) -> None:
    """Refuse to take the role from the last who holds it: DomainError ``last-admin``."""
    holders = work.people.people(one.person_id for one in admins)
    if all(person.left_at is not None for person in holders.values()):
        raise DomainError("last-admin")


def _somebody_inside(work: UnitOfWork, admins: list[Role], now: datetime) -> None:
    """The same for their access: two who stop each other at once would both be out."""
    holders = work.people.people(one.person_id for one in admins)
    present = [person_id for person_id, person in holders.items() if person.left_at is None]
    if not work.sign_ins.may_enter(present, now):
        raise DomainError("last-admin")


def _kept(work: UnitOfWork, actor: Actor, person_id: int, *, take: bool = False) -> tuple[Person, Unit]:
    person = work.people.take_person(person_id) if take else work.people.person(person_id)
    unit = work.people.unit(person.unit_id) if person is not None else None
    if person is None or unit is None or not may_vouch(actor, unit.path, ()):
        raise NotFound
    return person, unit


def _card(work: UnitOfWork, actor: Actor, person: Person, unit: Unit) -> PersonCard:
    held = work.people.roles_of(person.id)
    units = work.people.units_by_id(one.unit_id for one in held)
    left = person.left_at is not None
    may_vouch_for = not left and may_vouch(actor, unit.path, work.actors.of(person.id).duties)
    joined = bool(work.people.joined([person.id]))
    return PersonCard(
        person_id=person.id,
        name=person.name,
        staff_number=person.staff_number,
        unit_id=unit.id,
        unit_name=unit.name,
        joined=joined,
        left=left,
        roles=tuple(RoleLine(one.id, one.role, units[one.unit_id].name) for one in held),
        may_invite=may_vouch_for,
        may_stop=may_vouch_for and joined and person.id != actor.person_id,
        may_change=actor.has(RoleKind.ADMIN) and not left,
    )
