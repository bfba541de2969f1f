"""Assessment deadlines: tables and repository."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Session

from domain.assessments import Assessment, Submission
from domain.people import Unit
from storage.base import Id, UtcDateTime, insert_once, locked, mapper, metadata
from storage.people import unit
from storage.prepared import Prepared

assessment = Table(
    "assessment",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("material", Text, nullable=False),
    Column("created_by_id", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_by_id", BigInteger),
    Column("changed_at", UtcDateTime),
    Column("cancelled_at", UtcDateTime),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Id, primary_key=True),
    Column("assessment_id", BigInteger, ForeignKey("assessment.id"), nullable=False),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), nullable=False, index=True),
    Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("submitted_by_id", BigInteger),
    Column("note", String(500), nullable=False),
    UniqueConstraint("assessment_id", "unit_id"),
    Index("ix_submission_person_id_submitted_at", "person_id", "submitted_at"),
)

assessment_file = Table(
    "assessment_file",
    metadata,
    Column("assessment_id", BigInteger, ForeignKey("assessment.id"), primary_key=True),
    Column("file_id", BigInteger, ForeignKey("file.id"), primary_key=True),
)

submission_file = Table(
    "submission_file",
    metadata,
    Column("submission_id", BigInteger, ForeignKey("submission.id"), primary_key=True),
    Column("file_id", BigInteger, ForeignKey("file.id"), primary_key=True),
)

mapper.map_imperatively(Assessment, assessment)
mapper.map_imperatively(Submission, submission)


# What is asked with nearly every message is built once.
_OWED = (
    select(Assessment, Submission, Unit)
    .join(Submission, submission.c.assessment_id == assessment.c.id)
    .join(Unit, unit.c.id == submission.c.unit_id)
    .where(assessment.c.cancelled_at.is_(None), submission.c.submitted_at.is_(None))
    .order_by(assessment.c.due_at, submission.c.id)
)
_OWED_BY = _OWED.where(submission.c.person_id == bindparam("person"))
_OWES = Prepared(
    select(submission.c.id)
    .join(assessment, assessment.c.id == submission.c.assessment_id)
    .where(assessment.c.cancelled_at.is_(None), submission.c.submitted_at.is_(None))
    .where(submission.c.person_id == bindparam("person"))
    .limit(1)
)


class Assessments:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entity: Assessment, people: Iterable[tuple[int, int]], file_ids: Iterable[int]) -> Assessment:
        """Keep the assessment with what each unit owes it: pairs of a unit and the person who answers for it."""
        self._session.add(entity)
        self._session.flush()
        self._session.add_all([Submission(entity.id, unit_id, person_id) for unit_id, person_id in people])
        files = [{"assessment_id": entity.id, "file_id": file_id} for file_id in file_ids]
        insert_once(self._session, assessment_file, files)
        self._session.flush()
        return entity

    def find(self, assessment_id: int) -> Assessment | None:
        return self._session.get(Assessment, assessment_id)

    def take(self, assessment_id: int) -> Assessment | None:
        """The assessment, locked until the commit: a use case that changes it or a submission begins here."""
        query = locked(select(Assessment).where(assessment.c.id == assessment_id))
        return self._session.scalars(query).first()

    def submissions(self, assessment_id: int) -> list[tuple[Submission, Unit]]:
        """What each unit owes, in roster order."""
        query = (
            select(Submission, Unit)
            .join(Unit, unit.c.id == submission.c.unit_id)
            .where(submission.c.assessment_id == assessment_id)
            .order_by(unit.c.position, unit.c.id)
        )
        return [(owed, owing) for owed, owing in self._session.execute(query)]

    def owed(self, person_id: int | None = None) -> list[tuple[Assessment, Submission, Unit]]:
        """What was not submitted yet (by one person, or by anybody), the nearest deadline first. Most people owe
        nothing, which a plain number tells sooner."""
        if person_id is not None and not _OWES.rows(self._session, person=person_id):
            return []
        query = _OWED if person_id is None else _OWED_BY
        return [(found, owed, owing) for found, owed, owing in self._session.execute(query, {"person": person_id})]

    def current(self, since: datetime) -> list[Assessment]:
        """Assessments due after ``since`` that were not cancelled, the nearest deadline first."""
        query = select(Assessment).where(assessment.c.due_at > since, assessment.c.cancelled_at.is_(None))
        return list(self._session.scalars(query.order_by(assessment.c.due_at, assessment.c.id)))

    def file_ids(self, assessment_id: int) -> list[int]:
        query = select(assessment_file.c.file_id).where(assessment_file.c.assessment_id == assessment_id)
        return list(self._session.execute(query.order_by(assessment_file.c.file_id)).scalars())

    def attach(self, submission_id: int, file_ids: Iterable[int]) -> None:
        rows = [{"submission_id": submission_id, "file_id": file_id} for file_id in file_ids]
        insert_once(self._session, submission_file, rows)

    def submitted_file_counts(self, assessment_id: int) -> dict[int, int]:
        """How many files came with each submission; one without any is not in it."""
        query = (
            select(submission_file.c.submission_id, func.count())
            .join(submission, submission.c.id == submission_file.c.submission_id)
            .where(submission.c.assessment_id == assessment_id)
            .group_by(submission_file.c.submission_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def submitted_file_ids(self, submission_id: int) -> list[int]:
        query = select(submission_file.c.file_id).where(submission_file.c.submission_id == submission_id)
        return list(self._session.execute(query.order_by(submission_file.c.file_id)).scalars())
