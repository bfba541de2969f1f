"""The roster's use cases: who acts, in which language, and what they may do where."""

from domain.errors import DomainError
from domain.people import (
    LANGUAGES,
    Actor,
    Listed,
    Organisation,
    Person,
    Role,
    RoleKind,
    Unit,
    require_member,
)
from services.clock import Clock
from storage.lanes import reads, reads_at_once
from storage.unit_of_work import UnitOfWork, Work

FOUND = 8
RECENT = 5


class People:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    @reads_at_once
    def acting(self, platform: str, chat_id: int, fallback_language: str) -> Actor:
        """Who stands behind a chat; an unknown one is a guest who speaks ``fallback_language``."""
        with self._work() as work:
            return work.actors.behind(platform, chat_id, fallback_language)

    def choose_language(self, actor: Actor, language: str) -> None:
        """From now on the person reads this language, on every messenger; a guest on this one. Another language than
        ours raises DomainError ``choice-unknown``."""
        if language not in LANGUAGES:
            raise DomainError("choice-unknown")
        with self._work() as work:
            person = work.people.person(actor.person_id) if actor.person_id is not None else None
            if person is not None:
                person.language = language
                return
            account = work.people.account(actor.platform, str(actor.chat_id))
            if account is None:
                account = work.people.add_account(actor.platform, str(actor.chat_id), self._clock.now(), None)
            account.language = language

    @reads
    def search_people(self, actor: Actor, part: str, within: str = "") -> list[Listed]:
        """Who can be chosen by part of a name or a whole staff number, below the unit with the path ``within``.

        Whoever holds a part in the campaign finds everybody; others find the people of their own unit.
        """
        require_member(actor)
        if not part.strip():
            return []
        with self._work() as work:
            found = work.people.search(part.strip(), limit=4 * FOUND, within=(_reach(actor, within),))
            return _listed(work, found[:FOUND])

    @reads
    def recent(self, actor: Actor, within: str = "") -> list[Listed]:
        """The last five the actor chose."""
        if actor.person_id is None:
            return []
        with self._work() as work:
            listed = {found.id: found for found in work.people.last_picked(actor.person_id, 4 * RECENT)}
            units = work.people.units_by_id({found.unit_id for found in listed.values()})
            reach = _reach(actor, within)
            near = [found for found in listed.values() if units[found.unit_id].path.startswith(reach)]
            return _listed(work, near[:RECENT])

    @reads
    def is_empty(self) -> bool:
        """Whether there is no organisation yet."""
        with self._work() as work:
            return not work.people.units()

    def found(self, plan: Organisation) -> dict[str, int]:
        """Lay out a whole organisation at once; gives back the account by which each persona of the plan comes in."""
        now = self._clock.now()
        with self._work() as work:
            for position, unit in enumerate(plan.units):
                parent = work.people.unit_by_code(unit.parent) if unit.parent else None
                entity = Unit(unit.code, unit.name, unit.kind, parent.id if parent else None, position)
                entity.founded_on, entity.term_ends_on = unit.founded_on, unit.term_ends_on
                work.people.add_unit(entity)
            accounts: dict[str, int] = {}
            for row in plan.people:
                home = _unit(work, row.unit)
                person = work.people.add_person(Person(row.name, row.staff_number, home.id))
                for kind, code in row.roles:
                    work.people.grant(Role(person.id, _unit(work, code).id, kind))
                if row.heads:
                    _unit(work, row.heads).head_person_id = person.id
                if row.persona or row.joined:
                    account = work.people.add_account("web", None, now, person.id)
                    accounts |= {row.persona: account.id} if row.persona else {}
            accounts["guest"] = work.people.add_account("web", None, now, None).id
            work.calendar.decide("personas", accounts)
            return accounts

    @reads
    def personas(self) -> dict[str, int]:
        """The accounts of the demo's personas."""
        with self._work() as work:
            return dict(work.calendar.setting("personas") or {})


def _reach(actor: Actor, within: str) -> str:
    """Where the actor may look for people when asked to look below ``within``."""
    if actor.roles() - {RoleKind.MEMBER}:
        return within
    return within if within.startswith(actor.unit_path) else actor.unit_path


def _listed(work: UnitOfWork, people: list[Person]) -> list[Listed]:
    units = work.people.units_by_id({person.unit_id for person in people})
    return [Listed(person.id, person.name, units[person.unit_id].name) for person in people]


def _unit(work: UnitOfWork, code: str) -> Unit:
    found = work.people.unit_by_code(code)
    if found is None:
        raise LookupError(code)
    return found
