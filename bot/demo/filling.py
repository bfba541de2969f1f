"""The demo's filling as the running program sees it: it lays out the organisation, has the rest done, and asks how far
that is."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from bot.demo.organisation import material, organisation
from services.clock import Clock
from services.people import People
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
        self._process: asyncio.subprocess.Process | None = None
        self._given_up = False

    @property
    def progress(self) -> int:
        """Percent; 100 when it is filled."""
        try:
            return int(self._mark.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return 100

    def found(self, people: People) -> None:
        """Lay out the organisation: there must be people before the page opens."""
        words = material(self._language)
        self._mark.write_text("0", encoding="utf-8")
        people.found(organisation(words["words"], words["organs"], self._clock.now().date()))
        with self._store.work() as work:
            work.calendar.decide(_BEGAN, self._clock.now().isoformat())

    def began_at(self) -> datetime:
        """When the past ends and what people try begins."""
        with self._store.work() as work:
            began = work.calendar.setting(_BEGAN)
        return datetime.fromisoformat(began) if began else self._clock.now()

    async def fill(self) -> None:
        """Have it filled by another process: the page stays quick meanwhile, and the program does not keep what living
        through four months has loaded. Raises RuntimeError where it fails; the next start begins anew."""
        if self._given_up:
            return
        # In a session of its own it does not hear Ctrl-C: it ends by the program's hand.
        command = (sys.executable, "-m", "bot.demo.living")
        self._process = await asyncio.create_subprocess_exec(*command, start_new_session=True)
        code = await self._process.wait()
        if code != 0 and not self._given_up:
            raise RuntimeError(f"the filling ended with {code}")

    def give_up(self) -> None:
        """The program ends, and the filling with it."""
        self._given_up = True
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    def advance(self, done: int) -> None:
        """So many steps are done."""
        written = self._mark.with_suffix(".new")
        written.write_text(str(min(99, 100 * done // STEPS)), encoding="utf-8")
        written.replace(self._mark)

    def end(self) -> None:
        self._mark.unlink()


def remove_half_filled(folder: Path) -> None:
    """A demo whose filling was cut short begins anew."""
    if (folder / "filling").exists():
        for path in folder.glob("bot.sqlite3*"):
            path.unlink()
