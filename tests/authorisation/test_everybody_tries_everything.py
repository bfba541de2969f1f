"""The table of rights against the program: no entry without a line, and everybody is answered as it stands there."""

from collections.abc import Callable

import pytest

from domain.people import Actor
from tests.authorisation.cast import COLUMNS, NUMBERS
from tests.authorisation.conftest import House
from tests.authorisation.entries import buttons, commands
from tests.authorisation.table import Line, lines
from tests.authorisation.things import FIELDS, Thing
from tests.authorisation.trying import CARDS, NO, UNKNOWN, YES, absent, tried

BUTTONS = lines("Buttons")


def test_every_command_has_a_line_and_every_line_a_command() -> None:
    assert {line.entry for line in lines("Commands")} == commands()


def test_every_button_has_a_line_and_every_line_a_button() -> None:
    assert {line.entry for line in BUTTONS} == buttons()


async def test_everybody_is_answered_as_the_table_says(house: House, refused: list[str]) -> None:
    for line in (*lines("Commands"), *BUTTONS):
        thing = house.things[line.thing] if line.thing else FIELDS.get(line.entry, {})
        assert await answers(house, line, thing, refused) == line.by_column, (line.entry, line.thing)


@pytest.mark.parametrize(("column", "end"), [("own", "leave"), ("secretary", "stop"), ("supervisor", "leave")])
async def test_whoever_was_stopped_or_has_left_is_answered_as_a_guest(
    house: House, refused: list[str], by_number: Callable[[str], Actor], column: str, end: str
) -> None:
    person, roles = by_number(str(NUMBERS[column])), house.talk.services.roles
    getattr(roles, end)(by_number("A001"), person.person_id)
    house.keep()
    for line in (*lines("Commands"), *BUTTONS):
        thing = house.things[line.thing] if line.thing else FIELDS.get(line.entry, {})
        theirs = await tried(house, column, line.entry, thing, refused)
        house.restore()
        assert theirs == await tried(house, "guest", line.entry, thing, refused), (line.entry, line.thing)
        house.restore()


async def answers(house: House, line: Line, thing: Thing, refused: list[str]) -> dict[str, str]:
    """By column. Whoever is told that there is no such thing, or may not see it, is told what they would be told if
    there were none."""
    found: dict[str, str] = {}
    unknown: set[str] = set()
    for column in COLUMNS:
        answer = await tried(house, column, line.entry, thing, refused)
        found[column] = answer.answer
        if answer.answer == YES:
            house.restore()
        elif line.thing and (answer.answer == NO or not unknown):
            nothing = await tried(house, column, line.entry, absent(thing), refused)
            if nothing.words != answer.words:
                assert answer.answer == NO, (line, column)
                assert await sees(house, column, line, thing, refused), (line, column, answer.code, nothing.code)
        if answer.answer == UNKNOWN:
            unknown.add(answer.words)
    assert len(unknown) <= 1, (line, unknown)
    return found


async def sees(house: House, column: str, line: Line, thing: Thing, refused: list[str]) -> bool:
    card = CARDS.get(line.entry.partition(":")[0])
    if card is None:
        return False
    answer = await tried(house, column, card, thing, refused)
    house.restore()
    return answer.answer == YES
