"""Problems: tables and repository."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from domain.files import File
from domain.problems import Action, Attachment, Concerns, Event, Level, Measure, Problem, State
from storage.base import EnumText, Id, UtcDateTime, insert_once, locked, mapper, metadata
from storage.files import file
from storage.people import unit
from storage.prepared import Prepared

problem = Table(
    "problem",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("level", EnumText(Level), nullable=False),
    Column("category", String(40), nullable=False),
    Column("concerns", EnumText(Concerns), nullable=False),
    Column("concerned_unit_id", BigInteger, ForeignKey("unit.id")),
    Column("text", Text, nullable=False),
    Column("source", String(200), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("reporter_id", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    Column("reporter_unit_id", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", EnumText(State), nullable=False),
    Column("version", Integer, nullable=False),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), index=True),
    Column("accountable_id", BigInteger, ForeignKey("person.id"), index=True),
    Column("verifier_id", BigInteger, ForeignKey("person.id"), index=True),
    Column("deadline", UtcDateTime),
    Column("assigned_at", UtcDateTime),
    Column("returns", Integer, nullable=False),
    Column("reason", String(500), nullable=False),
    Column("moved_by_id", BigInteger),
    Column("moved_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("struck_at", UtcDateTime),
    Index("ix_problem_state_deadline", "state", "deadline"),
)

measure = Table(
    "measure",
    metadata,
    Column("id", Id, primary_key=True),
    Column("problem_id", BigInteger, ForeignKey("problem.id"), nullable=False, index=True),
    Column("text", String(1000), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by_id", BigInteger, nullable=False),
    Column("done_at", UtcDateTime),
    Column("done_by_id", BigInteger),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", Id, primary_key=True),
    Column("problem_id", BigInteger, ForeignKey("problem.id"), nullable=False, index=True),
    Column("measure_id", BigInteger, ForeignKey("measure.id")),
    Column("file_id", BigInteger, ForeignKey("file.id")),
    Column("text", String(2000), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by_id", BigInteger, nullable=False),
)

helper = Table(
    "problem_helper",
    metadata,
    Column("problem_id", BigInteger, ForeignKey("problem.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("person.id"), nullable=False, index=True),
    PrimaryKeyConstraint("problem_id", "person_id"),
)

event = Table(
    "problem_event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("problem_id", BigInteger, ForeignKey("problem.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("action", String(40), nullable=False),
    Column("state", EnumText(State), nullable=False),
    Column("person_id", BigInteger),
    Column("part", String(20), nullable=False),
    Column("note", String(1000), nullable=False),
    Column("before", UtcDateTime),
    Column("after", UtcDateTime),
)

mapper.map_imperatively(Problem, problem)
mapper.map_imperatively(Measure, measure)
mapper.map_imperatively(Attachment, attachment)
mapper.map_imperatively(Event, event)


# What is asked with nearly every message is built once.
@cache
def _concerning(states: frozenset[State]) -> Prepared:
    """Its states stand one by one, for a list of any length cannot be made ready."""
    return Prepared(
        select(problem)
        .where(or_(problem.c.accountable_id == bindparam("person"), problem.c.verifier_id == bindparam("person")))
        .where(problem.c.state.in_([literal(state, problem.c.state.type) for state in sorted(states)]))
        .order_by(problem.c.deadline, problem.c.id)
    )


_OF_REPORTER = Prepared(
    select(problem)
    .where(problem.c.reporter_id == bindparam("person"))
    .order_by(problem.c.id.desc())
    .limit(bindparam("limit"))
)
_HELPED = Prepared(select(helper.c.problem_id).where(helper.c.person_id == bindparam("person")))
_AMONG = select(Problem).where(problem.c.id.in_(bindparam("ids", expanding=True))).order_by(problem.c.id)

_FILED = tuple(column.name for column in problem.columns if column.name != "id")
_FILE = Prepared(insert(problem).returning(problem.c.id), _FILED)
_NOTED = tuple(column.name for column in event.columns if column.name != "id")
_NOTE = Prepared(insert(event), _NOTED)


class Problems:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entity: Problem) -> Problem:
        """Write down a problem and fill in its id. The session does not follow it: who changes it takes it."""
        row = {name: getattr(entity, name) for name in _FILED}
        entity.id = int(_FILE.first(self._session, **row).id)
        return entity

    def find(self, problem_id: int) -> Problem | None:
        return self._session.get(Problem, problem_id)

    def find_by_number(self, number: str) -> Problem | None:
        return self._session.scalars(select(Problem).where(problem.c.number == number)).first()

    def take(self, problem_id: int) -> Problem | None:
        """The problem, locked until the commit: a use case that changes it begins here."""
        return self._session.scalars(locked(select(Problem).where(problem.c.id == problem_id))).first()

    def in_states(self, states: Collection[State]) -> list[Problem]:
        """Problems in these states, the oldest first."""
        query = select(Problem).where(problem.c.state.in_(list(states))).order_by(problem.c.created_at, problem.c.id)
        return list(self._session.scalars(query))

    def of_reporter(self, person_id: int, limit: int = 50) -> list[Problem]:
        """What somebody reported, the newest first, to be looked at."""
        return _OF_REPORTER.entities(self._session, Problem, person=person_id, limit=limit)

    def entered_by_unit(self, path: str, limit: int = 50) -> list[Problem]:
        """Opinions that people of this unit entered, the newest first."""
        query = (
            select(Problem)
            .join(unit, unit.c.id == problem.c.reporter_unit_id)
            .where(unit.c.path.startswith(path), problem.c.source != "")
            .order_by(problem.c.id.desc())
            .limit(limit)
        )
        return list(self._session.scalars(query))

    def concerning(self, person_id: int, states: Collection[State]) -> list[Problem]:
        """What a person is accountable for or verifies, by deadline, to be looked at."""
        return _concerning(frozenset(states)).entities(self._session, Problem, person=person_id)

    def of_units(self, path: str, states: Collection[State]) -> list[Problem]:
        """What is assigned to the unit with this path or to one below it, by deadline."""
        query = (
            select(Problem)
            .join(unit, unit.c.id == problem.c.unit_id)
            .where(unit.c.path.startswith(path), problem.c.state.in_(list(states)))
            .order_by(problem.c.deadline, problem.c.id)
        )
        return list(self._session.scalars(query))

    def due_between(self, first: datetime, last: datetime, states: Collection[State]) -> list[Problem]:
        query = select(Problem).where(problem.c.state.in_(list(states)), problem.c.deadline.between(first, last))
        return list(self._session.scalars(query.order_by(problem.c.deadline, problem.c.id)))

    def counted(self) -> dict[State, int]:
        """How many there are in each state that some are in."""
        query = select(problem.c.state, func.count()).group_by(problem.c.state)
        return dict(self._session.execute(query).all())

    def count_late(self, now: datetime, states: Collection[State]) -> int:
        query = select(func.count()).where(problem.c.state.in_(list(states)), problem.c.deadline < now)
        return self._session.scalar(query) or 0

    # Measures, files, timeline

    def add_measure(self, entity: Measure) -> Measure:
        self._session.add(entity)
        self._session.flush()
        return entity

    def measures(self, problem_id: int) -> list[Measure]:
        query = select(Measure).where(measure.c.problem_id == problem_id).order_by(measure.c.id)
        return list(self._session.scalars(query))

    def attach(self, entity: Attachment) -> None:
        self._session.add(entity)
        self._session.flush()

    def attachments(self, problem_id: int) -> list[tuple[Attachment, File]]:
        query = (
            select(Attachment, File)
            .join(file, file.c.id == attachment.c.file_id)
            .where(attachment.c.problem_id == problem_id)
            .order_by(attachment.c.id)
        )
        return [(found, kept) for found, kept in self._session.execute(query)]

    def note(self, entity: Event) -> None:
        """Add a line to the timeline. Nobody changes one, so the session need not follow it."""
        _NOTE.change(self._session, **{name: getattr(entity, name) for name in _NOTED})

    def timeline(self, problem_id: int) -> list[Event]:
        query = select(Event).where(event.c.problem_id == problem_id).order_by(event.c.at, event.c.id)
        return list(self._session.scalars(query))

    def erase_files(self, problem_id: int) -> set[str]:
        """Forget the files of a struck report; gives back the digests of their bytes."""
        pairs = self.attachments(problem_id)
        for found, _ in pairs:
            self._session.delete(found)
        self._session.flush()
        ids = [kept.id for _, kept in pairs]
        used = set(self._session.scalars(select(attachment.c.file_id).where(attachment.c.file_id.in_(ids))))
        for _, kept in pairs:
            if kept.id not in used:
                self._session.delete(kept)
        self._session.flush()
        return {kept.sha256 for _, kept in pairs if kept.sha256}

    def evidence(self, problem_id: int) -> list[Attachment]:
        """What shows that measures were done, files and words alike, in the order it came."""
        query = select(Attachment).where(attachment.c.problem_id == problem_id, attachment.c.measure_id.is_not(None))
        return list(self._session.scalars(query.order_by(attachment.c.id)))

    # Who takes part

    def add_helper(self, problem_id: int, person_id: int) -> bool:
        """Whether the helper is new."""
        return insert_once(self._session, helper, [{"problem_id": problem_id, "person_id": person_id}]) == 1

    def helped_by(self, person_id: int) -> list[Problem]:
        """The problems somebody helps with; most people help with none, which plain numbers tell sooner."""
        ids = _HELPED.scalars(self._session, person=person_id)
        return list(self._session.scalars(_AMONG, {"ids": ids})) if ids else []

    def helpers(self, problem_id: int) -> frozenset[int]:
        return frozenset(self._session.scalars(select(helper.c.person_id).where(helper.c.problem_id == problem_id)))

    def picked_by(self, person_id: int) -> tuple[list[int], list[int]]:
        """Whom somebody lately made accountable, and whom verifier, the last first, each once."""
        query = (
            select(problem.c.accountable_id, problem.c.verifier_id)
            .join(event, event.c.problem_id == problem.c.id)
            .where(event.c.person_id == person_id, event.c.action == Action.ASSIGN)
            .order_by(event.c.id.desc())
            .limit(50)
        )
        rows = self._session.execute(query).all()
        accountable = dict.fromkeys(row.accountable_id for row in rows if row.accountable_id is not None)
        verifiers = dict.fromkeys(row.verifier_id for row in rows if row.verifier_id is not None)
        return list(accountable), list(verifiers)

    def extensions(self, problem_id: int) -> int:
        """How often the deadline was put off; moved to an earlier day is not."""
        moved = (event.c.problem_id == problem_id) & (event.c.action == Action.MOVE_DEADLINE)
        query = select(func.count()).where(moved, event.c.after > event.c.before)
        return self._session.scalar(query) or 0

    def last(self, problem_id: int, action: Action) -> Event | None:
        """The newest step of this kind."""
        query = select(Event).where(event.c.problem_id == problem_id, event.c.action == action)
        return self._session.scalars(query.order_by(event.c.id.desc()).limit(1)).first()
