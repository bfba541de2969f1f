"""The roster as a table people bring: what its rows say, what would change, and why a row cannot be taken."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.dates import written_day
from domain.errors import DomainError
from domain.people import PlannedPerson, PlannedUnit, RoleKind, UnitKind

COLUMNS = (
    "unit_code",
    "unit_name",
    "unit_kind",
    "parent_code",
    "founded_on",
    "term_ends_on",
    "person_name",
    "staff_number",
    "roles",
)
MAY_LACK = frozenset({"founded_on", "term_ends_on"})
"""Columns that a file need not have."""

SHOWN_ERRORS = 10
FIRST_CODE = "office"
"""The code of the unit that is laid out with the first administrator."""

_LIMITS = {"unit_code": 40, "unit_name": 120, "parent_code": 40, "person_name": 80, "staff_number": 40, "roles": 400}
BETWEEN_ROLES = ", "
_BETWEEN = str.maketrans(dict.fromkeys("、,，;；/\n", "|"))
ELSEWHERE = "@"
"""Between a role and the code of its unit, where that is not the person's own."""

RoleAt = tuple[RoleKind, str]


@dataclass(frozen=True)
class Vocabulary:
    """The words by which people call columns, kinds of unit and roles, in every language and in lower case; ``titles``
    are the columns' names in the reader's."""

    columns: Mapping[str, str]
    kinds: Mapping[str, UnitKind]
    roles: Mapping[str, RoleKind]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class RowError:
    """Why a row cannot be taken; ``row`` is its number as the spreadsheet shows it, ``value`` the word at fault."""

    row: int
    code: str
    value: str = ""


@dataclass(frozen=True)
class RosterFile:
    """What a file says, each with the number of its row. A person without roles keeps the ones held now."""

    units: tuple[tuple[int, PlannedUnit], ...]
    people: tuple[tuple[int, PlannedPerson], ...]
    errors: tuple[RowError, ...] = ()

    def as_draft(self) -> dict[str, Any]:
        return {
            "units": [
                [row, unit.code, unit.name, unit.kind.value, unit.parent, *unit.written_days]
                for row, unit in self.units
            ],
            "people": [[row, one.name, one.staff_number, one.unit, list(one.roles)] for row, one in self.people],
        }

    @classmethod
    def from_draft(cls, draft: Mapping[str, Any]) -> "RosterFile":
        units = [
            (row, PlannedUnit(code, name, UnitKind(kind), up, *map(_day, days)))
            for row, code, name, kind, up, *days in draft["units"]
        ]
        people = [
            (row, PlannedPerson(name, number, unit, tuple((RoleKind(kind), code) for kind, code in roles)))
            for row, name, number, unit, roles in draft["people"]
        ]
        return cls(tuple(units), tuple(people))


@dataclass(frozen=True)
class Current:
    """The roster as it stands: units by code, people by staff number; ``left`` are the numbers of those who left."""

    units: Mapping[str, PlannedUnit]
    people: Mapping[str, PlannedPerson]
    left: frozenset[str] = frozenset()

    def renamed(self, before: str, after: str) -> "Current":
        """The same with another code for one unit."""

        def code(one: str) -> str:
            return after if one == before else one

        units = [replace(unit, code=code(unit.code), parent=code(unit.parent)) for unit in self.units.values()]
        people = [
            replace(one, unit=code(one.unit), roles=tuple((kind, code(place)) for kind, place in one.roles))
            for one in self.people.values()
        ]
        return Current({unit.code: unit for unit in units}, {one.staff_number: one for one in people}, self.left)


