"""What every test may ask for: a clock, a database of either kind with the migrated schema, the use cases over it, and
an organisation."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import deferral

deferral.install()

import storage.tables  # noqa: E402 - aiogram is imported on the way, after the deferral
from bot import logs  # noqa: E402
from bot import services as use_cases  # noqa: E402
from bot.services import Services  # noqa: E402
from domain.people import Actor  # noqa: E402
from storage.base import metadata  # noqa: E402
from storage.engine import Database, sqlite_url  # noqa: E402
from storage.files import FileStore  # noqa: E402
from storage.migrate import migrate  # noqa: E402
from storage.unit_of_work import Store  # noqa: E402
from tests import sample  # noqa: E402
from tests.postgres import own_migrated_database  # noqa: E402

assert storage.tables is not None
logs.set_up()

GUARDED = ("audit", "audit_seal")
EMPTY = "; ".join(
    [
        *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in GUARDED),
        *(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)),  # noqa: S608 - our tables
        *(f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in GUARDED),
        "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, start_value, false)"
        " FROM pg_sequences WHERE last_value IS NOT NULL",
    ]
)
"""A PostgreSQL database without rows, which numbers them from the start again."""

ZONE = ZoneInfo("Asia/Shanghai")
# A Monday in term time, 10:00 in the organisation's zone.
MONDAY = datetime(2030, 5, 13, 2, 0, tzinfo=UTC)


LONG = ("tests/test_image", "tests/browser/", "tests/faults/", "tests/bot/test_demo", "tests/handlers/test_demo")
"""The files that take longest, whatever the number of their tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


class FixedClock:
    """Time stands still until a test moves it."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **delta: float) -> datetime:
        self.at += timedelta(**delta)
        return self.at

    def set_local(self, text: str) -> datetime:
        """Set the organisation's wall clock: ``2030-05-14 08:30``."""
        self.at = datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)
        return self.at


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "bot.sqlite3"
    database = Database(sqlite_url(path))
    migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_database() -> Iterator[str]:
    """A migrated PostgreSQL database of this run's own, dropped at its end."""
    with own_migrated_database() as url:
        yield url


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "bot.sqlite3"
    shutil.copy(sqlite_template, path)
    database = Database(sqlite_url(path))
    yield database
    database.close()


@pytest.fixture
def postgres(postgres_database: str) -> Iterator[Database]:
    database = Database(postgres_database)
    with database.engine.begin() as connection:
        # Few rows are deleted forty times as fast as all these tables are truncated.
        connection.exec_driver_sql(EMPTY)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """Each kind of database in turn."""
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)


@pytest.fixture
def services(store: Store, clock: FixedClock, tmp_path: Path) -> Services:
    return use_cases.build(store.work, clock, ZONE, "zh", FileStore(tmp_path / "files"))


@pytest.fixture
def actors(services: Services) -> dict[str, Actor]:
    """The sample organisation, and who its personas are: guest, member, secretary, supervisor, point-officer, admin."""
    accounts = services.people.found(sample.organisation("zh"))
    return {name: services.people.acting("web", account, "zh") for name, account in accounts.items()}


@pytest.fixture
def by_number(services: Services, actors: dict[str, Actor], store: Store) -> Callable[[str], Actor]:
    """Anybody of the sample organisation by staff number, as if they acted."""

    def find(staff_number: str) -> Actor:
        with store.work() as work:
            person = work.people.person_by_staff_number(staff_number)
            assert person is not None
            return work.actors.of(person.id)

    return find
