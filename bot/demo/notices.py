"""Notices: one that most have acknowledged, one that waits for everybody, one that was stopped, one that goes out on
the next working day, and one that was taken back to be changed."""

from collections.abc import Iterator
from typing import Any

from bot.demo.past import Past
from domain.notices import UNDO, Audience, Plan
from domain.people import RoleKind

ACKNOWLEDGED = 87
"""Out of a hundred."""

DAYS = (-6, -1, -3, 0, 0)
FIRST, STOPPED, COMING, TAKEN_BACK = 0, 2, 3, 4


def fill(past: Past, material: dict[str, Any]) -> Iterator[None]:
    sender = past.actor("A001")
    with past.store.work() as work:
        units = tuple(unit.id for unit in work.people.units())
        joined = [person.staff_number for person in work.people.people_below("/") if work.people.accounts_of(person.id)]
    for number, (title, body) in enumerate(material["notices"]):
        past.go_to(DAYS[number], 9)
        audience = Audience(units, (RoleKind.MEMBER,))
        expected = past.services.broadcasts.size(audience)[0]
        at = past.at(1, 9) if number in {COMING, TAKEN_BACK} else None
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
        for place, staff_number in enumerate(joined):
            if number == FIRST and place * 37 % 100 < ACKNOWLEDGED and staff_number != "B0101":
                past.services.notices.acknowledge(past.actor(staff_number), notice_id)
                if place % 20 == 0:
                    yield
