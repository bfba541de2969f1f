"""Fills the demo with a campaign under way, through the use cases people would have used."""

from zoneinfo import ZoneInfo

from bot.demo import contests, meetings, notices, problems
from bot.demo.organisation import material, organisation
from bot.demo.past import Past
from services.clock import Clock
from services.people import People
from storage.files import FileStore
from storage.lanes import heavy
from storage.unit_of_work import Store

STEPS = 190
"""About so many steps there are; more is as good, and counts as the last."""

_FILLED = "demo_filled"


class Filling:
    """``progress`` runs from 0 to 100 and stands at 100 when the demo is filled."""

    def __init__(self, store: Store, files: FileStore, zone: ZoneInfo, clock: Clock, language: str) -> None:
        self._store = store
        self._files = files
        self._zone = zone
        self._clock = clock
        self._language = language
        self.progress = 100
        self.begun_at = clock.now()

    def found(self, people: People) -> None:
        """Lay out the organisation: there must be people before the page opens."""
        self.begun_at = self._clock.now()
        words = material(self._language)
        people.found(organisation(words["words"], words["organs"]))
        self.progress = 0

    @heavy
    def fill(self) -> None:
        """Live through the past. Takes seconds, beside whatever people do meanwhile."""
        past = Past(self._store, self._files, self._zone, self._language, self.begun_at)
        words = material(self._language)
        steps = (
            *(problems.fill, meetings.fill, notices.fill),
            lambda past, words: contests.fill(past, words, self._language),
        )
        done = 0
        for fill in steps:
            for _ in fill(past, words):
                done += 1
                self.progress = min(99, 100 * done // STEPS)
        with self._store.work() as work:
            work.calendar.decide(_FILLED, self.begun_at.isoformat())
        self.progress = 100
