"""Study sessions: tables and repository."""

from collections.abc import Collection, Iterable
from datetime import datetime, time

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Session

from domain.people import Unit
from domain.studies import Attendance, Correction, Leave, Mark, Roll, SessionKind, StudySession
from storage.base import EnumText, Id, UtcDateTime, locked, mapper, metadata
from storage.engine import kept
from storage.people import unit

study_session = Table(
    "study_session",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", EnumText(SessionKind), nullable=False),
    Column("title", String(120), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False, index=True),
    Column("place", String(120), nullable=False),
    Column("material", Text, nullable=False),
    Column("created_by_id", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_by_id", BigInteger),
    Column("changed_at", UtcDateTime),
    Column("cancelled_at", UtcDateTime),
)

session_unit = Table(
    "session_unit",
    metadata,
    Column("session_id", BigInteger, ForeignKey("study_session.id"), primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), primary_key=True, index=True),
)

session_file = Table(
    "session_file",
    metadata,
    Column("session_id", BigInteger, ForeignKey("study_session.id"), primary_key=True),
    Column("file_id", BigInteger, ForeignKey("file.id"), primary_key=True),
)

session_leave = Table(
    "session_leave",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", BigInteger, ForeignKey("study_session.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("reason", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("session_id", "person_id"),
)

roll = Table(
    "roll",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", BigInteger, ForeignKey("study_session.id"), nullable=False),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("by_id", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("session_id", "unit_id"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", BigInteger, ForeignKey("study_session.id"), nullable=False),
    Column("roll_id", BigInteger, ForeignKey("roll.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("mark", EnumText(Mark), nullable=False),
    UniqueConstraint("session_id", "person_id"),
)

correction = Table(
    "attendance_correction",
    metadata,
    Column("id", Id, primary_key=True),
    Column("attendance_id", BigInteger, ForeignKey("attendance.id"), nullable=False, index=True),
    Column("before", EnumText(Mark), nullable=False),
    Column("after", EnumText(Mark), nullable=False),
    Column("by_id", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

mapper.map_imperatively(StudySession, study_session)
mapper.map_imperatively(Leave, session_leave)
mapper.map_imperatively(Roll, roll)
mapper.map_imperatively(Attendance, attendance)
mapper.map_imperatively(Correction, correction)


# What is asked with nearly every message is built once.
_BETWEEN = (
    select(StudySession)
    .where(study_session.c.starts_at > bindparam("first"), study_session.c.starts_at <= bindparam("last"))
    .where(study_session.c.cancelled_at.is_(None))
    .order_by(study_session.c.starts_at, study_session.c.id)
)


class Studies:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entity: StudySession, unit_ids: Iterable[int], file_ids: Iterable[int]) -> StudySession:
        self._session.add(entity)
        self._session.flush()
        units = [{"session_id": entity.id, "unit_id": unit_id} for unit_id in dict.fromkeys(unit_ids)]
        files = [{"session_id": entity.id, "file_id": file_id} for file_id in dict.fromkeys(file_ids)]
        for table, rows in ((session_unit, units), (session_file, files)):
            if rows:
                self._session.execute(insert(table), rows)
        return entity

    def find(self, session_id: int) -> StudySession | None:
        return self._session.get(StudySession, session_id)

    def take(self, session_id: int) -> StudySession | None:
        """The session, locked until the commit: a use case that changes it or its roll begins here."""
        query = locked(select(StudySession).where(study_session.c.id == session_id))
        return self._session.scalars(query).first()

    def between(self, first: datetime, last: datetime) -> list[StudySession]:
        """Sessions that start after ``first`` and by ``last`` and were not cancelled, in the order of their starts.
        They are the same for everybody who asks on a day."""
        whole = {
            "first": datetime.combine(first.date(), time.min, first.tzinfo),
            "last": datetime.combine(last.date(), time.max, last.tzinfo),
        }
        name = f"sessions from {whole['first']} to {whole['last']}"
        found = kept(self._session, name, lambda: list(self._session.scalars(_BETWEEN, whole)))
        return [session for session in found if first < session.starts_at <= last]

    def audience(self, session_id: int) -> list[Unit]:
        """The units a session is for, in roster order."""
        query = (
            select(Unit)
            .join(session_unit, session_unit.c.unit_id == unit.c.id)
            .where(session_unit.c.session_id == session_id)
            .order_by(unit.c.position, unit.c.id)
        )
        return list(self._session.scalars(query))

    def audiences(self, session_ids: Collection[int]) -> dict[int, list[Unit]]:
        """The units of several sessions at once."""
        query = (
            select(session_unit.c.session_id, Unit)
            .join(Unit, unit.c.id == session_unit.c.unit_id)
            .where(session_unit.c.session_id.in_(list(session_ids)))
            .order_by(unit.c.position, unit.c.id)
        )
        found: dict[int, list[Unit]] = {session_id: [] for session_id in session_ids}
        for session_id, of_session in self._session.execute(query):
            found[session_id].append(of_session)
        return found

    def file_ids(self, session_id: int) -> list[int]:
        query = select(session_file.c.file_id).where(session_file.c.session_id == session_id)
        return list(self._session.execute(query.order_by(session_file.c.file_id)).scalars())

    def file_counts(self, session_ids: Collection[int]) -> dict[int, int]:
        """How many files each of these sessions has; one without any is not in it."""
        query = select(session_file.c.session_id, func.count()).where(session_file.c.session_id.in_(list(session_ids)))
        rows = self._session.execute(query.group_by(session_file.c.session_id))
        return {row[0]: row[1] for row in rows}

    # Leave

    def leave(self, session_id: int, person_id: int) -> Leave | None:
        query = select(Leave).where(session_leave.c.session_id == session_id, session_leave.c.person_id == person_id)
        return self._session.scalars(query).first()

    def on_leave(self, session_id: int) -> set[int]:
        query = select(session_leave.c.person_id).where(session_leave.c.session_id == session_id)
        return set(self._session.execute(query).scalars())

    def excuse(self, entity: Leave) -> None:
        self._session.add(entity)
        self._session.flush()

    def take_back_leave(self, session_id: int, person_id: int) -> int:
        """Give back whether there was one."""
        where = (session_leave.c.session_id == session_id) & (session_leave.c.person_id == person_id)
        return len(self._session.execute(delete(session_leave).where(where).returning(session_leave.c.id)).all())

    # Rolls

    def rolls(self, session_id: int) -> list[Roll]:
        return list(self._session.scalars(select(Roll).where(roll.c.session_id == session_id).order_by(roll.c.id)))

    def add_roll(self, entity: Roll, marks: Iterable[tuple[int, int, Mark]]) -> Roll:
        """Keep a roll with its lines: person, unit, mark."""
        self._session.add(entity)
        self._session.flush()
        lines = [
            Attendance(entity.session_id, entity.id, person_id, unit_id, mark) for person_id, unit_id, mark in marks
        ]
        self._session.add_all(lines)
        self._session.flush()
        return entity

    def attendance(self, session_id: int) -> dict[int, Attendance]:
        """The lines of all rolls of a session, by person."""
        query = select(Attendance).where(attendance.c.session_id == session_id)
        return {line.person_id: line for line in self._session.scalars(query)}

    def marks_of(self, person_id: int, session_ids: Collection[int]) -> dict[int, Mark]:
        """What the rolls of these sessions say of one person."""
        query = select(attendance.c.session_id, attendance.c.mark).where(
            attendance.c.person_id == person_id, attendance.c.session_id.in_(list(session_ids))
        )
        return {row.session_id: row.mark for row in self._session.execute(query)}

    def leaves_of(self, person_id: int, session_ids: Collection[int]) -> set[int]:
        query = select(session_leave.c.session_id).where(
            session_leave.c.person_id == person_id, session_leave.c.session_id.in_(list(session_ids))
        )
        return set(self._session.execute(query).scalars())

    def counts(self, session_id: int) -> list[tuple[Unit, Mark, int]]:
        """How many lines of each unit carry each mark, in roster order."""
        query = (
            select(Unit, attendance.c.mark, func.count())
            .join(attendance, attendance.c.unit_id == unit.c.id)
            .where(attendance.c.session_id == session_id)
            .group_by(unit.c.id, attendance.c.mark)
            .order_by(unit.c.position, unit.c.id)
        )
        return [tuple(row) for row in self._session.execute(query)]

    def correct(self, entity: Correction) -> None:
        self._session.add(entity)
        self._session.flush()

    def corrections(self, session_id: int) -> list[Correction]:
        query = (
            select(Correction)
            .join(attendance, attendance.c.id == correction.c.attendance_id)
            .where(attendance.c.session_id == session_id)
            .order_by(correction.c.id)
        )
        return list(self._session.scalars(query))
