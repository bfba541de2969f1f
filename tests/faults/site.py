"""A whole installation for real: a database with the sample organisation, a bot process on it, a Bot API server."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from bot import services as use_cases
from domain.problems import Concerns, Level, Problem, State
from services.clock import SystemClock
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store, UnitOfWork
from tests import machine, sample
from tests.faults.botapi.people import Person
from tests.faults.botapi.server import BotApi
from tests.faults.running import Running

ZONE = ZoneInfo("Asia/Shanghai")
SECRET = "s3cret-of-the-tests-with-32-characters"
PEOPLE = {"member": "B003", "secretary": "B002", "supervisor": "A002", "admin": "A001", "point-officer": "P001"}
STARTS = "2030-05-13 10:00"
"""The wall clock at the start, a Monday in working hours, whatever day the tests run on."""


class Site:
    """``transport`` is polling or webhook; ``database_url`` None means an SQLite file in the folder."""

    def __init__(self, folder: Path, api: BotApi, transport: str, database_url: str | None) -> None:
        self.api = api
        self._offset = folder / "offset"
        self._data = folder / "data"
        self._database_url = database_url
        folder.mkdir(parents=True, exist_ok=True)
        self.set_clock(STARTS)
        self._transport = transport
        self._folder = folder
        self.bot = self.process("bot")
        self._accounts: dict[str, int] = {}

    def process(self, name: str, **settings: str) -> Running:
        """A process of the program on this installation's data; on PostgreSQL there may be several."""
        bot = Running(
            self._folder / name,
            BOT_MODE=self._transport,
            BOT_TOKEN=self.api.token,
            BOT_API_URL=self.api.url,
            BOT_CLOCK_OFFSET_FILE=str(self._offset),
            BOT_DATA_DIR=str(self._data),
            **({"BOT_DATABASE_URL": self._database_url} if self._database_url else {}),
            **settings,
        )
        if self._transport == "webhook":
            bot.set_up(BOT_WEBHOOK_URL=bot.url, BOT_WEBHOOK_SECRET=SECRET)
        return bot

    async def start(self, failpoint: str = "") -> None:
        await self.bot.start(failpoint)

    def found(self) -> None:
        """Lay out the organisation and let everybody have a Telegram account."""
        with self.store() as store:
            clock = SystemClock(self._offset)
            files = FileStore(self._data / "files")
            use_cases.build(store.work, clock, ZONE, "zh", files).people.found(sample.organisation("zh"))
            with store.work() as work:
                for number, staff_number in enumerate(PEOPLE.values(), 9001):
                    person = work.people.person_by_staff_number(staff_number)
                    assert person is not None
                    account = work.people.add_account("telegram", str(number), clock.now(), person.id)
                    # They are written to where they spoke last.
                    account.last_used_at = clock.now()

    def person(self, name: str) -> Person:
        return self.api.person(9001 + list(PEOPLE).index(name), language_code="zh-hans")

    def set_clock(self, local: str) -> None:
        """Set the bot's wall clock, from now on."""
        wanted = datetime.fromisoformat(local).replace(tzinfo=ZONE)
        self._offset.write_text(str((wanted - datetime.now(UTC)).total_seconds()), encoding="utf-8")

    def now(self) -> datetime:
        """What the bot's clock says."""
        return SystemClock(self._offset).now()

    def due(self, staff_number: str, deadline: str) -> str:
        """A problem in rectification that somebody must be done with by then; gives back its number."""
        with self.work() as work:
            person = work.people.person_by_staff_number(staff_number)
            assert person is not None
            at = datetime.fromisoformat(deadline).replace(tzinfo=ZONE)
            problem = Problem(
                number="WT-2030-900001",
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
    def store(self) -> Iterator[Store]:
        url = self._database_url or sqlite_url(self._data / "bot.sqlite3")
        self._data.mkdir(parents=True, exist_ok=True)
        database = Database(url)
        migrate(database)
        try:
            yield Store(database)
        finally:
            database.close()

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        with self.store() as store, store.work() as work:
            yield work


@contextmanager
def postgres_of_its_own() -> Iterator[str]:
    """An empty PostgreSQL database, dropped at the end."""
    server = machine.postgres_url()
    assert server is not None
    name = f"biaoshuai_site_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
