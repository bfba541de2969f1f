"""A notice to very many people: the bot's memory, the wait for the first message, and how soon it stops."""

import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from benchmarks.listening import Listening
from benchmarks.row import Row
from benchmarks.running import Running, keep_to_the_other_core, running
from benchmarks.saying import message, press
from benchmarks.town import STAFF, Town
from domain.notices import UNDO
from storage.inbox import dialogue
from views.actions import NoticeAction

FEW = 10_000
MANY, OBSERVED_SECONDS = 200_000, 60
MILLION, PART = 1_000_000, 0.9
"""The whole is stopped when so much of it was told."""

LIMIT = 1000
START_SECONDS, STOP_SECONDS, MEMORY = 3.0, 2.0, 1.1
SETTLES_SECONDS = 8


@dataclass
class Course:
    answered: float = 0
    first: float = 0
    stopped: float = 0
    megabytes: float = 0
    told: int = 0


def measure() -> list[Row]:
    keep_to_the_other_core()
    return asyncio.run(_compared(MANY, OBSERVED_SECONDS))


def whole() -> list[Row]:
    keep_to_the_other_core()
    return asyncio.run(_compared(MILLION, MILLION * PART / 100))


async def _compared(people: int, seconds: float) -> list[Row]:
    few, many = await _course(FEW, seconds), await _course(people, seconds)
    share = many.megabytes / few.megabytes
    name = f"a notice to {people}"
    return [
        Row(f"{name}: told before it was stopped", many.told, "", True),
        Row(f"{name}: 'send' is answered (s)", many.answered, f"<= {START_SECONDS}", many.answered <= START_SECONDS),
        Row(
            f"{name}: first message, after the undo (s)", many.first, f"<= {START_SECONDS}", many.first <= START_SECONDS
        ),
        Row(
            f"{name}: nothing comes after a stop (s)", many.stopped, f"<= {STOP_SECONDS}", many.stopped <= STOP_SECONDS
        ),
        Row(f"{name}: most memory (MB)", many.megabytes, "", True),
        Row(f"{name}: memory, of one to {FEW}", share, f"<= {MEMORY}", share <= MEMORY),
    ]


async def _course(people: int, seconds: float) -> Course:
    """It is sent by typing the number of people, as a sender does, and stopped by the button."""
    course = Course()
    with tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder), people)
        _write(town)
        async with (
            Listening() as messenger,
            running(town.folder, messenger.url, BOT_MESSAGE_RATE=str(LIMIT), **town.settings) as bot,
        ):
            course.answered = await messenger.asked(bot.address, message(STAFF["admin"], str(people)))
            town.set_clock(town.now() + UNDO + timedelta(seconds=1))
            began = time.perf_counter()
            await messenger.until(1, 60)
            course.first = messenger.heard.told[0][0] - began
            enough = int(people * PART)
            while time.perf_counter() - began < seconds and len(messenger.heard.told) < enough:
                course.megabytes = max(course.megabytes, bot.megabytes())
                await asyncio.sleep(0.5)
            course.stopped = await _stopped(messenger, bot)
            course.told = len(messenger.heard.told)
    return course


async def _stopped(messenger: Listening, bot: Running) -> float:
    """Seconds from the press to the last message."""
    began = time.perf_counter()
    await messenger.asked(bot.address, press(STAFF["admin"], NoticeAction(do="stop", id=1).pack()))
    await asyncio.sleep(SETTLES_SECONDS)
    return max(0.0, messenger.heard.told[-1][0] - began)


def _write(town: Town) -> None:
    """Bring the admin to the last step: everything is written, and the number of people is asked for."""
    draft = {
        "paths": ["/"],
        "sender": "示例机关",
        "admin": True,
        "units": [town.crowd_unit],
        "roles": ["member"],
        "title": "停电",
        "body": "周三停电检修",
        "count": town.crowd,
        "same": "",
        "again": False,
    }
    row = {"bot_id": 42, "chat_id": STAFF["admin"], "version": 1, "state": "Broadcasting:count_text", "data": draft}
    with town.database() as database, database.writing() as session:
        session.execute(insert(dialogue), [{**row, "changed_at": town.now()}])


if __name__ == "__main__":
    sys.stdout.write("".join(row.as_line() for row in whole()))
