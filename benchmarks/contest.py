"""A thousand people who answer a question of a contest within ten seconds."""

import asyncio
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from benchmarks.crowd import FIRST_CHAT, settle_in
from benchmarks.listening import Listening, percentile
from benchmarks.row import Row
from benchmarks.running import keep_to_the_other_core, running
from benchmarks.saying import press
from bot import services as use_cases
from domain.errors import DomainError
from services.clock import SystemClock
from storage.contests import answer
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.unit_of_work import Store

PEOPLE, SECONDS = 1000, 10
P99_SECONDS = 1.0


def measure() -> list[Row]:
    keep_to_the_other_core()
    waits, kept = asyncio.run(_measured())
    answered = [wait for wait in waits if wait is not None]
    p99, lost = percentile(answered, 0.99), PEOPLE - min(kept, len(answered))
    return [
        Row(f"{PEOPLE} answers in {SECONDS} s, reply p99 (s)", p99, f"< {P99_SECONDS}", p99 < P99_SECONDS),
        Row(f"{PEOPLE} answers in {SECONDS} s, lost", lost, "0", lost == 0),
    ]


async def _measured() -> tuple[list[float | None], int]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contest = settle_in(folder)
        chats = range(FIRST_CHAT, FIRST_CHAT + PEOPLE)
        _begin(folder, contest, chats)
        async with Listening() as messenger, running(folder, messenger.url, BOT_MESSAGE_RATE="0") as bot:
            presses = [press(chat, f"qz:pick:{contest}:0:1:1") for chat in chats]
            waits = await messenger.asked_evenly(bot.address, presses, PEOPLE / SECONDS)
        database = Database(sqlite_url(folder / "bot.sqlite3"))
        with database.reading() as session:
            kept = session.execute(select(func.count()).select_from(answer).where(answer.c.done)).scalar_one()
        database.close()
        return waits, int(kept)


def _begin(folder: Path, contest: int, chats: range) -> None:
    """Let each have the first question, who has not."""
    database = Database(sqlite_url(folder / "bot.sqlite3"))
    services = use_cases.build(
        Store(database).work, SystemClock(), ZoneInfo("Asia/Shanghai"), "zh", FileStore(folder / "files")
    )
    for chat in chats:
        try:
            services.quiz.start(services.people.acting("telegram", chat, "zh"), contest)
        except DomainError:
            continue
    database.close()
