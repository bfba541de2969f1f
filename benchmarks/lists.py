"""The lists of problems in an organisation that has a thousand times as many: two bots are asked in turn."""

import asyncio
import statistics
import tempfile
from pathlib import Path

from sqlalchemy import text

from benchmarks.listening import Listening
from benchmarks.row import Row
from benchmarks.running import Running, keep_to_the_other_core, running
from benchmarks.saying import message
from benchmarks.town import STAFF, ZONE, Town
from storage.calendar import Calendar

FEW, MANY = 1000, 1_000_000
ASKED = 40
GOAL = 1.5
CROWD = 1000
LISTS = {"/due": "member", "/my": "member", "/inbox": "secretary", "/triage": "supervisor"}

_COUNTED = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :many)"
_PROBLEMS = f"""{_COUNTED} INSERT INTO problem
(number, level, category, concerns, text, source, reporter_id, reporter_unit_id, created_at, state, version, unit_id,
accountable_id, deadline, returns, reason)
SELECT :kind || i, 'department', 'service', 'unsure', '叫号屏顺序错乱', '', :reporter + i % :people, :unit, :at, :state,
1, CASE WHEN :assigned THEN :unit END, CASE WHEN :assigned THEN :owner + i % :people END,
CASE WHEN :assigned THEN :deadline END, 0, '' FROM n"""  # noqa: S608 - of nothing but what stands here


def measure() -> list[Row]:
    keep_to_the_other_core()
    return asyncio.run(_measured())


async def _measured() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        few, many = _sown(Path(folder) / "few", FEW), _sown(Path(folder) / "many", MANY)
        async with (
            Listening() as messenger,
            running(few.folder, messenger.url, **few.settings) as small,
            running(many.folder, messenger.url, **many.settings) as large,
        ):
            rows = []
            for command, who in LISTS.items():
                share = await _share(messenger, (small, large), command, STAFF[who])
                rows.append(
                    Row(f"{command} with {MANY} problems, of {FEW}", share, f"<= {GOAL}", share <= GOAL),
                )
            return rows


async def _share(messenger: Listening, bots: tuple[Running, Running], command: str, chat: int) -> float:
    """How long the second takes, of the first: the medians of as many questions, put to both in turn."""
    waits: tuple[list[float], list[float]] = ([], [])
    for turn in range(ASKED + 3):
        for bot, kept in zip(bots, waits, strict=True):
            wait = await messenger.asked(bot.address, message(chat, command))
            if turn >= 3:
                kept.append(wait)
    return statistics.median(waits[1]) / statistics.median(waits[0])


def _sown(folder: Path, many: int) -> Town:
    """The member's and the secretary's own problems are as many in both, and so are those that wait for triage. All the
    others are the crowd's: one in fifty is still open."""
    town = Town(folder, CROWD)
    crowd = {"people": CROWD, "reporter": town.first_of_crowd, "owner": town.first_of_crowd, "unit": town.crowd_unit}
    member = town.people["member"]
    own = {"people": 1, "reporter": member, "owner": member, "unit": town.home_unit}
    plans = (
        ("A", many - many // 50 - 45, "closed", True, crowd),
        ("B", many // 50, "in_progress", True, crowd),
        ("C", 20, "submitted", False, crowd),
        ("D", 5, "in_progress", True, own),
        ("E", 20, "assigned", True, own),
    )
    times = {"at": "2030-05-06 02:00:00.000000", "deadline": "2030-05-20 02:00:00.000000"}
    with town.database() as database, database.writing() as session:
        for kind, number, state, assigned, whose in plans:
            values = {"kind": kind, "many": number, "state": state, "assigned": assigned, **whose, **times}
            session.execute(text(_PROBLEMS), values)
        # The day's digests have been recorded already: they are no part of what a list costs.
        Calendar(session).decide("digest_day", town.now().astimezone(ZONE).date().isoformat())
    return town
