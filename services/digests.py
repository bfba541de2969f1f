"""The daily digest: everything due for a person that day is one message at the start of the working day."""

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from domain.deliveries import Delivery, Lane, key
from domain.reminders import Due
from domain.workdays import WorkCalendar
from services.assessments import due_assessments
from services.clock import Clock
from services.problems.due import due_problems
from services.studies.due import due_sessions
from storage.unit_of_work import UnitOfWork, Work

DIGEST = "digest"
_DONE = "digest_day"
KEPT = timedelta(days=400)
"""Longer than any deadline may be overdue before it is said again."""


class Digests:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    def record(self) -> int:
        """Record today's digests, once a day within working hours; gives back how many people get one."""
        now = self._clock.now()
        with self._work() as work:
            calendar = work.calendar.work_calendar(self._zone)
            today = now.astimezone(self._zone).date()
            if calendar.is_quiet(now) or work.calendar.setting(_DONE) == today.isoformat():
                return 0
            work.calendar.decide(_DONE, today.isoformat())
            due = [item for item in _due(work, calendar, self._clock) if item.rung() is not None]
            known = work.reminded.known([item.key() for item in due])
            fresh = [item for item in due if item.key() not in known]
            work.reminded.add([item.key() for item in fresh], now)
            digests = defaultdict(list)
            for item in sorted(fresh, key=lambda item: item.at):
                digests[item.person_id].append(item)
            rows = [
                Delivery(
                    dedupe_key=key(DIGEST, "day", today.isoformat(), person_id),
                    kind=DIGEST,
                    lane=Lane.REMINDERS,
                    payload={"v": 1, "items": [_plain(item) for item in items]},
                    not_before=calendar.local(today, calendar.day_start),
                    created_at=now,
                    expires_at=calendar.local(today, calendar.day_end),
                    person_id=person_id,
                )
                for person_id, items in digests.items()
            ]
            return work.deliveries.record(*rows)

    def purge(self) -> None:
        """Forget which rungs were said a long time ago: their deadlines are past all ladders."""
        with self._work() as work:
            work.reminded.purge(self._clock.now() - KEPT)


def _plain(item: Due) -> dict[str, str | int]:
    return {
        "kind": item.kind,
        "subject": item.subject,
        "title": item.title,
        "at": item.at.isoformat(),
        "left": item.left,
        "rung": item.rung() or 0,
    }


def _due(work: UnitOfWork, calendar: WorkCalendar, clock: Clock) -> list[Due]:
    """What is near its deadline or past it, from every area. A thing that is done is not among them."""
    return [
        *due_problems(work, calendar, clock.now()),
        *due_sessions(work, calendar, clock.now()),
        *due_assessments(work, calendar, clock.now()),
    ]
