"""What there is to know of a unit."""

from datetime import date

import pytest

from domain.directory import UnitNote, notes_on
from domain.people import Unit, UnitKind


@pytest.mark.parametrize(
    ("founded_on", "term_ends_on", "has_secretary", "notes"),
    [
        (None, None, True, ()),
        (date(2030, 1, 1), date(2033, 1, 1), True, (UnitNote.NEW,)),
        (date(2029, 12, 31), date(2030, 5, 13), True, (UnitNote.ELECTION_SOON,)),
        (date(2027, 5, 12), date(2030, 5, 12), True, (UnitNote.ELECTION_OVERDUE,)),
        (date(2027, 7, 14), date(2030, 7, 14), True, (UnitNote.ELECTION_SOON,)),
        (date(2027, 7, 15), date(2030, 7, 15), True, ()),
        (None, None, False, (UnitNote.VACANT,)),
    ],
)
def test_what_there_is_to_know_of_a_branch(
    founded_on: date | None, term_ends_on: date | None, has_secretary: bool, notes: tuple[UnitNote, ...]
) -> None:
    branch = Unit("b", "B", UnitKind.BRANCH, founded_on=founded_on, term_ends_on=term_ends_on)
    assert notes_on(branch, date(2030, 5, 13), has_secretary=has_secretary) == notes


def test_only_a_branch_has_the_post_of_a_secretary() -> None:
    assert notes_on(Unit("c", "C", UnitKind.CITY), date(2030, 5, 13), has_secretary=False) == ()
