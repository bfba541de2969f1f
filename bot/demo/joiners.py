"""Three people who came by their branch's invitation and wait for its secretary, and a guest who holds one."""

from collections.abc import Iterator

from bot.demo.organisation import NEWCOMERS
from bot.demo.past import Past

SECRETARY, UNIT = "B0100", "branch-01"


def fill(past: Past) -> Iterator[None]:
    past.go_to(-1, 16)
    invited = past.then(past.services.entrances.invite_unit, past.actor(SECRETARY), past.unit(UNIT))
    for staff_number in NEWCOMERS:
        newcomer = past.newcomer()
        past.then(past.services.joining.begin, newcomer, invited.code)
        past.then(past.services.joining.ask, newcomer, past.name(staff_number), staff_number, "")
        yield
    past.then(past.services.joining.begin, past.guest(), invited.code)
    yield
