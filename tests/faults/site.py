"""A whole installation for real: a database with the sample organisation, a bot process on it, a Bot API server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import services as use_cases
from bot.services import Services
from domain.people import PlannedPerson, RoleKind
from domain.problems import Concerns, Level, Problem, State
from services.clock import SystemClock
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store, UnitOfWork
from tests import sample
from tests.faults.botapi.people import Person
from tests.faults.botapi.server import BotApi
from tests.faults.running import Running

ZONE = ZoneInfo("Asia/Shanghai")
SECRET = "s3cret-of-the-tests-with-32-characters"
PEOPLE = {"member": "B003", "secretary": "B002", "supervisor": "A002", "admin": "A001", "point-officer": "P001"}
FIRST_OF_CROWD = 20001
"""The Telegram number of the first member beyond the sample organisation; each further one has the next."""

STARTS = "2030-05-13 10:00"
"""The wall clock at the start, a Monday in working hours, whatever day the tests run on."""


class Site:
    """``transport`` is polling or webhook; ``database_url`` None means an SQLite file in the folder."""

    def __init__(self, folder: Path, api: BotApi, transport: str, database_url: str | None) -> None:
        self.api = api
        self._offset = folder / "offset"
        self.data = folder / "data"
        self.database_url = database_url
        folder.mkdir(parents=True, exist_ok=True)
        self.set_clock(STARTS)
        self._transport = transport
        self._folder = folder
        self.bot = self.process("bot")

    def process(self, name: str, **settings: str) -> Running:
        """A process of the program on this installation's data; on PostgreSQL there may be several."""
        bot = Running(
            self._folder / name,
            BOT_MODE=self._transport,
            BOT_TOKEN=self.api.token,
            BOT_API_URL=self.api.url,
            BOT_CLOCK_OFFSET_FILE=str(self._offset),
            BOT_DATA_DIR=str(self.data),
            **({"BOT_DATABASE_URL": self.database_url} if self.database_url else {}),
            **settings,
        )
        if self._transport == "webhook":
            bot.set_up(BOT_WEBHOOK_URL=bot.url, BOT_WEBHOOK_SECRET=SECRET)
        return bot

    async def start(self, failpoint: str = "") -> None:
        await self.bot.start(failpoint)

    def found(self, crowd: Sequence[tuple[RoleKind, str]] = ()) -> None:
        """Lay out the organisation and let everybody have a Telegram account. ``crowd`` adds people to the sample, each
        with a role in a unit."""
        plan = sample.organisation("zh")
        added = tuple(
            PlannedPerson(f"群众{place:04}", _staff_number(place), unit, ((role, unit),))
            for place, (role, unit) in enumerate(crowd)
        )
        accounts = {9001 + place: staff_number for place, staff_number in enumerate(PEOPLE.values())}
        accounts |= {FIRST_OF_CROWD + place: person.staff_number for place, person in enumerate(added)}
        with self.store() as store:
            clock = SystemClock(self._offset)
            self._services(store).people.found(replace(plan, people=(*plan.people, *added)))
            with store.work() as work:
                for number, staff_number in accounts.items():
                    self.api.person(number)
                    person = work.people.person_by_staff_number(staff_number)
                    assert person is not None
                    account = work.people.add_account("telegram", str(number), clock.now(), person.id)
                    # They are written to where they spoke last.
                    account.last_used_at = clock.now()

    def one_of_crowd(self, place: int) -> Person:
        return self.api.person(FIRST_OF_CROWD + place)

    def person(self, name: str) -> Person:
        return self.api.person(9001 + list(PEOPLE).index(name), language_code="zh-hans")

    def set_clock(self, local: str) -> None:
        """Set the bot's wall clock, from now on."""
        wanted = datetime.fromisoformat(local).replace(tzinfo=ZONE)
        self._offset.write_text(str((wanted - datetime.now(UTC)).total_seconds()), encoding="utf-8")

    def now(self) -> datetime:
        """What the bot's clock says."""
        return SystemClock(self._offset).now()

    def advance(self, **delta: float) -> None:
        """Move the bot's clock by so much beside the time that passes anyway."""
        ahead = float(self._offset.read_text(encoding="utf-8")) + timedelta(**delta).total_seconds()
        self._offset.write_text(str(ahead), encoding="utf-8")

    def due_for_crowd(self, place: int, deadline: str, number: str) -> str:
        return self.due(_staff_number(place), deadline, number)

    def due(self, staff_number: str, deadline: str, number: str = "WT-2030-900001") -> str:
        """A problem in rectification that somebody must be done with by then; gives back its number."""
        with self.work() as work:
            person = work.people.person_by_staff_number(staff_number)
            assert person is not None
            at = datetime.fromisoformat(deadline).replace(tzinfo=ZONE)
            problem = Problem(
                number=number,
                level=Level.DEPARTMENT,
                category="service",
                concerns=Concerns.UNSURE,
                text="叫号屏顺序错乱",
                reporter_id=person.id,
                reporter_unit_id=person.unit_id,
                created_at=at,
                state=State.IN_PROGRESS,
                unit_id=person.unit_id,
                accountable_id=person.id,
                deadline=at,
            )
            return work.problems.add(problem).number

    def filed(self) -> list[str]:
        with self.work() as work:
            return [problem.number for problem in work.problems.in_states(State)]

    @contextmanager
    def database(self) -> Iterator[Database]:
        self.data.mkdir(parents=True, exist_ok=True)
        database = Database(self.database_url or sqlite_url(self.data / "bot.sqlite3"))
        migrate(database)
        try:
            yield database
        finally:
            database.close()

    @contextmanager
    def store(self) -> Iterator[Store]:
        with self.database() as database:
            yield Store(database)

    @contextmanager
    def services(self) -> Iterator[Services]:
        """What people can do, beside the bot."""
        with self.store() as store:
            yield self._services(store)

    def _services(self, store: Store) -> Services:
        return use_cases.build(store.work, SystemClock(self._offset), ZONE, "zh", FileStore(self.data / "files"))

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        with self.store() as store, store.work() as work:
            yield work


def _staff_number(place: int) -> str:
    return f"M{place:05}"
