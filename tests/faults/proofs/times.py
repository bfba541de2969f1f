"""Time: strange days in five zones, a clock that is set ahead and back, and a bot that was away for a while."""

import asyncio
import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from domain.deliveries import Delivery, DeliveryState, Lane
from domain.studies import SessionKind, StudySession
from services.studies.telling import HOUR
from storage.deliveries import delivery
from tests.faults.botapi.server import BotApi
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.proofs.zones import moments, wrong_about
from tests.faults.site import ZONE, Site

AWAY = (timedelta(seconds=5), timedelta(minutes=11), timedelta(hours=25), timedelta(days=8))
STOPPED = "2030-05-15 08:29:57"
"""Three seconds before the digest of the day on which the problem is due."""

TONIGHT = "2030-05-15 18:00"
TODAY_AT = "2030-05-15 15:00"
FACT, TODAY = "setup-trial:fact:once:1", "setup-trial:today:once:1"
STEPS = (1, -1, -1, 1)
QUIET_SECONDS, TICKS_SECONDS = 7, 60
"""The digest looks every five seconds, the sessions every thirty."""


def run(n: int, folder: Path) -> Outcome:
    """``n`` moments in the zones, and as many absences; where there are all of them the steps of the clock too."""
    every = list(moments())
    # With few of them no two are alike: of each zone another moment.
    chosen = [every[place * 5 % len(every)] if n < len(every) else every[place % len(every)] for place in range(n)]
    wrong = [one for place, moment in enumerate(chosen) for one in wrong_about(moment, folder / f"zone-{place}")]
    away = list(itertools.islice(AWAY, n))
    wrong += asyncio.run(_with_a_bot(away, folder))
    value = f"{n} moments in {len({one.zone for one in chosen})} zones, {len(away)} absences"
    return Outcome("; ".join([f"{value}: {len(wrong)} wrong", *wrong[:4]]), not wrong)


async def _with_a_bot(away: list[timedelta], folder: Path) -> list[str]:
    wrong = []
    for place, gone in enumerate(away):
        async with BotApi(time_factor=0.1) as api:
            site = Site(folder / f"away-{place}", api, "polling", None)
            site.found()
            wrong += await _absence(site, gone)
            if len(away) == len(AWAY) and gone == AWAY[-1]:
                wrong += await _steps(site)
            await site.bot.stop()
    return wrong


async def _absence(site: Site, gone: timedelta) -> list[str]:
    """The bot is started again so much later. What is still worth hearing is heard, once; what is not has a reason."""
    site.due("B003", TONIGHT)
    _plan(site, TODAY_AT)
    site.set_clock(STOPPED)
    _record(site, FACT, expires=None)
    _record(site, TODAY, expires=datetime.fromisoformat(TONIGHT).replace(tzinfo=ZONE))
    site.advance(seconds=gone.total_seconds())
    await site.start()
    late = gone > timedelta(hours=9)
    expected = {
        ("digest", DeliveryState.SENT, "", -1 if late else 0): 1,
        **({} if late else {("digest", DeliveryState.SENT, "", 1): 1}),
        ("setup-trial", DeliveryState.SENT, "", None): 1 if late else 2,
        **({(kind, DeliveryState.SUPPRESSED, "expired", None): 1 for kind in ("setup-trial", HOUR)} if late else {}),
    }
    settled = await site.api.until(lambda: _became(site) == expected, within=TICKS_SECONDS)
    return [] if settled else [f"after {gone}: {_became(site)}, not {expected}"]


async def _steps(site: Site) -> list[str]:
    """An hour ahead, back, back once more and ahead, each for longer than it takes to look for what is due."""
    before = _became(site), len(site.api.called("sendMessage"))
    for hours in STEPS:
        site.advance(hours=hours)
        await asyncio.sleep(QUIET_SECONDS)
    member = site.person("member")
    member.says("/menu")
    await member.sees("您好", within=10)
    after = _became(site), len(site.api.called("sendMessage")) - 1
    return [] if before == after else [f"steps of an hour: {after}, not {before}"]


def _became(site: Site) -> dict[tuple[str, DeliveryState, str, int | None], int]:
    found: dict[tuple[str, DeliveryState, str, int | None], int] = {}
    for row in _rows(site):
        rungs = [item["rung"] for item in row.payload.get("items", [])]
        key = (row.kind, row.state, row.error or "", rungs[0] if rungs else None)
        found[key] = found.get(key, 0) + 1
    return found


def _rows(site: Site) -> Iterator[Delivery]:
    with site.database() as database, database.reading() as session:
        yield from list(session.scalars(select(Delivery).order_by(delivery.c.id)))


def _plan(site: Site, starts: str) -> None:
    """A session of one person's unit, of which nothing has been said."""
    with site.work() as work:
        unit, officer = work.people.unit_by_code("city-01"), work.people.person_by_staff_number("P001")
        assert unit is not None
        assert officer is not None
        at = datetime.fromisoformat(starts).replace(tzinfo=ZONE)
        session = StudySession(SessionKind.THEORY, "学习条例", at, "三楼", "", officer.id, site.now())
        work.studies.add(session, [unit.id], [])


def _record(site: Site, key: str, expires: datetime | None) -> None:
    with site.work() as work:
        person = work.people.person_by_staff_number("B003")
        assert person is not None
        now = site.now()
        payload = {"v": 1, "unit": "x"}
        work.deliveries.record(
            Delivery(key, "setup-trial", Lane.FACTS, payload, now, now, person_id=person.id, expires_at=expires)
        )


TIME = Proof(
    name="time",
    goal="0 wrong: nothing lost, doubled or dropped without a reason",
    few=1,
    many=20,
    run=run,
)
