"""Whom what was said does not reach: it lies on the chat page, and they do not come by."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from domain.people import Actor, Listed, RoleKind
from services.clock import Clock
from storage.lanes import reads
from storage.unit_of_work import Work

WORKDAYS = 3
"""So many working days after it was said somebody may ask."""


class Unopened:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    @reads
    def people(self, actor: Actor) -> list[Listed]:
        """The people of the units the actor is secretary of who have not opened the page for so long, by unit and
        name. It says who, and not what waits for them."""
        paths = [duty.path for duty in actor.duties if duty.role is RoleKind.SECRETARY]
        if not paths:
            return []
        now = self._clock.now()
        with self._work() as work:
            calendar = work.calendar.work_calendar(self._zone)
            before = calendar.local(calendar.before(now, WORKDAYS) + timedelta(days=1), time())
            people = work.people.people(work.unopened.people(paths, before)).values()
            units = work.people.units_by_id({person.unit_id for person in people})
            ordered = sorted(people, key=lambda one: (units[one.unit_id].position, one.unit_id, one.name, one.id))
            return [Listed(person.id, person.name, units[person.unit_id].name) for person in ordered]
