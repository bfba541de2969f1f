"""A notice's messages on their way out: whether one may go now, and what it says."""

from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from domain.deliveries import DeliveryState, Leased
from domain.notices import ENDED, Outgoing
from storage.unit_of_work import UnitOfWork


class Departures:
    """For one round of leasing, since all its rows share the hour and most of them the notice."""

    def __init__(self, work: UnitOfWork, now: datetime, zone: ZoneInfo) -> None:
        self._work = work
        self._now = now
        self._zone = zone
        self._notices: dict[int, Outgoing | None] = {}
        self._words: dict[int, dict[str, Any]] = {}

    @cached_property
    def _opens_at(self) -> datetime:
        return self._work.calendar.work_calendar(self._zone).next_open(self._now)

    def may_go(self, row: Leased, worker: str) -> bool:
        """Whether a leased message may be sent. One of a notice that was stopped is not, and one that is not urgent
        waits for working hours, also when its sender was slow or away when they ended."""
        notice = self._notice(row)
        if notice is None or notice.state in ENDED:
            self._work.deliveries.mark(row.id, worker, state=DeliveryState.CANCELLED, error="stopped")
            return False
        if not notice.urgent and self._opens_at > self._now:
            back = {"lease_by": None, "lease_until": None, "attempts": row.attempts - 1}
            self._work.deliveries.mark(row.id, worker, state=DeliveryState.PENDING, not_before=self._opens_at, **back)
            return False
        return True

    def words_of(self, row: Leased) -> dict[str, Any]:
        """What a message says: it stands once, in the notice, and not in the rows of its recipients."""
        number = int(row.payload["notice"])
        if number not in self._words:
            notice = self._notice(row)
            self._words[number] = _said(notice) if notice is not None else {}
        return self._words[number]

    def _notice(self, row: Leased) -> Outgoing | None:
        number = int(row.payload["notice"])
        if number not in self._notices:
            self._notices[number] = self._work.notices.outgoing(number)
        return self._notices[number]


def _said(notice: Outgoing) -> dict[str, Any]:
    return {
        "title": notice.title,
        "body": notice.body,
        "sender": notice.sender,
        "at": notice.opens_at.isoformat(),
        "file": notice.has_file,
    }
