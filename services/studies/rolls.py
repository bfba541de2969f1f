"""The roll: opened with everybody present but those on leave, confirmed once, set right by who called it."""

from collections.abc import Mapping
from datetime import timedelta

from domain.audiences import planning_paths
from domain.errors import DomainError, NotFound, Outdated
from domain.people import Actor, RoleKind, Unit, require_member
from domain.studies import (
    ROLL_OPENS,
    Correction,
    Mark,
    Roll,
    RollPlace,
    RollSheet,
    StudySession,
    UnitCount,
    roll_paths,
)
from services.clock import Clock
from services.studies.reading import name_of, roll_places, visible
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

LOOK_BACK = timedelta(days=30)


class Rolls:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    def may_call(self, actor: Actor) -> None:
        """Refuse who calls no roll: DomainError ``members-only`` or ``callers-only``."""
        require_member(actor)
        if not planning_paths(actor):
            raise DomainError("callers-only")

    @reads
    def places(self, actor: Actor) -> list[RollPlace]:
        """The rolls of the last month that are the actor's to call, the newest session first; an admin's are those
        of the sessions the admin planned."""
        now = self._clock.now()
        with self._work() as work:
            near = work.studies.between(now - LOOK_BACK, now + ROLL_OPENS)
            own = [one for one in near if one.created_by_id == actor.person_id or actor.has(RoleKind.SECRETARY)]
            audiences = work.studies.audiences([session.id for session in own])
            found = (roll_places(work, session, audiences[session.id], actor) for session in reversed(own))
            return [place for places in found for place in places]

    @reads
    def sheet(self, actor: Actor, session_id: int, unit_id: int) -> RollSheet:
        """A roll as it opens, or as it was confirmed. Raises NotFound for one that is not the actor's to call."""
        with self._work() as work:
            session, unit = _own(work, work.studies.find(session_id), actor, unit_id)
            return _sheet(work, session, unit, actor)

    def confirm(self, actor: Actor, session_id: int, unit_id: int, exceptions: Mapping[int, Mark]) -> RollSheet:
        """Keep the roll: everybody as the sheet opened them, but for the ``exceptions`` by person. Raises
        ``roll-too-early``, and Outdated when it was confirmed before."""
        now = self._clock.now()
        with self._work() as work:
            session, unit = _own(work, work.studies.take(session_id), actor, unit_id)
            if session.cancelled_at is not None:
                raise DomainError("session-cancelled")
            if not session.roll_may_be_called(now):
                raise DomainError("roll-too-early", at=session.starts_at - ROLL_OPENS)
            sheet = _sheet(work, session, unit, actor)
            if sheet.called_at is not None:
                raise Outdated(sheet.called_by, sheet.called_at)
            if not sheet.lines or not exceptions.keys() <= {person_id for person_id, _, _ in sheet.lines}:
                raise DomainError("roll-changed")
            homes = {person.id: person.unit_id for person in work.people.people_below(unit.path)}
            lines = [(person, homes[person], exceptions.get(person, mark)) for person, _, mark in sheet.lines]
            work.studies.add_roll(Roll(session.id, unit.id, actor.person_id or 0, now), lines)
            work.audit.record(now, actor.person_id, "roll.confirm", str(session.id), unit=unit.id, people=len(lines))
            return _sheet(work, session, unit, actor)

    def correct(self, actor: Actor, session_id: int, unit_id: int, person_id: int, mark: Mark) -> RollSheet:
        """Set one line of a confirmed roll right; the old mark is kept. Raises ``not-yours`` to all but its caller."""
        now = self._clock.now()
        with self._work() as work:
            session, unit = _own(work, work.studies.take(session_id), actor, unit_id)
            roll = next((roll for roll in work.studies.rolls(session.id) if roll.unit_id == unit.id), None)
            line = work.studies.attendance(session.id).get(person_id)
            if roll is None or line is None or line.roll_id != roll.id:
                raise NotFound
            if roll.by_id != actor.person_id:
                raise DomainError("not-yours")
            if line.mark is not mark:
                work.studies.correct(Correction(line.id, line.mark, mark, roll.by_id, now))
                line.mark = mark
                work.audit.record(now, actor.person_id, "roll.correct", str(session.id), person=person_id)
            return _sheet(work, session, unit, actor)

    @reads
    def counts(self, actor: Actor, session_id: int) -> list[UnitCount]:
        """Who came, as numbers by unit in roster order, of the units whose roll is the actor's to call."""
        with self._work() as work:
            session, units = visible(work, work.studies.find(session_id), actor)
            own = roll_paths(actor, [unit.path for unit in units])
            by_unit: dict[Unit, dict[Mark, int]] = {}
            for unit, mark, count in work.studies.counts(session.id):
                if unit.path.startswith(own):
                    by_unit.setdefault(unit, {})[mark] = count
            return [
                UnitCount(unit.id, unit.name, *(marks.get(mark, 0) for mark in Mark)) for unit, marks in by_unit.items()
            ]


def _own(work: UnitOfWork, found: StudySession | None, actor: Actor, unit_id: int) -> tuple[StudySession, Unit]:
    session, units = visible(work, found, actor)
    unit = work.people.unit(unit_id)
    if unit is None or unit.path not in roll_paths(actor, [one.path for one in units]):
        raise NotFound
    return session, unit


def _sheet(work: UnitOfWork, session: StudySession, unit: Unit, actor: Actor) -> RollSheet:
    """Of a confirmed roll its lines; of an open one everybody whom no other roll has named yet."""
    roll = next((roll for roll in work.studies.rolls(session.id) if roll.unit_id == unit.id), None)
    attendance = work.studies.attendance(session.id)
    place = RollPlace(session.id, unit.id, unit.name, session.title, session.starts_at, roll is not None)
    if roll is not None:
        lines = [line for line in attendance.values() if line.roll_id == roll.id]
        people = work.people.people(line.person_id for line in lines)
        named = [(line.person_id, people[line.person_id].name, line.mark) for line in lines]
        return RollSheet(place, tuple(named), name_of(work, roll.by_id), roll.at, roll.by_id == actor.person_id)
    away = work.studies.on_leave(session.id)
    below = [person for person in work.people.people_below(unit.path) if person.id not in attendance]
    opened = ((one.id, one.name, Mark.ON_LEAVE if one.id in away else Mark.PRESENT) for one in below)
    return RollSheet(place, tuple(opened))
