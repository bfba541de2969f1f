"""Health: the figures by which an administrator sees how the program is doing."""

from datetime import datetime

from domain.deliveries import DeliveryState
from domain.health import WINDOW, Backlog, Vitals
from domain.people import Actor, Listed, require_admin
from services.clock import Clock
from storage.files import FileStore
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work


class Health:
    def __init__(self, work: Work, clock: Clock, store: FileStore) -> None:
        self._work = work
        self._clock = clock
        self._store = store

    @reads
    def vitals(self, actor: Actor) -> tuple[Vitals, datetime]:
        """The figures and the instant they were read at; numbers only, nobody's name. Anybody but an administrator
        gets DomainError ``admins-only``."""
        require_admin(actor)
        now = self._clock.now()
        with self._work() as work:
            waiting, oldest = work.deliveries.overdue(now)
            failed, unreachable = work.deliveries.failures(now - WINDOW), _unreachable(work, now)
            lost, held = work.dead_letters.count_since(now - WINDOW), work.deliveries.held()
        return Vitals(waiting, oldest, failed, len(unreachable), lost, self._store.free_bytes(), held), now

    @reads
    def backlog(self) -> Backlog:
        """For whoever watches the program from this machine: numbers only."""
        now = self._clock.now()
        with self._work() as work:
            _, oldest = work.deliveries.overdue(now)
            lost = work.dead_letters.count_since(now - WINDOW)
            return Backlog(work.deliveries.overdue_by_lane(now), oldest, lost)

    def let_go(self, actor: Actor, *, send: bool) -> int:
        """What was held after a backup was brought back is sent after all, or never; gives back how much that was.
        Raises DomainError ``admins-only``."""
        require_admin(actor)
        with self._work() as work:
            count = work.deliveries.let_go(DeliveryState.PENDING if send else DeliveryState.SUPPRESSED)
            work.audit.record(self._clock.now(), actor.person_id, "held.send" if send else "held.drop", "", count=count)
            return count

    @reads
    def unreachable(self, actor: Actor) -> list[Listed]:
        """Who could not be reached, by unit and name. Raises DomainError ``admins-only``."""
        require_admin(actor)
        with self._work() as work:
            people = work.people.people(_unreachable(work, self._clock.now())).values()
            units = work.people.units_by_id({person.unit_id for person in people})
            places = {unit_id: (unit.position, unit_id) for unit_id, unit in units.items()}
            ordered = sorted(people, key=lambda person: (places[person.unit_id], person.name, person.id))
            return [Listed(person.id, person.name, units[person.unit_id].name) for person in ordered]


def _unreachable(work: UnitOfWork, now: datetime) -> list[int]:
    """Who has no way in, but for those who only wait to be let in: they need no new invitation."""
    waiting = {request.person_id for request in work.entrances.waiting()}
    return [person_id for person_id in work.deliveries.unreachable(now - WINDOW) if person_id not in waiting]
