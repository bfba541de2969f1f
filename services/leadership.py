"""Leading, as use cases: to hold the lead, and to give it up."""

from services.clock import Clock
from storage.unit_of_work import Work


class Leadership:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    def hold(self, holder: str) -> bool:
        """Take the lead, or keep it; tells whether one has it."""
        with self._work() as work:
            return work.leadership.hold(holder, self._clock.now())

    def resign(self, holder: str) -> None:
        with self._work() as work:
            work.leadership.resign(holder, self._clock.now())
