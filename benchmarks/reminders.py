"""Ten thousand reminders recorded for one minute, and how late each of them is."""

import asyncio
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.listening import Listening
from benchmarks.row import Row
from benchmarks.running import keep_to_the_other_core, running
from benchmarks.town import FIRST_CHAT, Town

MANY, LIMIT = 10_000, 1000
READY_WITHIN = timedelta(seconds=12)
FIRST_SECONDS, LATE_SECONDS = 1.0, 1.0
_ROWS = """INSERT INTO delivery
(dedupe_key, kind, subject, lane, payload, person_id, not_before, state, attempts, created_at)
SELECT 'digest:day:' || id, 'digest', '', 'reminders', :payload, id, :due, 'pending', 0, :now
FROM person WHERE unit_id = :unit"""
_PAYLOAD = (
    '{"v": 1, "items": [{"kind": "problem", "subject": "WT-2030-000001", "title": "叫号屏顺序错乱",'
    ' "at": "2030-05-15T10:00:00+08:00", "left": 2, "rung": 2}]}'
)


def measure() -> list[Row]:
    keep_to_the_other_core()
    first, late = asyncio.run(_measured())
    return [
        Row(f"the first of {MANY} reminders, after its time (s)", first, f"<= {FIRST_SECONDS}", first <= FIRST_SECONDS),
        Row(f"the latest at {LIMIT}/s, beyond its turn (s)", late, f"<= {LATE_SECONDS}", late <= LATE_SECONDS),
    ]


async def _measured() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder), MANY)
        due = town.now() + READY_WITHIN
        with town.database() as database, database.writing() as session:
            values = {"due": _plain(due), "now": _plain(town.now()), "unit": town.crowd_unit, "payload": _PAYLOAD}
            session.execute(text(_ROWS), values)
        town.set_clock(due - READY_WITHIN)
        async with (
            Listening(LIMIT) as messenger,
            running(town.folder, messenger.url, BOT_MESSAGE_RATE=str(LIMIT), **town.settings),
        ):
            if not await messenger.until(MANY, 60):
                raise RuntimeError(f"only {len(messenger.heard.told)} of {MANY} reminders came")
            began = time.perf_counter() - (town.now() - due).total_seconds()
            at = [instant - began for instant, chat in messenger.heard.told if chat >= FIRST_CHAT]
            return at[0], max(came - place / LIMIT for place, came in enumerate(at))


def _plain(instant: object) -> str:
    return str(instant).partition("+")[0]
