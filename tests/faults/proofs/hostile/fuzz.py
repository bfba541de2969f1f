"""Hostile updates: fixtures bent out of shape, forged buttons, strange text, through ingest and every handler."""

import asyncio
import random
import resource
import time
from pathlib import Path

from sqlalchemy import select

from storage.inbox import dead_letter
from tests.faults.proofs.hostile.bending import update
from tests.faults.proofs.hostile.household import Household, household
from tests.faults.proofs.proof import Outcome, Proof

SLOW_SECONDS = 2.0
MORE_MEGABYTES = 100
WARM = 500
"""After so many updates everything that is built once has been built."""


def run(n: int, folder: Path) -> Outcome:
    return asyncio.run(_fed(n, folder))


async def _fed(n: int, folder: Path) -> Outcome:
    dice = random.Random(n)
    slowest, before = 0.0, _megabytes()
    broken: dict[str, str] = {}
    with household(folder) as house:
        for number in range(1, n + 1):
            bent = update(dice, number, house)
            began = time.monotonic()
            try:
                await house.talk.ingest.take(house.talk.bot, "telegram", bent)
            except Exception as error:  # noqa: BLE001 - whatever it is, it would have come out of the receiver
                broken.setdefault(type(error).__name__, repr(bent)[:200])
            slowest = max(slowest, time.monotonic() - began)
            house.forget()
            if number == WARM:
                before = _megabytes()
        dead = _dead(house)
    grown = _megabytes() - before
    dead_words = "".join(f"; {one}" for one in sorted(dead | set(broken.values())))[:900]
    crashes = len(dead) + len(broken)
    value = f"{crashes} crashes, slowest {slowest:.1f} s, {max(grown, 0)} MB more{dead_words}"
    return Outcome(value, crashes == 0 and slowest <= SLOW_SECONDS and grown <= MORE_MEGABYTES)


def _dead(house: Household) -> set[str]:
    """What no handler expected. What cannot be read at all is recorded without a reference, as it should be."""
    with house.store.work() as work:
        rows = work._session.execute(select(dead_letter)).all()
    return {f"{row.reason} ({row.update_id})" for row in rows if row.reference}


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


PROOF = Proof(
    name="fuzz",
    goal="0 crashes, none over 2 s, at most 100 MB more",
    few=1_000,
    many=200_000,
    run=run,
)
