"""Sessions in the daily digest: said on the last working day before, to everybody who did not excuse themselves."""

from datetime import datetime, timedelta

from domain.reminders import SESSION_LADDER, Due
from domain.studies import days_ahead
from domain.workdays import WorkCalendar
from services.audiences import people_of
from storage.unit_of_work import UnitOfWork

HORIZON = timedelta(days=21)
"""No row of days off is longer, so that no last working day lies further ahead of its session."""


def due_sessions(work: UnitOfWork, calendar: WorkCalendar, now: datetime) -> list[Due]:
    found = []
    for session in work.studies.between(now, now + HORIZON):
        left = days_ahead(calendar, now, session.starts_at)
        if left > max(SESSION_LADDER):
            continue
        away = work.studies.on_leave(session.id)
        people = [person.id for person in people_of(work, work.studies.audience(session.id)) if person.id not in away]
        found += [
            Due("session", str(session.id), session.title, session.starts_at, one, left, SESSION_LADDER)
            for one in people
        ]
    return found
