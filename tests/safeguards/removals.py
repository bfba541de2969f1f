"""Safeguards, each with what takes it away and the tests that must turn red then."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Removal:
    """In ``file`` the text ``old``, which stands there once, becomes ``new``; ``tests`` are pytest's arguments."""

    name: str
    file: str
    old: str
    new: str
    tests: Sequence[str]


REMOVALS = (
    Removal(
        "the mark that an update was seen",
        "storage/inbox.py",
        "    if insert_once(session, seen_update, [mark]) == 0:\n        raise AlreadySeen\n",
        "    assert mark\n",
        ["tests/storage/test_one_commit.py", "tests/platforms/test_ingest.py"],
    ),
    Removal(
        "the look before dispatch",
        "platforms/ingest.py",
        "            if turn.seen:\n",
        "            if turn.seen and self._speaker is None:\n",
        ["tests/platforms/test_ingest.py", "tests/faults/test_story_on_telegram.py"],
    ),
    Removal(
        "the dialogue's version",
        "storage/inbox.py",
        '        dialogue.c.version == bindparam("read"),\n',
        "",
        ["tests/storage/test_one_commit.py"],
    ),
    Removal(
        "the confirmation after the commit, by webhook",
        "platforms/telegram/webhook.py",
        '                await self._ingest.take(self._bot, "telegram", raw)\n',
        "                import asyncio\n\n"
        '                asyncio.ensure_future(self._ingest.take(self._bot, "telegram", raw))\n',
        ["tests/faults/test_kills_on_telegram.py", "-k", "webhook"],
    ),
    Removal(
        "one answer to a question",
        "storage/migrations/versions/0001_first_tables.py",
        '        sa.UniqueConstraint("attempt_id", "position", name=op.f("uq_answer_attempt_id_position")),\n',
        "",
        ["tests/services/test_contests.py"],
    ),
    Removal(
        "one attempt a person",
        "storage/migrations/versions/0001_first_tables.py",
        '        sa.UniqueConstraint("contest_id", "person_id", name=op.f("uq_attempt_contest_id_person_id")),\n',
        "",
        ["tests/services/test_contests.py"],
    ),
    Removal(
        "BEGIN IMMEDIATE",
        "storage/engine.py",
        '"BEGIN IMMEDIATE"',
        '"BEGIN"',
        ["tests/storage"],
    ),
    Removal(
        "the root's lock",
        "storage/base.py",
        "    return query.with_for_update().execution_options(populate_existing=True)\n",
        "    return query\n",
        ["tests/faults/test_proofs.py", "-k", "races"],
    ),
    Removal(
        "the lease in marking what arrived",
        "storage/deliveries.py",
        '    .where(delivery.c.id == bindparam("row"), delivery.c.lease_by == bindparam("worker"))\n',
        '    .where(delivery.c.id == bindparam("row"))\n',
        ["tests/schedules/test_sender.py"],
    ),
    Removal(
        "the lease in marking what did not",
        "storage/deliveries.py",
        "        mine = (delivery.c.id == delivery_id) & (delivery.c.lease_by == worker)\n",
        "        mine = delivery.c.id == delivery_id\n",
        ["tests/schedules/test_sender.py"],
    ),
    Removal(
        "leaving a messenger alone for as long as it asked",
        "services/deliveries.py",
        "            if parcel.account.paused_until is not None:\n",
        "            if parcel.account.paused_until is now:\n",
        ["tests/schedules"],
    ),
    Removal(
        "the words kept out of the logs",
        "bot/logs.py",
        '    if event.pop("exc_info", None):\n',
        '    if event.get("exc_info", None):\n        event["text"] = str(sys.exc_info()[1])\n',
        ["tests/bot/test_logs.py"],
    ),
    Removal(
        "one right: who may see what of a problem",
        "services/problems/reading.py",
        "    if problem is None or facet not in sees(problem, parts_of(work, problem, actor)):\n",
        "    if problem is None:\n",
        ["tests/authorisation"],
    ),
    Removal(
        "the trail that is only added to",
        "storage/migrations/versions/0007_audit_seals.py",
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        "BEGIN SELECT 1; END",
        ["tests/services/test_audit.py"],
    ),
    Removal(
        "the chain from seal to seal",
        "domain/audit.py",
        "hashlib.sha256(before.hash.encode())",
        "hashlib.sha256()",
        ["tests/services/test_audit.py"],
    ),
    Removal(
        "the end of a lead by one's own clock",
        "bot/leading.py",
        "monotonic() < self._until",
        "self._until > 0",
        ["tests/bot/test_leading.py"],
    ),
    Removal(
        "one leader",
        "storage/leadership.py",
        "leader.c.until <= now)",
        "leader.c.until > now)",
        ["tests/services/test_leadership.py"],
    ),
    Removal(
        "what the session has changed, before a prepared statement",
        "storage/prepared.py",
        "        session.flush()\n",
        "",
        ["tests/storage/test_prepared.py"],
    ),
    Removal(
        "at most two extensions",
        "services/problems/assigning.py",
        "            check_move(deadline, before, work.problems.extensions(problem_id), now)\n",
        "            check_move(deadline, before, 0, now)\n",
        ["tests/faults/test_proofs.py", "-k", "races"],
    ),
    Removal(
        "a savepoint for each that shares a commit",
        "storage/writing.py",
        '                driver.execute("ROLLBACK TO part")\n',
        "",
        ["tests/storage/test_shared_commits.py"],
    ),
    Removal(
        "no answer before the shared commit",
        "storage/writing.py",
        "            return [(None, undone)] * shared.place + [(None, error or undone)]\n",
        "            return outcomes if undone or error else []\n",
        ["tests/storage/test_shared_commits.py"],
    ),
    Removal(
        "the same where the commit itself fails",
        "storage/writing.py",
        "            return [(None, failure)] * len(cases)\n",
        "            return [(None, error or failure) for _, error in outcomes]\n",
        ["tests/storage/test_shared_commits.py"],
    ),
)
