"""Notices: one that most have acknowledged, one that waits for everybody, one that was stopped half-way, one that goes
out on the next working day, and one that was taken back to be changed."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from bot.demo.past import EVERYBODY, Past
from domain.notices import UNDO, Audience, Plan
from domain.people import RoleKind

ACKNOWLEDGED = 87
"""Out of a hundred recipients."""

DAYS = (-6, -1, -3, 0, 0)
FIRST, STOPPED, COMING, TAKEN_BACK = 0, 2, 3, 4
PLAYED = frozenset({"A001", "A002", "B0100", "B0101", "B0102", "P0100"})
STOPPED_IN, STOPPED_AFTER = "branch-04", 20
"""The stopped one went to a branch of fifty-five."""


def fill(past: Past, material: dict[str, Any]) -> Iterator[None]:
    sender = past.actor("A001")
    with past.store.work() as work:
        everywhere = tuple(unit.id for unit in work.people.units())
        joined = [person.staff_number for person in work.people.people_below("/") if work.people.accounts_of(person.id)]
    for number, (title, body) in enumerate(material["notices"]):
        past.go_to(DAYS[number], 9)
        units = (past.unit(STOPPED_IN),) if number == STOPPED else everywhere
        audience = Audience(units, (RoleKind.MEMBER,))
        expected = past.services.broadcasts.size(audience)[0]
        at = past.at(1, 9) if number in {COMING, TAKEN_BACK} else None
        past.reach = STOPPED_AFTER if number == STOPPED else EVERYBODY
        notice_id = past.services.broadcasts.start(sender, Plan(title, body, audience, expected=expected, at=at))
        yield
        if number == TAKEN_BACK:
            past.services.broadcasts.undo(sender, notice_id)
        if at is not None:
            continue
        past.clock.at += UNDO
        if number == STOPPED:
            past.services.broadcasts.stop(sender, notice_id)
            continue
        while past.services.notice_dispatch.record_slice(notice_id):
            yield
        past.then(past.services.notice_dispatch.finish, notice_id)
        if number == FIRST:
            yield from _acknowledged(past, notice_id, _most(joined, ceil(expected * ACKNOWLEDGED / 100)))


def _most(people: Sequence[str], count: int) -> Iterator[str]:
    """So many of them, of every unit some, and whoever is played in the demo."""
    others = [person for person in people if person not in PLAYED]
    left_out = len(people) - count
    gaps = {others[place * len(others) // left_out] for place in range(left_out)}
    return (person for person in people if person not in gaps)


def _acknowledged(past: Past, notice_id: int, people: Iterator[str]) -> Iterator[None]:
    for place, staff_number in enumerate(people):
        past.services.notices.acknowledge(past.actor(staff_number), notice_id)
        if place % 20 == 0:
            yield