@dataclass(frozen=True)
class Comparison:
    """What a file would change. ``missing`` are people the file does not name: they stay, unless somebody says of each
    that they have left. ``replaced`` is the unit whose place the file's topmost one takes, with its code before and
    after."""

    units_added: tuple[str, ...]
    units_changed: tuple[str, ...]
    people_added: tuple[str, ...]
    people_changed: tuple[str, ...]
    missing: tuple[PlannedPerson, ...]
    errors: tuple[RowError, ...] = ()
    replaced: tuple[str, str, str] | None = None

    @property
    def changes(self) -> int:
        named = (self.units_added, self.units_changed, self.people_added, self.people_changed)
        return sum(len(names) for names in named)

    def digest(self) -> str:
        """What was previewed, so that nothing else is saved."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def read(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], words: Vocabulary) -> RosterFile:
    """What the rows say, and what is wrong with them in themselves. Raises DomainError ``roster-columns``."""
    places = _places(header, words)
    reading = _Reading(words)
    for number, cells in rows:
        reading.take(number, {column: cells[place].strip() for column, place in places.items()})
    return reading.file()


def _places(header: Sequence[str], words: Vocabulary) -> dict[str, int]:
    known = [words.columns.get(title.strip().casefold(), "") for title in header]
    missing = [words.titles[column] for column in COLUMNS if column not in known and column not in MAY_LACK]
    if missing:
        raise DomainError("roster-columns", columns=" / ".join(missing))
    return {column: known.index(column) for column in COLUMNS if column in known}


class _Reading:
    """Rows one after another: each may lay out a unit, name a person, or both."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._units: dict[str, tuple[int, PlannedUnit]] = {}
        self._people: dict[str, tuple[int, PlannedPerson]] = {}
        self._errors: list[RowError] = []

    def file(self) -> RosterFile:
        return RosterFile(tuple(self._units.values()), tuple(self._people.values()), tuple(self._errors))

    def take(self, row: int, cells: Mapping[str, str]) -> None:
        try:
            _check_lengths(cells)
            if not cells["unit_code"]:
                raise _Wrong("unit-missing")
            self._unit(row, cells)
            if cells["person_name"] or cells["staff_number"]:
                self._person(row, cells)
        except _Wrong as wrong:
            self._errors.append(RowError(row, wrong.code, wrong.value))

    def _unit(self, row: int, cells: Mapping[str, str]) -> None:
        if not cells["unit_name"]:
            if cells["unit_kind"] or cells["parent_code"] or any(cells.get(column) for column in MAY_LACK):
                raise _Wrong("unit-name-missing", cells["unit_code"])
            return
        kind = self._words.kinds.get(cells["unit_kind"].casefold())
        if kind is None:
            raise _Wrong("kind-unknown", cells["unit_kind"])
        founded_on, term_ends_on = (_day(cells.get(column, "")) for column in ("founded_on", "term_ends_on"))
        unit = PlannedUnit(cells["unit_code"], cells["unit_name"], kind, cells["parent_code"], founded_on, term_ends_on)
        _, known = self._units.setdefault(unit.code, (row, unit))
        if known != unit:
            raise _Wrong("unit-differs", unit.code)

    def _person(self, row: int, cells: Mapping[str, str]) -> None:
        if not cells["person_name"]:
            raise _Wrong("name-missing", cells["staff_number"])
        if not cells["staff_number"]:
            raise _Wrong("staff-number-missing", cells["person_name"])
        if cells["staff_number"] in self._people:
            raise _Wrong("staff-number-twice", cells["staff_number"])
        roles = tuple(self._role(word, cells["unit_code"]) for word in _split(cells["roles"]))
        person = PlannedPerson(cells["person_name"], cells["staff_number"], cells["unit_code"], roles)
        self._people[person.staff_number] = (row, person)

    def _role(self, word: str, own: str) -> RoleAt:
        name, _, code = word.partition(ELSEWHERE)
        kind = self._words.roles.get(name.strip().casefold())
        if kind is None:
            raise _Wrong("role-unknown", name.strip())
        return kind, code.strip() or own


class _Wrong(Exception):
    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value


def _day(cell: str) -> date | None:
    try:
        return written_day(cell) if cell else None
    except DomainError:
        raise _Wrong("date-unknown", cell[:20]) from None


def _check_lengths(cells: Mapping[str, str]) -> None:
    for column, limit in _LIMITS.items():
        if len(cells[column]) > limit:
            raise _Wrong("too-long", cells[column][:20])


def _split(roles: str) -> list[str]:
    return [word for part in roles.translate(_BETWEEN).split("|") if (word := part.strip())]


