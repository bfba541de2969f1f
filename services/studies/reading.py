"""A session as one actor may see it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.audiences import belongs, may_plan
from domain.errors import NotFound
from domain.people import Actor, Unit
from domain.studies import RollPlace, SessionCard, StudySession, may_see, roll_paths
from storage.unit_of_work import UnitOfWork


def visible(work: UnitOfWork, session: StudySession | None, actor: Actor) -> tuple[StudySession, list[Unit]]:
    """The session and the units it is for. Raises NotFound alike when there is none and when it is not for the
    actor."""
    if session is None:
        raise NotFound
    units = work.studies.audience(session.id)
    if not may_see(actor, [unit.path for unit in units]):
        raise NotFound
    return session, units


def changeable(session: StudySession, units: Sequence[Unit], actor: Actor) -> bool:
    """Whoever planned it, or may have: a session for several units is not for one unit's secretary to move."""
    return session.created_by_id == actor.person_id or may_plan(actor, [unit.path for unit in units])


def cards_of(
    work: UnitOfWork, sessions: Sequence[StudySession], actor: Actor, now: datetime, zone: ZoneInfo
) -> list[SessionCard]:
    """The cards of those among the sessions that the actor may see; what they tell is read for all of them at once."""
    if not sessions:
        return []
    audiences = work.studies.audiences([session.id for session in sessions])
    own = [session for session in sessions if may_see(actor, [unit.path for unit in audiences[session.id]])]
    if not own:
        return []
    ids, calendar = [session.id for session in own], work.calendar.work_calendar(zone)
    files = work.studies.file_counts(ids)
    marks = work.studies.marks_of(actor.person_id or 0, ids)
    leaves = work.studies.leaves_of(actor.person_id or 0, ids)
    return [
        SessionCard(
            session_id=session.id,
            version=session.version,
            kind=session.kind,
            title=session.title,
            starts_at=session.starts_at,
            place=session.place,
            material=session.material,
            files=files.get(session.id, 0),
            units=tuple(unit.name for unit in units),
            is_open=session.is_open(now),
            is_cancelled=session.cancelled_at is not None,
            is_workday=calendar.is_workday(calendar.date_of(session.starts_at)),
            attends=belongs(actor, [unit.path for unit in units]),
            on_leave=session.id in leaves,
            mark=marks.get(session.id),
            changeable=session.is_open(now) and changeable(session, units, actor),
            rolls=roll_places(work, session, units, actor) if session.roll_may_be_called(now) else (),
        )
        for session in own
        for units in [audiences[session.id]]
    ]


def card_of(work: UnitOfWork, session: StudySession, actor: Actor, now: datetime, zone: ZoneInfo) -> SessionCard:
    [card] = cards_of(work, [session], actor, now, zone)
    return card


def roll_places(work: UnitOfWork, session: StudySession, units: Sequence[Unit], actor: Actor) -> tuple[RollPlace, ...]:
    """The rolls the actor calls for a session, in roster order."""
    paths = roll_paths(actor, [unit.path for unit in units])
    own = [unit for path in paths if (unit := work.people.unit(int(path.rstrip("/").rpartition("/")[2]))) is not None]
    return tuple(
        RollPlace(session.id, unit.id, unit.name, session.title, session.starts_at, _is_called(work, session, unit))
        for unit in sorted(own, key=lambda unit: unit.position)
    )


def _is_called(work: UnitOfWork, session: StudySession, unit: Unit) -> bool:
    """Whether a roll was confirmed over the unit, or others over parts of it have named everybody in it."""
    rolls = work.studies.rolls(session.id)
    if not rolls or unit.id in {roll.unit_id for roll in rolls}:
        return bool(rolls)
    return {person.id for person in work.people.people_below(unit.path)} <= work.studies.attendance(session.id).keys()


def name_of(work: UnitOfWork, person_id: int | None) -> str:
    person = work.people.person(person_id) if person_id is not None else None
    return person.name if person is not None else ""
