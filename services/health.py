"""Health: the figures by which an administrator sees how the program is doing."""

from datetime import datetime

from domain.health import WINDOW, Vitals
from domain.people import Actor, require_admin
from services.clock import Clock
from storage.files import FileStore
from storage.lanes import reads
from storage.unit_of_work import Work


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
            failed, unreachable = work.deliveries.failures(now - WINDOW)
            lost = work.dead_letters.count_since(now - WINDOW)
        return Vitals(waiting, oldest, failed, unreachable, lost, self._store.free_bytes()), now
