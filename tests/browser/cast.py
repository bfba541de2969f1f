"""Six personas side by side in one language, who call every button by its text's name."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.async_api import Browser

from tests import sample
from tests.browser.tab import Tab
from tests.browser.tabs import Tabs
from tests.faults.running import Running
from views.texts import Texts

ZONE = ZoneInfo("Asia/Shanghai")
SIZES = {"phone": (390, 844), "desktop": (1280, 800)}


class Cast:
    def __init__(self, browser: Browser, bot: Running, language: str, size: str, clock: Path) -> None:
        self.t = Texts().translator(language, ZONE)
        self.tabs = Tabs(browser, bot.url)
        self.language = language
        self.bot = bot
        self._size = size
        self._clock = clock
        self._open: dict[str, Tab] = {}
        self._plan = sample.organisation(language)

    async def tab(self, persona: str) -> Tab:
        if persona not in self._open:
            width, height = SIZES[self._size]
            self._open[persona] = await self.tabs.open(persona, width, height)
        return self._open[persona]

    def seat(self, persona: str, tab: Tab) -> None:
        """Somebody who came in by a link plays this part."""
        self._open[persona] = tab

    async def says(self, persona: str, text: str) -> None:
        await (await self.tab(persona)).says(text)

    async def taps(self, persona: str, text: str, **values: Any) -> None:
        """Press the button that carries this text in the cast's language."""
        await (await self.tab(persona)).taps(self.t.plain(text, **values))

    async def taps_words(self, persona: str, words: str) -> None:
        """Press the button in which these words stand."""
        await (await self.tab(persona)).taps_part(words)

    async def taps_waiting(self, persona: str, text: str) -> None:
        """Tap what waits for this persona over the composer."""
        await (await self.tab(persona)).taps_waiting(self.t.plain(text))

    async def sees(self, persona: str, text: str, **values: Any) -> None:
        await (await self.tab(persona)).sees(self.t.plain(text, **values))

    async def sees_words(self, persona: str, words: str) -> None:
        await (await self.tab(persona)).sees(words)

    async def sends_file(self, persona: str, path: Path) -> None:
        await (await self.tab(persona)).sends_file(path)

    async def photograph(self, persona: str, name: str) -> None:
        """Keep a picture of the screen for whoever wants to look."""
        folder = Path("build/screens")
        await (await self.tab(persona)).photograph(folder / f"{name}-{self.language}-{self._size}.png")

    async def photograph_all(self, name: str) -> None:
        """What everybody had before them at the end, also when something went wrong."""
        for persona in self._open:
            await self.photograph(persona, f"{name}-{persona}")

    def unit(self, code: str) -> str:
        return next(unit.name for unit in self._plan.units if unit.code == code)

    def name(self, staff_number: str) -> str:
        return next(person.name for person in self._plan.people if person.staff_number == staff_number)

    def set_clock(self, local: str) -> None:
        set_clock(self._clock, local)


def set_clock(file: Path, local: str) -> None:
    """Set the bot's wall clock, from now on."""
    wanted = datetime.fromisoformat(local).replace(tzinfo=ZONE)
    file.write_text(str(wanted.timestamp() - datetime.now(ZONE).timestamp()), encoding="utf-8")


def bank(path: Path) -> Path:
    """A question bank of three questions whose right options say so."""
    questions = [
        {"type": "single", "chapter": "A", "stem": "One of these?", "options": ["yes one", "no two"], "answer": [0]},
        {"type": "truefalse", "chapter": "A", "stem": "Is it so?", "options": ["yes so", "no so"], "answer": [0]},
    ]
    path.write_text(json.dumps({"title": "Bank of two", "questions": questions}), encoding="utf-8")
    return path
