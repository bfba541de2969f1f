"""Fills the demo with a campaign under way, through the use cases people would have used.

``python -m bot.demo.filling`` does it in a process of its own: the page stays quick meanwhile, and the program does not
keep what living through four months has loaded.
"""

import asyncio
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.demo import contests, meetings, notices, problems
from bot.demo.organisation import material, organisation
from bot.demo.past import Past
from bot.settings import Settings, load
from bot.upkeep import open_database
from services.clock import Clock
from services.people import People
from storage.files import FileStore
from storage.unit_of_work import Store

STEPS = 190
"""About so many steps there are; more is as good, and counts as the last."""

_BEGAN = "demo_began"


class Filling:
    """How far the demo in ``folder`` is filled. A file tells it while it goes on, so that one cut short is known."""

    def __init__(self, folder: Path, store: Store, clock: Clock, language: str) -> None:
        self._mark = folder / "filling"
        self._store = store
        self._clock = clock
        self._language = language

    @property
    def progress(self) -> int:
        """Percent; 100 when it is filled."""
        try:
            return int(self._mark.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return 100

    def found(self, people: People) -> None:
        """Lay out the organisation: there must be people before the page opens."""
        words = material(self._language)
        self._mark.write_text("0", encoding="utf-8")
        people.found(organisation(words["words"], words["organs"]))
        with self._store.work() as work:
            work.calendar.decide(_BEGAN, self._clock.now().isoformat())

    def began_at(self) -> datetime:
        """When the past ends and what people try begins."""
        with self._store.work() as work:
            began = work.calendar.setting(_BEGAN)
        return datetime.fromisoformat(began) if began else self._clock.now()

    async def fill(self) -> None:
        """Have it filled by another process, which ends with this one."""
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.demo.filling")
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                process.kill()

    def live(self, past: Past) -> None:
        """Live through the past, step by step."""
        for done, _ in enumerate(_steps(past, self._language), 1):
            self._mark.write_text(str(min(99, 100 * done // STEPS)), encoding="utf-8")
        self._mark.unlink()


def remove_half_filled(folder: Path) -> None:
    """A demo whose filling was cut short begins anew."""
    if (folder / "filling").exists():
        for path in folder.glob("bot.sqlite3*"):
            path.unlink()


def _steps(past: Past, language: str) -> Iterator[None]:
    words = material(language)
    yield from problems.fill(past, words)
    yield from meetings.fill(past, words)
    yield from notices.fill(past, words)
    yield from contests.fill(past, words, language)


def main(settings: Settings) -> None:
    database = open_database(settings)
    store, files = Store(database), FileStore(settings.folder / "files")
    filling = Filling(settings.folder, store, _NoClock(), settings.locale)
    filling.live(Past(store, files, settings.zone, settings.locale, filling.began_at()))
    database.close()


class _NoClock:
    """The past begins where the running program said, whatever time it is by now."""

    def now(self) -> datetime:
        raise LookupError(_BEGAN)


if __name__ == "__main__":
    main(load())
