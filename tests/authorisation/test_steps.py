"""The steps of dialogues against their table: pressed or typed by whoever lost the right to it in the middle, and where
the dialogue is no more."""

from collections.abc import Callable

from domain.people import Actor
from tests.authorisation.conftest import House
from tests.authorisation.entries import steps
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

NOT_WALKED = {
    ("Broadcasting:attachment", "step:no-file"),
    ("Broadcasting:count_text", "words"),
    ("Broadcasting:reason_text", "words"),
    ("Choosing:passphrase_text", "step:forget"),
    ("Giving:deadline_text", "step:time"),
    ("Moving:deadline_text", "step:time"),
    ("Setting:due_text", "step:time"),
    ("Broadcasting:units", "step:page"),
    ("Calling:marks", "step:roll-page"),
    ("Giving:unit_text", "step:page"),
    ("HandingOver:person_text", "step:people-page"),
    ("Planning:units_text", "step:units-page"),
    ("PlanningContest:audience", "step:page"),
    ("PlanningContest:bank", "step:page"),
    ("Reporting:unit", "step:page"),
    ("Setting:units_text", "step:units-page"),
}
"""What the sample organisation is too small or too new for; and what ends at a fixed time asks for none."""


async def test_every_step_is_answered_as_the_table_says(
    house: House, refused: list[str], by_number: Callable[[str], Actor]
) -> None:
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
    must = {(state, kind) for state, kind in steps() if kind != "nav:back"} - NOT_WALKED
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
