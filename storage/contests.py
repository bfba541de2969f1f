"""Question banks, contests, attempts and answers: tables and repository."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Session

from domain.contests import Answer, Attempt, Bank, Contest, Question, QuestionKind
from storage.base import EnumText, FrozenJson, Id, UtcDateTime, insert_once, locked, mapper, metadata
from storage.people import person, unit
from storage.prepared import Prepared

bank = Table(
    "question_bank",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(80), nullable=False),
    Column("created_by_id", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

question = Table(
    "question",
    metadata,
    Column("id", Id, primary_key=True),
    Column("bank_id", BigInteger, ForeignKey("question_bank.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", EnumText(QuestionKind), nullable=False),
    Column("chapter", String(60), nullable=False),
    Column("stem", String(500), nullable=False),
    Column("options", FrozenJson, nullable=False),
    Column("answer", FrozenJson, nullable=False),
    Column("reason", String(500), nullable=False),
    UniqueConstraint("bank_id", "position"),
)

contest = Table(
    "contest",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", String(80), nullable=False),
    Column("bank_id", BigInteger, ForeignKey("question_bank.id"), nullable=False),
    Column("question_count", Integer, nullable=False),
    Column("opens_at", UtcDateTime, nullable=False),
    Column("closes_at", UtcDateTime, nullable=False, index=True),
    Column("minutes", Integer),
    Column("practice", Boolean, nullable=False),
    Column("unit_id", BigInteger, ForeignKey("unit.id")),
    Column("created_by_id", BigInteger, ForeignKey("person.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    Column("told_up_to", BigInteger, nullable=False),
    Column("told_at", UtcDateTime),
    Column("results_told_up_to", BigInteger, nullable=False),
    Column("results_told_at", UtcDateTime),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contest_id", BigInteger, ForeignKey("contest.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("seed", BigInteger, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime),
    UniqueConstraint("contest_id", "person_id"),
)

answer = Table(
    "answer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("attempt_id", BigInteger, ForeignKey("attempt.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("question_id", BigInteger, ForeignKey("question.id"), nullable=False),
    Column("chosen", FrozenJson, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("attempt_id", "position"),
)

mapper.map_imperatively(Bank, bank)
mapper.map_imperatively(Question, question)
mapper.map_imperatively(Contest, contest)
mapper.map_imperatively(Attempt, attempt)
mapper.map_imperatively(Answer, answer)

# What is asked with every answer is built once.
_CONTEST = Prepared(select(contest).where(contest.c.id == bindparam("contest")))
_OWN = (attempt.c.contest_id == bindparam("contest")) & (attempt.c.person_id == bindparam("person"))
_ATTEMPT = Prepared(select(attempt).where(_OWN))
_TAKEN = locked(select(Attempt).where(_OWN))
_QUESTION_IDS = Prepared(select(question.c.id).where(question.c.bank_id == bindparam("bank")))
_ANSWERS = select(Answer).where(answer.c.attempt_id == bindparam("attempt"))
_ANSWERED = tuple(column.name for column in answer.columns if column.name != "id")
_ANSWER = Prepared(insert(answer), _ANSWERED)


@cache
def _questions(size: int) -> Prepared:
    """So many: one or two with an answer, all of a paper with its review."""
    return Prepared(select(question).where(question.c.id.in_([bindparam(f"at{place}") for place in range(size)])))


class Contests:
    def __init__(self, session: Session) -> None:
        self._session = session

    # Banks

    def add_bank(self, entity: Bank, questions: Iterable[Question]) -> Bank:
        """Keep a bank with its questions, which belong to it from here on."""
        self._session.add(entity)
        self._session.flush()
        names = [column.name for column in question.columns if column.name not in {"id", "bank_id"}]
        rows = [{"bank_id": entity.id, **{name: getattr(one, name) for name in names}} for one in questions]
        self._session.execute(insert(question), rows)
        return entity

    def bank(self, bank_id: int) -> Bank | None:
        return self._session.get(Bank, bank_id)

    def banks(self) -> list[tuple[Bank, int]]:
        """All banks with how many questions each has, the newest first."""
        count = select(func.count()).where(question.c.bank_id == bank.c.id).scalar_subquery()
        return [(found, size) for found, size in self._session.execute(select(Bank, count).order_by(bank.c.id.desc()))]

    def size_of(self, bank_id: int) -> int:
        query = select(func.count()).select_from(question).where(question.c.bank_id == bank_id)
        return int(self._session.execute(query).scalar_one())

    def question_ids(self, bank_id: int) -> list[int]:
        return _QUESTION_IDS.scalars(self._session, bank=bank_id)

    def questions(self, ids: Sequence[int]) -> list[Question]:
        """These questions in this order, to be looked at."""
        if not ids:
            return []
        places = {f"at{place}": question_id for place, question_id in enumerate(ids)}
        found = {one.id: one for one in _questions(len(ids)).entities(self._session, Question, **places)}
        return [found[question_id] for question_id in ids]

    # Contests

    def add(self, entity: Contest) -> Contest:
        self._session.add(entity)
        self._session.flush()
        return entity

    def find(self, contest_id: int) -> Contest | None:
        """To be looked at; whoever changes it takes it."""
        return next(iter(_CONTEST.entities(self._session, Contest, contest=contest_id)), None)

    def take(self, contest_id: int) -> Contest | None:
        """The contest, locked until the commit."""
        query = locked(select(Contest).where(contest.c.id == contest_id))
        return self._session.scalars(query).first()

    def remove(self, entity: Contest) -> None:
        self._session.delete(entity)
        self._session.flush()

    def newest(self, limit: int) -> list[Contest]:
        return list(self._session.scalars(select(Contest).order_by(contest.c.id.desc()).limit(limit)))

    def running_since(self, first: datetime, now: datetime) -> list[Contest]:
        """Contests that have opened, and close after ``first``, in the order in which they close."""
        query = select(Contest).where(contest.c.opens_at <= now, contest.c.closes_at > first)
        return list(self._session.scalars(query.order_by(contest.c.closes_at, contest.c.id)))

    def edges(self, now: datetime) -> list[datetime]:
        """When contests open and close from now on."""
        query = select(contest.c.opens_at, contest.c.closes_at).where(contest.c.closes_at > now)
        return [at for row in self._session.execute(query) for at in row if at > now]

    def untold(self, now: datetime) -> list[int]:
        """Contests that are open and of which somebody has not been told."""
        query = select(contest.c.id).where(contest.c.told_at.is_(None), contest.c.opens_at <= now)
        return list(self._session.execute(query.where(contest.c.closes_at > now).order_by(contest.c.id)).scalars())

    def people_to_tell(self, contest_id: int, path: str, person_id: int, limit: int) -> list[int]:
        """The next people in the unit with this path and below it who have not begun, in the order of their numbers."""
        begun = exists().where(attempt.c.contest_id == contest_id, attempt.c.person_id == person.c.id)
        query = (
            select(person.c.id)
            .join(unit, unit.c.id == person.c.unit_id)
            .where(unit.c.path.startswith(path), person.c.left_at.is_(None), person.c.id > person_id, ~begun)
            .order_by(person.c.id)
        )
        return list(self._session.execute(query.limit(limit)).scalars())

    def results_untold(self, now: datetime) -> list[int]:
        """Contests that are over and of which somebody who took part has not been told the result. In a practice round
        nobody waits for it."""
        query = select(contest.c.id).where(contest.c.results_told_at.is_(None), contest.c.closes_at <= now)
        return list(self._session.execute(query.where(~contest.c.practice).order_by(contest.c.id)).scalars())

    def took_part_after(self, contest_id: int, person_id: int, limit: int) -> list[int]:
        """The next people who took part and are still here, in the order of their numbers."""
        query = (
            select(attempt.c.person_id)
            .join(person, person.c.id == attempt.c.person_id)
            .where(attempt.c.contest_id == contest_id, attempt.c.person_id > person_id, person.c.left_at.is_(None))
            .order_by(attempt.c.person_id)
        )
        return list(self._session.execute(query.limit(limit)).scalars())

    # Attempts

    def attempt(self, contest_id: int, person_id: int) -> Attempt | None:
        """To be looked at; whoever changes it takes it."""
        found = _ATTEMPT.entities(self._session, Attempt, contest=contest_id, person=person_id)
        return next(iter(found), None)

    def attempts_of(self, person_id: int, contest_ids: Collection[int]) -> dict[int, Attempt]:
        """One person's attempts at these contests."""
        query = select(Attempt).where(attempt.c.person_id == person_id, attempt.c.contest_id.in_(list(contest_ids)))
        return {found.contest_id: found for found in self._session.scalars(query)}

    def take_attempt(self, contest_id: int, person_id: int) -> Attempt | None:
        """A person's attempt, locked until the commit: whatever changes it or its answers begins here."""
        return self._session.scalars(_TAKEN, {"contest": contest_id, "person": person_id}).first()

    def begin(self, contest_id: int, person_id: int, seed: int, now: datetime) -> bool:
        """Begin an attempt, unless there is one. Gives back whether it is new."""
        row = {
            "contest_id": contest_id,
            "person_id": person_id,
            "seed": seed,
            "started_at": now,
            "submitted_at": None,
        }
        return insert_once(self._session, attempt, [row]) == 1

    def answers(self, attempt_id: int) -> dict[int, Answer]:
        """The answers of an attempt by their places."""
        return {found.position: found for found in self._session.scalars(_ANSWERS, {"attempt": attempt_id})}

    def drop_answers(self, attempt_id: int) -> None:
        self._session.execute(delete(answer).where(answer.c.attempt_id == attempt_id))

    def keep_answer(self, entity: Answer) -> None:
        """The first answer to a question. It is written at once; who changes it afterwards reads it first."""
        _ANSWER.change(self._session, **{name: getattr(entity, name) for name in _ANSWERED})

    def tally(self, contest_id: int) -> dict[int, int]:
        """How many right answers each person who took part has."""
        right = func.coalesce(func.sum(case((answer.c.right, 1), else_=0)), 0)
        query = (
            select(attempt.c.person_id, right)
            .select_from(attempt.outerjoin(answer, answer.c.attempt_id == attempt.c.id))
            .where(attempt.c.contest_id == contest_id)
            .group_by(attempt.c.person_id)
        )
        return {person_id: int(count) for person_id, count in self._session.execute(query)}

    def count_attempts(self, contest_id: int) -> int:
        query = select(func.count()).select_from(attempt).where(attempt.c.contest_id == contest_id)
        return int(self._session.execute(query).scalar_one())
