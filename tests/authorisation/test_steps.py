"""The steps of dialogues against their table: pressed or typed by whoever lost the right to it in the middle, and where
the dialogue is no more."""

from collections.abc import Callable

from domain.people import Actor
from tests.authorisation.conftest import House
from tests.authorisation.entries import steps
from tests.authorisation.growth import grow
from tests.authorisation.table import lines
from tests.authorisation.trying import UNKNOWN, YES
from tests.authorisation.walking import Step, kind_of, walked

NOTHING = ""
ROLES_LOST = """DELETE FROM role WHERE role <> 'member'
    AND person_id IN (SELECT person_id FROM account WHERE external_id = :chat)"""
STOPPED = "UPDATE account SET person_id = NULL WHERE external_id = :chat"
ENDED = "DELETE FROM dialogue WHERE chat_id = :chat"
SAVED = "saved"
NEWCOMER = "Introducing:"

NEVER_ASKED = {
    ("Giving:deadline_text", "step:time"),
    ("Moving:deadline_text", "step:time"),
    ("Setting:due_text", "step:time"),
}
"""Whatever asks when takes a time; but the hour of these days is given, so that a day, pressed or typed, leads straight
to the reading back, and never to a page of times."""


async def test_every_step_is_answered_as_the_table_says(
    house: House, refused: list[str], by_number: Callable[[str], Actor]
) -> None:
    grow(house.talk.services, house.talk.store, by_number)
    code = house.talk.services.entrances.invite_unit(by_number("B002"), house.things["unit"]["id"]).code
    found: dict[tuple[str, str], list[set[str]]] = {}
    known = set()
    async for step, data in walked(house, code, refused):
        if (place := (step.entry, step.state, data)) in known:
            continue
        known.add(place)
        cells = found.setdefault((step.state, kind_of(data)), [set(), set(), set()])
        for cell, meanwhile in zip(cells, (NOTHING, ROLES_LOST, STOPPED), strict=True):
            cell.add(await tried(house, step, data, code, meanwhile, refused))
        if data:
            assert await tried(house, step, data, code, ENDED, refused) == UNKNOWN, (step.key, data)
    must = {(state, kind) for state, kind in steps() if kind != "nav:back"} - NEVER_ASKED
    assert must <= set(found)
    assert not {place for place, cells in found.items() if SAVED in cells[2] and not place[0].startswith(NEWCOMER)}
    table = {(line.entry, line.thing): line.answers for line in lines("Steps")}
    assert {place: tuple(" ".join(sorted(cell)) for cell in cells) for place, cells in found.items()} == table


async def tried(house: House, step: Step, data: str, code: str, meanwhile: str, refused: list[str]) -> str:
    """What becomes of this input after that happened: saved, gone on, refused, or nothing known of it."""
    house.go_to(step.moment)
    if meanwhile:
        house.run(meanwhile, chat=str(house.people[step.column].chat_id))
    before = house.rows()
    answer = await step.give(house, data, code, refused)
    assert answer.code != "failed", (step.key, data)
    if house.rows() == before:
        return answer.answer
    assert answer.answer == YES, (step.key, data, meanwhile)
    return SAVED
