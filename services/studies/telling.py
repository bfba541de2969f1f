"""What is said of a session: recorded with what changed it, said inside working hours, taken back when it changes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.deliveries import Delivery, DeliveryState, Lane, key
from domain.people import Actor
from domain.studies import BEFORE, StudySession
from services.audiences import people_of
from storage.unit_of_work import UnitOfWork

NEW = "session-new"
MOVED = "session-moved"
CANCELLED = "session-cancelled"
HOUR = "session-hour"

LOOKED_BACK = timedelta(days=31)
"""A program that was away for longer has more to make good than reminders."""


def tell(
    work: UnitOfWork,
    zone: ZoneInfo,
    session: StudySession,
    people: Iterable[int],
    kind: str,
    now: datetime,
    before: datetime | None = None,
) -> int:
    """Record the news for these people, from the next working hour on; gives back how many will hear of it. What
    nobody could read in time is not recorded. ``before`` is the old start of a session that moved."""
    opens = work.calendar.work_calendar(zone).next_open(now)
    ends = max(session.starts_at, before or session.starts_at)
    if opens >= ends:
        return 0
    payload = {**plain(session), **({"before": before.isoformat()} if before is not None else {})}
    return work.deliveries.record(
        *(_row(session, person_id, kind, Lane.NOTICES, payload, opens, now, ends) for person_id in people)
    )


def receipt(
    work: UnitOfWork,
    zone: ZoneInfo,
    session: StudySession,
    actor: Actor,
    kind: str,
    told: int,
    people: int,
    now: datetime,
    *,
    attends: bool = False,
) -> None:
    """Tell the planner what was saved, how many of the ``people`` concerned hear of it, and from when on. A planner who
    ``attends`` counts among those it is for, and is not told of it."""
    opens = work.calendar.work_calendar(zone).next_open(now)
    payload = {**plain(session), "told": told, "people": people, "from": opens.isoformat(), "attends": attends}
    row = _row(session, actor.person_id or 0, kind, Lane.FACTS, payload, now, now, None)
    row.account_id = actor.account_id
    work.deliveries.record(row)


def take_back(work: UnitOfWork, session: StudySession) -> set[int]:
    """Cancel what waits to be said of a session; gives back who had not heard of the session itself."""
    waiting = {DeliveryState.PENDING, DeliveryState.LEASED}
    untold = {row.person_id for row in work.deliveries.find(NEW, str(session.id)) if row.state in waiting}
    for kind in (NEW, MOVED, HOUR):
        work.deliveries.cancel(kind, str(session.id))
    return {person_id for person_id in untold if person_id is not None}


def record_hour_before(work: UnitOfWork, zone: ZoneInfo, now: datetime) -> int:
    """Record the reminders of sessions that start within the hour; gives back how many. Outside working hours it is
    silent: what starts before they are open has been named in the digest of the working day before.

    Run late, it still reminds before the start. One that has begun meanwhile is recorded too, past its end: nobody is
    reminded any more, and the row says why."""
    calendar = work.calendar.work_calendar(zone)
    quiet, count = calendar.is_quiet(now), 0
    found = [one for one in work.studies.between(now - LOOKED_BACK, now + BEFORE) if not one.is_news()]
    known = work.reminded.known([_done(session) for session in found])
    for session in found:
        missed = session.starts_at <= now and calendar.next_open(session.starts_at - BEFORE) < session.starts_at
        if _done(session) in known or (not missed and (quiet or session.starts_at <= now)):
            continue
        work.reminded.add([_done(session)], now)
        away = work.studies.on_leave(session.id)
        people = [person.id for person in people_of(work, work.studies.audience(session.id)) if person.id not in away]
        ends = session.starts_at
        count += work.deliveries.record(
            *(_row(session, one, HOUR, Lane.REMINDERS, plain(session), now, now, ends) for one in people)
        )
    return count


def _done(session: StudySession) -> str:
    return f"{HOUR}:{session.id}:{session.starts_at.isoformat()}"


def plain(session: StudySession) -> dict[str, Any]:
    return {
        "v": 1,
        "session": session.id,
        "kind": session.kind.value,
        "title": session.title,
        "at": session.starts_at.isoformat(),
        "place": session.place,
    }


def _row(
    session: StudySession,
    person_id: int,
    kind: str,
    lane: Lane,
    payload: dict[str, Any],
    opens: datetime,
    now: datetime,
    ends: datetime | None,
) -> Delivery:
    # The last reminder is unique by its start alone; other news may be said again of the same start, when a session
    # moved away and back.
    subject = str(session.id) if kind == HOUR else f"{session.id}.{session.version}"
    return Delivery(
        dedupe_key=key(kind, subject, session.starts_at, person_id),
        kind=kind,
        subject=str(session.id),
        lane=lane,
        payload=payload,
        not_before=opens,
        created_at=now,
        expires_at=ends,
        person_id=person_id,
    )