def compare(file: RosterFile, current: Current) -> Comparison:
    """What the file would change in the roster, and what in it does not fit the roster."""
    replaced = replacing(file, current)
    if replaced is not None:
        current = current.renamed(*replaced[1:])
    known, planned = dict(current.units), {unit.code: unit for _, unit in file.units}
    after = {**known, **planned}
    people = {person.staff_number: person for _, person in file.people}
    errors = [*file.errors, *_misplaced(file, after), *_cycles(file, after), *_last_admin(file, current)]
    return Comparison(
        units_added=tuple(unit.name for code, unit in planned.items() if code not in known),
        units_changed=tuple(unit.name for code, unit in planned.items() if _unit_differs(unit, known.get(code))),
        people_added=tuple(one.name for number, one in people.items() if number not in current.people),
        people_changed=tuple(one.name for number, one in people.items() if _differs(one, number, current)),
        missing=tuple(
            one for number, one in current.people.items() if number not in people and number not in current.left
        ),
        errors=tuple(sorted(errors, key=lambda error: error.row)),
        replaced=replaced,
    )


def replacing(file: RosterFile, current: Current) -> tuple[str, str, str] | None:
    """The name of the unit laid out at set-up, its code, and that of the file's topmost unit, which takes its place:
    where there is no other unit and nobody but the administrator yet, two roots are never meant."""
    first, codes = current.units.get(FIRST_CODE), {unit.code for _, unit in file.units}
    roots = [unit for _, unit in file.units if not unit.parent]
    if first is None or FIRST_CODE in codes or (len(current.units), len(current.people), len(roots)) != (1, 1, 1):
        return None
    return first.name, FIRST_CODE, roots[0].code


def _unit_differs(unit: PlannedUnit, known: PlannedUnit | None) -> bool:
    if known is None:
        return False
    founded_on, term_ends_on = unit.founded_on or known.founded_on, unit.term_ends_on or known.term_ends_on
    return replace(unit, founded_on=founded_on, term_ends_on=term_ends_on) != known


def _differs(person: PlannedPerson, number: str, current: Current) -> bool:
    known = current.people.get(number)
    if known is None:
        return False
    moved = (person.name, person.unit) != (known.name, known.unit)
    return moved or number in current.left or bool(person.roles and set(person.roles) != set(known.roles))


def _misplaced(file: RosterFile, after: Mapping[str, PlannedUnit]) -> Iterable[RowError]:
    for row, unit in file.units:
        if unit.parent and unit.parent not in after:
            yield RowError(row, "parent-unknown", unit.parent)
    for row, person in file.people:
        for code in dict.fromkeys((person.unit, *(code for _, code in person.roles))):
            if code not in after:
                yield RowError(row, "unit-unknown", code)


def _cycles(file: RosterFile, after: Mapping[str, PlannedUnit]) -> Iterable[RowError]:
    """Each unit of the file from which the way up never ends."""
    for row, unit in file.units:
        passed = Counter[str]()
        here: PlannedUnit | None = unit
        while here is not None and not passed[here.code]:
            passed[here.code] += 1
            here = after.get(here.parent)
        if here is not None:
            yield RowError(row, "parent-cycle", unit.code)


def _last_admin(file: RosterFile, current: Current) -> Iterable[RowError]:
    """The rows that take the role away, where nobody would be left who holds it."""
    rows = {person.staff_number: (row, person) for row, person in file.people}
    losing = []
    for number, known in current.people.items():
        if number in current.left or not _is_admin(known):
            continue
        row, said = rows.get(number, (0, known))
        if said.roles and not _is_admin(said):
            losing.append(RowError(row, "last-admin", known.name))
        else:
            return []
    return [] if any(_is_admin(person) for _, person in file.people) else losing


def _is_admin(person: PlannedPerson) -> bool:
    return any(kind is RoleKind.ADMIN for kind, _ in person.roles)


def parents_first(units: Iterable[PlannedUnit]) -> list[PlannedUnit]:
    """The units so that each stands after the one above it; the way up ends for all of them."""
    waiting = {unit.code: unit for unit in units}
    done: dict[str, PlannedUnit] = {}

    def place(unit: PlannedUnit) -> None:
        chain = [unit]
        while (above := waiting.get(chain[-1].parent)) is not None and above.code not in done:
            chain.append(above)
        for one in reversed(chain):
            done.setdefault(one.code, one)

    for unit in waiting.values():
        place(unit)
    return list(done.values())
