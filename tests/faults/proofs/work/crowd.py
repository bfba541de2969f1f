"""People at work with the bot all at once: each step waits until the bot has confirmed the one before, however often
the bot dies meanwhile. Each remembers what was confirmed."""

import io
import random
from typing import Protocol

from PIL import Image

from tests.faults.botapi.chats import Message
from tests.faults.botapi.people import Person
from tests.faults.botapi.server import BotApi
from tests.faults.running import numbers
from views.actions import ProblemAction, QuizAction

PATIENCE = 60
SAVED_BEFORE = "已经保存过了"


class Worker(Protocol):
    async def work(self) -> None:
        """Do one piece of work to its end, or give it up where the bot's answer got lost."""


class Desk:
    """Somebody's chat, in which the next thing is done when the last one is confirmed."""

    def __init__(self, api: BotApi, person: Person) -> None:
        self._api = api
        self.person = person

    async def does(self, update: int) -> None:
        await self._api.confirmed(update, within=PATIENCE)

    async def taps(self, label: str) -> str | None:
        """Press the newest button with these words; gives back its data, or None where there is none or it was
        refused."""
        found = self.person.offered(label)
        if found is None:
            return None
        return found[0] if await self.press(*found) else None

    async def press(self, data: str, message: Message) -> bool:
        """Whether it was taken: what is refused says why over the button."""
        await self.does(self.person.presses(data, message))
        return self.person.toast in {"", SAVED_BEFORE}


class Reporter:
    """``acknowledged`` are the texts of reports whose last press was confirmed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._dice = random.Random(desk.person.id)
        self._count = 0
        self.id = desk.person.id
        self.acknowledged: list[str] = []

    async def work(self) -> None:
        self._count += 1
        text = f"第{self._count}件，来自{self._desk.person.id}"
        await self._desk.does(self._desk.person.says("/report"))
        await self._desk.taps("^放弃$")
        for label in ("内设机构", "我的单位", "服务效能"):
            if await self._desk.taps(label) is None:
                return
        await self._desk.does(self._desk.person.sends_photo(self._photo(), caption=text))
        if await self._desk.taps("^提交$") is not None:
            self.acknowledged.append(text)

    def told(self) -> set[str]:
        """The numbers of reports that the reporter has read."""
        return set(numbers(self._desk.person.texts()))

    def _photo(self) -> bytes:
        """No two are alike."""
        picture = Image.frombytes("RGB", (24, 24), self._dice.randbytes(24 * 24 * 3))
        stream = io.BytesIO()
        picture.save(stream, "JPEG")
        return stream.getvalue()


class Dispatcher:
    """Accepts what the reporters were told a number of. ``acknowledged`` are the numbers here of those problems."""

    def __init__(self, desk: Desk, reporters: list[Reporter]) -> None:
        self._desk = desk
        self._reporters = reporters
        self._seen: set[str] = set()
        self.acknowledged: set[int] = set()

    async def work(self) -> None:
        new = sorted(set().union(*(reporter.told() for reporter in self._reporters)) - self._seen)
        if not new:
            await self._desk.does(self._desk.person.says("/menu"))
            return
        self._seen.add(new[0])
        await self._desk.does(self._desk.person.says(new[0]))
        pressed = await self._desk.taps("^受理$")
        if pressed is not None:
            self.acknowledged.add(ProblemAction.unpack(pressed).id)


class Sitter:
    """Answers one contest after the other. ``acknowledged`` are the places whose answers were confirmed, by contest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._dice = random.Random(desk.person.id)
        self.id = desk.person.id
        self.acknowledged: set[tuple[int, int]] = set()
        self._sits = False

    async def work(self) -> None:
        if not self._sits:
            await self._sit_down()
            return
        pressed = await self._desk.taps(rf"{self._dice.choice('ABCD')}\. ")
        if pressed is None:
            self._sits = False
            return
        press = QuizAction.unpack(pressed)
        self.acknowledged.add((press.id, press.at))

    async def _sit_down(self) -> None:
        await self._desk.does(self._desk.person.says("/quiz"))
        for label in ("^知识竞赛", "开始答题|继续答题"):
            if await self._desk.taps(label) is None:
                return
        self._sits = True
