"""The roster's use cases: reading a file, seeing what it would change, saving it; units and people to look at."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.directory import PersonLine, UnitLine, UnitPeople, notes_on
from domain.entrances import may_vouch
from domain.errors import DomainError, NotFound
from domain.people import Actor, Person, PlannedPerson, PlannedUnit, Role, RoleKind, Unit, require_admin
from domain.roster import (
    BETWEEN_ROLES,
    ELSEWHERE,
    Comparison,
    Current,
    RosterFile,
    Vocabulary,
    compare,
    parents_first,
    read,
)
from domain.setup import PASSED, steps_left
from services.clock import Clock
from services.roles import leave
from services.spreadsheets import read_table, write_workbook
from services.ways_in import tell_people
from storage.lanes import heavy, reads
from storage.unit_of_work import UnitOfWork, Work


@heavy
def read_roster(data: bytes, name: str, words: Vocabulary) -> RosterFile:
    """The roster in a file. Raises DomainError ``roster-columns`` or what a spreadsheet is refused for."""
    table = read_table(data, name)
    return read(table.header, table.rows, words)


@heavy
def write_template(sheets: Mapping[str, Sequence[Sequence[str | int]]]) -> bytes:
    return write_workbook(sheets)


class Roster:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    # Import

    def may_import(self, actor: Actor) -> None:
        """Refuse everybody but administrators: DomainError ``admins-only``."""
        require_admin(actor)

    @reads
    def rows(self, actor: Actor, words: dict[RoleKind, str], kinds: dict[str, str]) -> list[list[str]]:
        """The roster as it stands, in the template's columns, so that it can be changed and brought back."""
        self.may_import(actor)
        with self._work() as work:
            current = _current(work)
        staff = defaultdict(list)
        for number, person in current.people.items():
            if number not in current.left:
                staff[person.unit].append(person)
        found = []
        for unit in parents_first(current.units.values()):
            head = [unit.code, unit.name, kinds[unit.kind], unit.parent, *unit.written_days]
            own = [[one.name, one.staff_number, _roles_cell(one, words)] for one in staff[unit.code]]
            found += [[*head, *cells] for cells in own or [["", "", ""]]]
        return found

    @reads
    def compare(self, actor: Actor, file: RosterFile) -> Comparison:
        """What the file would change; nothing is saved."""
        self.may_import(actor)
        with self._work() as work:
            return compare(file, _current(work))

    def save(self, actor: Actor, file: RosterFile, previewed: str, left: Collection[str] = ()) -> Comparison:
        """Save what was previewed, all of it in one transaction. Nobody is removed, but whoever the file does not name
        and whose staff number is among ``left``. Raises DomainError ``roster-moved`` when that is no longer what the
        file would change, ``last-admin``."""
        self.may_import(actor)
        now = self._clock.now()
        with self._work() as work:
            # Whoever saves is an administrator, so these rows also let one import follow another.
            work.people.take_admins()
            found = compare(file, _current(work))
            if found.digest() != previewed or found.errors:
                raise DomainError("roster-moved")
            if found.replaced is not None:
                _replace(work, *found.replaced[1:])
            _save_units(work, [unit for _, unit in file.units])
            _save_people(work, [person for _, person in file.people])
            leavers = [one.staff_number for one in found.missing if one.staff_number in left]
            _let_go(work, leavers, actor.person_id, now)
            counts = {
                "units_added": len(found.units_added),
                "units_changed": len(found.units_changed),
                "people_added": len(found.people_added),
                "people_changed": len(found.people_changed),
                "missing": len(found.missing) - len(leavers),
                "left": len(leavers),
            }
            work.audit.record(now, actor.person_id, "roster.import", previewed, **counts)
            me = list(work.people.people([actor.person_id or 0]).values())
            setting_up = steps_left(work.calendar.setting(PASSED)) > 0
            tell_people(work, "roster-saved", previewed, me, now, now, **counts, setup=setting_up, v=3)
            return found

    # Looking

    @reads
    def tree(self, actor: Actor) -> list[UnitLine]:
        """All units with head counts and what there is to know of them, each after the one above it."""
        self.may_import(actor)
        today = self._clock.now().astimezone(self._zone).date()
        with self._work() as work:
            units = work.people.units()
            people = work.people.people_below("")
            joined = work.people.joined(person.id for person in people)
            holders = {role.person_id for role in work.people.all_roles() if role.role is RoleKind.SECRETARY}
        above = {unit.id: [int(step) for step in unit.path.strip("/").split("/")] for unit in units}
        everybody = Counter(step for person in people for step in above[person.unit_id])
        came = Counter(step for person in people if person.id in joined for step in above[person.unit_id])
        led = {step for person in people if person.id in holders for step in above[person.unit_id]}
        return [
            UnitLine(
                unit.id,
                len(above[unit.id]) - 1,
                unit.name,
                unit.kind,
                everybody[unit.id],
                came[unit.id],
                notes_on(unit, today, has_secretary=unit.id in led),
                unit.term_ends_on,
            )
            for unit in _in_tree_order(units)
        ]

    @reads
    def kept_units(self, actor: Actor) -> list[tuple[int, str]]:
        """The units whose people the actor keeps: an admin's are all, a secretary's the own. Raises DomainError
        ``secretaries-only``."""
        with self._work() as work:
            if actor.has(RoleKind.ADMIN):
                return [(unit.id, unit.name) for unit in _in_tree_order(work.people.units())]
            own = [duty.unit_id for duty in actor.duties if duty.role is RoleKind.SECRETARY]
            if not own:
                raise DomainError("secretaries-only")
            units = work.people.units_by_id(own)
            return [(unit_id, units[unit_id].name) for unit_id in dict.fromkeys(own)]

    @reads
    def people(self, actor: Actor, unit_id: int) -> UnitPeople:
        """The people of a unit the actor keeps, and whether they have joined. Raises NotFound."""
        with self._work() as work:
            unit = work.people.unit(unit_id)
            if unit is None or not may_vouch(actor, unit.path, ()):
                raise NotFound
            people = work.people.people_below(unit.path)
            joined = work.people.joined(person.id for person in people)
            names = Counter(person.name for person in people)
            lines = tuple(
                PersonLine(one.id, one.name, one.id in joined, one.staff_number if names[one.name] > 1 else "")
                for one in people
            )
            return UnitPeople(unit.id, unit.name, lines)


