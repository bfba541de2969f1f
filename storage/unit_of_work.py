"""One use case, one transaction: rollback by default, commit on a clean exit, repositories as attributes."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from sqlalchemy.orm import Session

from domain.deliveries import Lane
from domain.turn import SecondWrite, current_turn
from storage.actors import Actors
from storage.addresses import Addresses
from storage.assessments import Assessments
from storage.audit import AuditTrail
from storage.base import mapper
from storage.calendar import Calendar
from storage.chat import ChatThreads
from storage.contests import Contests
from storage.counters import Counters
from storage.deliveries import Deliveries
from storage.engine import Database
from storage.entrances import Entrances
from storage.files import FileRows
from storage.inbox import DeadLetters, record_turn, settled
from storage.lanes import reading
from storage.leadership import Leadership
from storage.notices import Notices
from storage.people import People
from storage.problems import Problems
from storage.reminders import Reminded
from storage.sign_ins import SignIns
from storage.studies import Studies
from storage.unopened import Unopened
from storage.writing import Then


class UnitOfWork:
    """What one use case reads and writes in one transaction. ``afterwards`` are the effects outside the database, which
    follow the commit: leaving the unit of work is not yet the commit, where several share one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.afterwards: list[Then] = []
        self.actors = Actors(session)
        self.addresses = Addresses(session)
        self.assessments = Assessments(session)
        self.audit = AuditTrail(session)
        self.calendar = Calendar(session)
        self.chat = ChatThreads(session)
        self.contests = Contests(session)
        self.counters = Counters(session)
        self.dead_letters = DeadLetters(session)
        self.deliveries = Deliveries(session)
        self.entrances = Entrances(session)
        self.files = FileRows(session)
        self.leadership = Leadership(session)
        self.notices = Notices(session)
        self.people = People(session)
        self.problems = Problems(session)
        self.reminded = Reminded(session)
        self.sign_ins = SignIns(session)
        self.studies = Studies(session)
        self.unopened = Unopened(session)


class Store:
    """Opens units of work. ``on_deliveries`` is called with the lanes of what a commit recorded, from the thread it ran
    in."""

    def __init__(self, database: Database) -> None:
        # By itself it happens at the first query of mapped objects, and what is only looked at is none.
        mapper.configure()
        self._database = database
        self.on_deliveries: Callable[[Collection[Lane]], object] = lambda _lanes: None

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """The transaction of one use case.

        A writing one that runs inside an update takes the update's own rows along: the mark that it was seen and the
        dialogue it changed stand in the same commit as its effect.
        """
        session = reading.get()
        if session is not None:
            # The session is the whole use case's, which may open several units of work one after the other.
            yield UnitOfWork(session)
            return
        turn = current_turn.get()
        if turn is not None and turn.written:
            raise SecondWrite("an update has one writing use case")
        then: list[Then] = []
        with self._database.writing(then=partial(_each_of, then)) as session:
            work = UnitOfWork(session)
            yield work
            if turn is not None:
                session.flush()
                record_turn(session, turn)
                then.append(partial(settled, turn))
            if work.deliveries.recorded:
                then.append(partial(self.on_deliveries, work.deliveries.recorded))
            then += work.afterwards


def _each_of(calls: Iterable[Then]) -> None:
    for call in calls:
        call()


Work = Callable[[], AbstractContextManager[UnitOfWork]]
