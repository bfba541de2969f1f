"""Whom what was said does not reach: it lies on the chat page, and they do not come by."""

from datetime import time
from zoneinfo import ZoneInfo

from domain.entrances import may_vouch
from domain.errors import DomainError, NotFound
from domain.people import Actor, Listed, RoleKind
from services.clock import Clock
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

WORKDAYS = 3
"""So many whole working days after the day it was said somebody may ask."""


class Unopened:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    @reads
    def people(self, actor: Actor, unit_id: int = 0) -> list[Listed]:
        """Those of the people the actor keeps (in one unit, where one is named) who have not opened the page for so
        long, by unit and name. It says who, and not what waits for them. Raises NotFound, DomainError
        ``secretaries-only``."""
        now = self._clock.now()
        with self._work() as work:
            paths = _kept(work, actor, unit_id)
            calendar = work.calendar.work_calendar(self._zone)
            before = calendar.local(calendar.before(now, WORKDAYS), time())
            people = work.people.people(work.unopened.people(paths, before)).values()
            units = work.people.units_by_id({person.unit_id for person in people})
            ordered = sorted(people, key=lambda one: (units[one.unit_id].position, one.unit_id, one.name, one.id))
            return [Listed(person.id, person.name, units[person.unit_id].name) for person in ordered]


def _kept(work: UnitOfWork, actor: Actor, unit_id: int) -> list[str]:
    """The paths of the units whose people the actor keeps: an admin's are all, a secretary's the own."""
    if unit_id:
        unit = work.people.unit(unit_id)
        if unit is None or not may_vouch(actor, unit.path, ()):
            raise NotFound
        return [unit.path]
    if actor.has(RoleKind.ADMIN):
        return [""]
    own = [duty.path for duty in actor.duties if duty.role is RoleKind.SECRETARY]
    if not own:
        raise DomainError("secretaries-only")
    return own