def _in_tree_order(units: list[Unit]) -> list[Unit]:
    below = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit)
    found, waiting = [], list(reversed(below[None]))
    while waiting:
        unit = waiting.pop()
        found.append(unit)
        waiting += reversed(below[unit.id])
    return found


def _roles_cell(person: PlannedPerson, words: dict[RoleKind, str]) -> str:
    cells = [words[kind] + (f"{ELSEWHERE}{code}" if code != person.unit else "") for kind, code in person.roles]
    return BETWEEN_ROLES.join(cells)


def _current(work: UnitOfWork) -> Current:
    units = work.people.units()
    codes = {unit.id: unit.code for unit in units}
    roles: dict[int, list[tuple[RoleKind, str]]] = defaultdict(list)
    for role in work.people.all_roles():
        roles[role.person_id].append((role.role, codes[role.unit_id]))
    people = work.people.everybody()
    return Current(
        units={
            u.code: PlannedUnit(u.code, u.name, u.kind, codes.get(u.parent_id or 0, ""), u.founded_on, u.term_ends_on)
            for u in units
        },
        people={
            person.staff_number: PlannedPerson(
                person.name, person.staff_number, codes[person.unit_id], tuple(roles[person.id])
            )
            for person in people
        },
        left=frozenset(person.staff_number for person in people if person.left_at is not None),
    )


def _let_go(work: UnitOfWork, numbers: Collection[str], by_id: int | None, now: datetime) -> None:
    for number in numbers:
        person = work.people.person_by_staff_number(number)
        if person is not None:
            leave(work, person, by_id, now)
    if not work.people.holders(RoleKind.ADMIN):
        raise DomainError("last-admin")


def _replace(work: UnitOfWork, before: str, after: str) -> None:
    """Another code for a unit: all that names it stays with it, and the file says the rest."""
    unit = work.people.unit_by_code(before)
    if unit is not None:
        unit.code = after


def _save_units(work: UnitOfWork, planned: list[PlannedUnit]) -> None:
    """Add and change units, and write down anew where in the tree each stands."""
    known = {unit.code: unit for unit in work.people.units()}
    position = max((unit.position for unit in known.values()), default=-1)
    fresh = [plan for plan in parents_first(planned) if plan.code not in known]
    added = [Unit(plan.code, plan.name, plan.kind, None, place) for place, plan in enumerate(fresh, start=position + 1)]
    # All at once, and only then below one another: a thousand units are two statements.
    work.people.add_many(added)
    known |= {unit.code: unit for unit in added}
    for plan in planned:
        unit, above = known[plan.code], known.get(plan.parent)
        unit.name, unit.kind, unit.parent_id = plan.name, plan.kind, above.id if above is not None else None
        unit.founded_on = plan.founded_on or unit.founded_on
        unit.term_ends_on = plan.term_ends_on or unit.term_ends_on
    paths: dict[int | None, str] = {None: "/"}
    for unit in _in_tree_order(list(known.values())):
        unit.path = paths[unit.id] = f"{paths[unit.parent_id]}{unit.id}/"


def _save_people(work: UnitOfWork, planned: list[PlannedPerson]) -> None:
    units = {unit.code: unit.id for unit in work.people.units()}
    known = {person.staff_number: person for person in work.people.everybody()}
    fresh = [
        Person(plan.name, plan.staff_number, units[plan.unit]) for plan in planned if plan.staff_number not in known
    ]
    work.people.add_many(fresh)
    known |= {person.staff_number: person for person in fresh}
    held: dict[int, dict[tuple[RoleKind, int], Role]] = defaultdict(dict)
    for role in work.people.all_roles():
        held[role.person_id][role.role, role.unit_id] = role
    granted: list[Role] = []
    revoked: list[Role] = []
    for plan in planned:
        person = known[plan.staff_number]
        person.name, person.unit_id, person.left_at = plan.name, units[plan.unit], None
        if plan.roles:
            wanted = {(kind, units[code]) for kind, code in plan.roles}
            mine = held[person.id]
            granted += [Role(person.id, unit_id, kind) for kind, unit_id in sorted(wanted - mine.keys())]
            revoked += [mine[place] for place in mine.keys() - wanted]
    work.people.change_roles(granted, revoked)
