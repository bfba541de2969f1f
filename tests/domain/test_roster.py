"""What the rows of a roster say and what is wrong with them; pure tables."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.errors import DomainError
from domain.people import PlannedPerson, PlannedUnit, RoleKind, UnitKind
from domain.roster import COLUMNS, MAY_LACK, Current, RosterFile, Vocabulary, compare, parents_first, read

WORDS = Vocabulary(
    columns={column: column for column in COLUMNS},
    kinds={kind.value: kind for kind in UnitKind},
    roles={role.value: role for role in RoleKind},
    titles={column: column for column in COLUMNS},
)
WITHOUT_DAYS = tuple(column for column in COLUMNS if column not in MAY_LACK)
OFFICE = PlannedUnit("o", "Office", UnitKind.OFFICE)
ADMIN = PlannedPerson("Admin", "1", "o", ((RoleKind.ADMIN, "o"),))
CURRENT = Current({"o": OFFICE}, {"1": ADMIN})


def table(*rows: Sequence[str]) -> RosterFile:
    return read(WITHOUT_DAYS, list(enumerate(rows, start=2)), WORDS)


def wrong(*rows: Sequence[str], current: Current = CURRENT) -> list[tuple[int, str, str]]:
    return [(error.row, error.code, error.value) for error in compare(table(*rows), current).errors]


def test_a_row_may_lay_out_a_unit_name_a_person_or_both() -> None:
    file = table(
        ("b", "Branch", "branch", "o", "", "", ""),
        ("b", "", "", "", "Ann", "2", ""),
        ("c", "City", "CITY", "o", "Ben", "3", "Secretary@b; member、point_officer"),
    )
    assert file.errors == ()
    assert [unit.code for _, unit in file.units] == ["b", "c"]
    [ann, ben] = [person for _, person in file.people]
    assert ann.roles == ()
    assert ben.roles == ((RoleKind.SECRETARY, "b"), (RoleKind.MEMBER, "c"), (RoleKind.POINT_OFFICER, "c"))


@pytest.mark.parametrize(
    ("row", "code", "value"),
    [
        (("", "B", "branch", "o", "", "", ""), "unit-missing", ""),
        (("b", "", "branch", "", "", "", ""), "unit-name-missing", "b"),
        (("b", "", "", "o", "", "", ""), "unit-name-missing", "b"),
        (("b", "B", "firm", "o", "", "", ""), "kind-unknown", "firm"),
        (("b", "B", "", "o", "", "", ""), "kind-unknown", ""),
        (("b", "B", "branch", "x", "", "", ""), "parent-unknown", "x"),
        (("b", "B", "branch", "b", "", "", ""), "parent-cycle", "b"),
        (("b", "", "", "", "Ann", "2", ""), "unit-unknown", "b"),
        (("o", "", "", "", "", "2", ""), "name-missing", "2"),
        (("o", "", "", "", "Ann", "", ""), "staff-number-missing", "Ann"),
        (("o", "", "", "", "Ann", "2", "king"), "role-unknown", "king"),
        (("o", "", "", "", "Ann", "2", "admin@x"), "unit-unknown", "x"),
        (("o", "", "", "", "A" * 81, "2", ""), "too-long", "A" * 20),
        (("o", "", "", "", "Admin", "1", "member"), "last-admin", "Admin"),
    ],
)
def test_each_mistake_has_a_name_of_its_own(row: tuple[str, ...], code: str, value: str) -> None:
    assert wrong(row) == [(2, code, value)]


def test_what_contradicts_an_earlier_row_is_the_later_rows_mistake() -> None:
    assert wrong(
        ("b", "Branch", "branch", "o", "Ann", "2", ""),
        ("b", "Branch", "branch", "o", "Ben", "3", ""),
        ("b", "Other", "branch", "o", "Cat", "4", ""),
        ("b", "", "", "", "Dan", "2", ""),
    ) == [(4, "unit-differs", "b"), (5, "staff-number-twice", "2")]


def test_a_longer_way_round_is_a_cycle_too() -> None:
    rows = (
        ("a", "A", "organ", "c", "", "", ""),
        ("b", "B", "organ", "a", "", "", ""),
        ("c", "C", "organ", "b", "", "", ""),
    )
    assert [code for _, code, _ in wrong(*rows)] == ["parent-cycle"] * 3


def test_a_unit_above_may_not_be_put_below_what_is_below_it() -> None:
    current = Current({"o": OFFICE, "b": PlannedUnit("b", "B", UnitKind.BRANCH, "o")}, CURRENT.people)
    assert wrong(("o", "Office", "office", "b", "", "", ""), current=current) == [(2, "parent-cycle", "o")]


def test_columns_are_known_by_name_in_any_order_and_missing_ones_are_named() -> None:
    header = [*reversed(WITHOUT_DAYS), "remark"]
    file = read(header, [(2, ("", "2", "Ann", "", "", "", "o", "whatever"))], WORDS)
    assert [person.name for _, person in file.people] == ["Ann"]
    with pytest.raises(DomainError) as refusal:
        read(("unit_code", "person_name"), [], WORDS)
    assert refusal.value.values == {"columns": "unit_name / unit_kind / parent_code / staff_number / roles"}


def test_the_days_of_a_unit_are_read_as_people_write_them_and_stay_where_none_is_written() -> None:
    def rows(*cells: Sequence[str]) -> RosterFile:
        return read(COLUMNS, list(enumerate(cells, start=2)), WORDS)

    file = rows(
        ("b", "B", "branch", "o", "1998年7月1日", "2030/5/20", "", "", ""), ("o", "Office", "office", "", *[""] * 5)
    )
    [(_, branch), _] = file.units
    assert (branch.founded_on, branch.term_ends_on) == (date(1998, 7, 1), date(2030, 5, 20))
    assert RosterFile.from_draft(file.as_draft()) == file
    known = Current({"o": replace(OFFICE, founded_on=date(1990, 1, 1)), "b": branch}, CURRENT.people)
    assert compare(file, known).units_changed == ()
    later = rows(("b", "B", "branch", "o", "", "2033-05-20", "", "", ""))
    assert compare(later, known).units_changed == ("B",)
    for wrong_day in ("2030-02-30", "soon", "20 May"):
        found = rows(("b", "B", "branch", "o", wrong_day, "", "", "", ""))
        assert [(error.code, error.value) for error in found.errors] == [("date-unknown", wrong_day)]


def test_nothing_is_removed_by_being_left_out() -> None:
    current = Current(CURRENT.units, {**CURRENT.people, "2": PlannedPerson("Ann", "2", "o")})
    found = compare(table(("o", "Office", "office", "", "Admin", "1", "")), current)
    assert (found.changes, [one.name for one in found.missing]) == (0, ["Ann"])


def test_whoever_left_is_not_missed_and_comes_back_when_named() -> None:
    current = Current(CURRENT.units, {**CURRENT.people, "2": PlannedPerson("Ann", "2", "o")}, frozenset({"2"}))
    assert compare(table(("o", "", "", "", "Admin", "1", "")), current).missing == ()
    assert compare(table(("o", "", "", "", "Ann", "2", "")), current).people_changed == ("Ann",)


def test_an_admin_who_left_does_not_keep_the_last_one_from_being_the_last() -> None:
    gone = PlannedPerson("Gone", "9", "o", ((RoleKind.ADMIN, "o"),))
    current = Current(CURRENT.units, {**CURRENT.people, "9": gone}, frozenset({"9"}))
    assert wrong(("o", "", "", "", "Admin", "1", "member"), current=current) == [(2, "last-admin", "Admin")]


def test_what_a_dialogue_keeps_is_the_same_file() -> None:
    file = table(("b", "Branch", "branch", "o", "Ann", "2", "secretary, member@o"))
    assert RosterFile.from_draft(file.as_draft()) == file


CODES = some.sampled_from("abcdefg")


@given(some.dictionaries(CODES, CODES | some.just("")))
def test_every_tree_can_be_laid_out_from_the_top_and_nothing_else(parents: dict[str, str]) -> None:
    units = [PlannedUnit(code, code, UnitKind.ORGAN, parent) for code, parent in parents.items()]
    file = RosterFile(tuple(enumerate(units)), ())
    errors = {error.code for error in compare(file, CURRENT).errors}
    if errors:
        return
    order = [unit.code for unit in parents_first(units)]
    assert sorted(order) == sorted(parents)
    assert all(not parents[code] or order.index(parents[code]) < place for place, code in enumerate(order))
