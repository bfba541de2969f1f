"""Sessions: planned, moved, cancelled; looked at; and who cannot come."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.audiences import belongs, fitting, required_words
from domain.errors import DomainError, NotFound
from domain.people import Actor, Unit
from domain.studies import (
    LASTS,
    MAX_FILES,
    MAX_MATERIAL,
    MAX_PLACE,
    MAX_REASON,
    MAX_TITLE,
    Leave,
    Plan,
    SessionCard,
    StudySession,
)
from services.arrivals import file_id_of
from services.audiences import people_of, planned_units
from services.clock import Clock
from services.studies.reading import card_of, cards_of, changeable, name_of, visible
from services.studies.telling import CANCELLED, MOVED, NEW, receipt, record_hour_before, take_back, tell
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

LOOK_AHEAD = timedelta(days=370)
LOOK_BACK = timedelta(days=185)
PAST = 20


class Studies:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    def plan(self, actor: Actor, plan: Plan) -> StudySession:
        """Plan a session and tell everybody it is for. Raises NotFound for units that are not the actor's to plan
        for, DomainError ``when-past``, ``audience-empty``, ``words-missing``, ``text-too-long``."""
        now = self._clock.now()
        with self._work() as work:
            people = people_of(work, planned_units(work, actor, plan.unit_ids))
            if plan.starts_at <= now:
                raise DomainError("when-past")
            if not people:
                raise DomainError("audience-empty")
            session = StudySession(
                kind=plan.kind,
                title=required_words(plan.title, MAX_TITLE),
                starts_at=plan.starts_at,
                place=required_words(plan.place, MAX_PLACE),
                material=fitting(plan.material, MAX_MATERIAL),
                created_by_id=actor.person_id or 0,
                created_at=now,
            )
            files = [file_id_of(work, incoming, now) for incoming in plan.files[:MAX_FILES]]
            work.studies.add(session, plan.unit_ids, files)
            work.audit.record(now, actor.person_id, "session.plan", str(session.id), units=list(plan.unit_ids))
            others = [person.id for person in people if person.id != actor.person_id]
            told = tell(work, self._zone, session, others, NEW, now)
            attends = len(others) < len(people)
            receipt(work, self._zone, session, actor, "session-planned", told, len(others), now, attends=attends)
            return session

    def move(self, actor: Actor, session_id: int, seen: int, starts_at: datetime) -> None:
        """Move a session. Nobody hears of the old time any more: what waits to be said of it is taken back, and who
        has not heard of the session yet hears of it with the new time."""
        now = self._clock.now()
        with self._work() as work:
            session, units = _taken(work, actor, session_id, seen)
            before = session.starts_at
            session.move(starts_at, actor.person_id or 0, now)
            work.audit.record(now, actor.person_id, "session.move", str(session.id), before=before.isoformat())
            others = {person.id for person in people_of(work, units)} - {actor.person_id}
            untold = take_back(work, session)
            told = tell(work, self._zone, session, sorted(others & untold), NEW, now)
            told += tell(work, self._zone, session, sorted(others - untold), MOVED, now, before)
            receipt(work, self._zone, session, actor, "session-move-done", told, len(others), now)

    def cancel(self, actor: Actor, session_id: int, seen: int) -> None:
        """Cancel a session; who has not heard of it is not bothered at all."""
        now = self._clock.now()
        with self._work() as work:
            session, units = _taken(work, actor, session_id, seen)
            session.cancel(actor.person_id or 0, now)
            work.audit.record(now, actor.person_id, "session.cancel", str(session.id))
            others = {person.id for person in people_of(work, units)} - {actor.person_id} - take_back(work, session)
            told = tell(work, self._zone, session, sorted(others), CANCELLED, now)
            receipt(work, self._zone, session, actor, "session-cancel-done", told, len(others), now)

    @reads
    def upcoming(self, actor: Actor) -> list[SessionCard]:
        """What comes or goes on, the nearest first: what the actor attends or calls the roll of."""
        now = self._clock.now()
        with self._work() as work:
            found = cards_of(work, work.studies.between(now - LASTS, now + LOOK_AHEAD), actor, now, self._zone)
            return [card for card in found if not card.is_called]

    @reads
    def past(self, actor: Actor) -> list[SessionCard]:
        """What the actor was to attend in the last half year, the newest first."""
        now = self._clock.now()
        with self._work() as work:
            found = cards_of(work, work.studies.between(now - LOOK_BACK, now), actor, now, self._zone)
            over = [card for card in found if card.is_called or card.starts_at < now - LASTS]
            return [card for card in reversed(over) if card.attends][:PAST]

    @reads
    def card(self, actor: Actor, session_id: int) -> SessionCard:
        """One session. Raises NotFound alike when there is none and when it is not for the actor."""
        with self._work() as work:
            session, _ = visible(work, work.studies.find(session_id), actor)
            return card_of(work, session, actor, self._clock.now(), self._zone)

    @reads
    def material(self, actor: Actor, session_id: int) -> list[int]:
        """The files of a session's material, by their ids."""
        with self._work() as work:
            session, _ = visible(work, work.studies.find(session_id), actor)
            return work.studies.file_ids(session.id)

    @reads
    def is_workday(self, at: datetime) -> bool:
        """Whether a session at this instant would fall on a working day."""
        with self._work() as work:
            calendar = work.calendar.work_calendar(self._zone)
            return calendar.is_workday(calendar.date_of(at))

    def cannot_come(self, actor: Actor, session_id: int, reason: str) -> SessionCard:
        """Excuse the actor; said twice, the later reason stands."""
        now, person = self._clock.now(), actor.person_id or 0
        words = fitting(reason, MAX_REASON)
        with self._work() as work:
            session = _attended(work, actor, session_id, now)
            work.studies.take_back_leave(session.id, person)
            work.studies.excuse(Leave(session.id, person, words, now))
            work.audit.record(now, person, "session.leave", str(session.id))
            return card_of(work, session, actor, now, self._zone)

    def can_come(self, actor: Actor, session_id: int) -> SessionCard:
        """Take an excuse back."""
        now, person = self._clock.now(), actor.person_id or 0
        with self._work() as work:
            session = _attended(work, actor, session_id, now)
            if work.studies.take_back_leave(session.id, person):
                work.audit.record(now, person, "session.leave-back", str(session.id))
            return card_of(work, session, actor, now, self._zone)

    def record_hour_before(self) -> int:
        """Record the reminders of sessions that start within the hour; gives back how many."""
        with self._work() as work:
            return record_hour_before(work, self._zone, self._clock.now())


def _taken(work: UnitOfWork, actor: Actor, session_id: int, seen: int) -> tuple[StudySession, list[Unit]]:
    """The session, locked for its planner. Who may see it but did not plan it hears ``not-yours``."""
    session, units = visible(work, work.studies.take(session_id), actor)
    if not changeable(session, units, actor):
        raise DomainError("not-yours")
    session.expect(seen, name_of(work, session.changed_by_id))
    return session, units


def _attended(work: UnitOfWork, actor: Actor, session_id: int, now: datetime) -> StudySession:
    """The session, locked, while the actor may still say whether they come."""
    session, units = visible(work, work.studies.take(session_id), actor)
    if not belongs(actor, [unit.path for unit in units]):
        raise NotFound
    if session.cancelled_at is not None:
        raise DomainError("session-cancelled")
    if not session.is_open(now):
        raise DomainError("session-begun")
    return session
