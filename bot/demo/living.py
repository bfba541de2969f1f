"""``python -m bot.demo.living``: fills the demo with a campaign under way, through the use cases of the program itself.

It runs beside the program whose demo it fills.
"""

import time
from collections.abc import Iterator
from datetime import datetime

from bot.demo import contests, joiners, meetings, notices, problems
from bot.demo.filling import Filling
from bot.demo.organisation import material
from bot.demo.past import Past
from bot.settings import Settings, load
from bot.upkeep import open_database
from storage.files import FileStore
from storage.unit_of_work import Store

BREATH_SECONDS = 0.03
"""SQLite gives its lock to whoever asks at the right moment: without pauses the other process waits for seconds."""


def live(filling: Filling, past: Past, language: str) -> Iterator[None]:
    """Live through the past, step by step."""
    for done, step in enumerate(_steps(past, language), 1):
        filling.advance(done)
        yield step
    filling.end()


def _steps(past: Past, language: str) -> Iterator[None]:
    words = material(language)
    yield from problems.fill(past, words)
    yield from meetings.fill(past, words)
    yield from notices.fill(past, words)
    yield from contests.fill(past, words, language)
    yield from joiners.fill(past)


def main(settings: Settings) -> None:
    database = open_database(settings)
    store, files = Store(database), FileStore(settings.folder / "files")
    filling = Filling(settings.folder, store, _NoClock(), settings.locale)
    past = Past(store, files, settings.zone, settings.locale, filling.began_at())
    for _ in live(filling, past, settings.locale):
        time.sleep(BREATH_SECONDS)
    database.close()


class _NoClock:
    """The past begins where the running program said, whatever time it is by now."""

    def now(self) -> datetime:
        raise LookupError


if __name__ == "__main__":
    main(load())
