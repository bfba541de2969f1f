"""A backup beside a running bot, brought back into any database; and what was due then is not sent again unasked."""

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot import services as use_cases
from domain.deliveries import Delivery, DeliveryState, Lane
from domain.files import FileKind
from domain.people import Person
from services.clock import SystemClock
from storage.copying import NotTheSame, copy_rows
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests import sample
from tests.conftest import ZONE
from tests.faults.page import Page
from tests.faults.running import Running
from tests.postgres import own_database

MINUTES = b"%PDF-1.4 minutes of a meeting"


def command(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    environment = {**inherited, "BOT_MODE": "web", "BOT_DATA_DIR": str(folder), **settings}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments], env=environment, capture_output=True, text=True, timeout=120
    )


def an_organisation(folder: Path) -> None:
    """People, a file, and a message that was due a while ago."""
    folder.mkdir(parents=True)
    database = Database(sqlite_url(folder / "bot.sqlite3"))
    migrate(database)
    files, clock = FileStore(folder / "files"), SystemClock()
    services = use_cases.build(Store(database).work, clock, ZONE, "zh", files)
    services.people.found(sample.organisation("zh"))
    services.files.keep(services.files.prepare(FileKind.DOCUMENT, MINUTES))
    now = clock.now()
    with Store(database).work() as work:
        person = work.people.person_by_staff_number("B003")
        assert person is not None
        for number, late in enumerate((timedelta(hours=1), timedelta(days=-1))):
            work.deliveries.record(
                Delivery(f"k{number}", "joined", Lane.FACTS, {"v": 1}, now - late, now - late, person_id=person.id)
            )
    database.close()


def states(folder: Path) -> list[DeliveryState]:
    database = Database(sqlite_url(folder / "bot.sqlite3"))
    try:
        with Store(database).work() as work:
            return [row.state for key in ("k0", "k1") if (row := work.deliveries.by_key(key)) is not None]
    finally:
        database.close()


def test_a_backup_comes_back_whole_and_what_was_due_is_held(tmp_path: Path) -> None:
    there, here, archive = tmp_path / "there", tmp_path / "here", tmp_path / "backup.tar"
    an_organisation(there)
    made = command(there, "backup", str(archive))
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.endswith("1 files\n")
    came = command(here, "restore", str(archive))
    assert (came.returncode, came.stderr) == (0, "")
    assert "1 messages that were due are held: see /health" in came.stdout
    assert states(here) == [DeliveryState.HELD, DeliveryState.PENDING]
    [kept] = (here / "files").glob("*/*")
    assert kept.read_bytes() == MINUTES
    again = command(here, "restore", str(archive))
    assert again.returncode == 2
    assert "there are people in the database already" in again.stderr
    assert command(there, "backup", str(archive)).stderr.endswith("exists already: name another file\n")


@pytest.mark.parametrize("spoilt", ["nothing", "rows", "file"])
def test_what_is_no_backup_or_a_damaged_one_is_refused_and_leaves_no_people(tmp_path: Path, spoilt: str) -> None:
    there, here, archive = tmp_path / "there", tmp_path / "here", tmp_path / "backup.tar"
    an_organisation(there)
    command(there, "backup", str(archive))
    data = archive.read_bytes()
    if spoilt == "nothing":
        archive.write_bytes(b"no archive")
    elif spoilt == "rows":
        archive.write_bytes(data[:20_000])
    else:
        archive.write_bytes(data.replace(MINUTES, MINUTES.upper()))
    came = command(here, "restore", str(archive))
    assert came.returncode == 2
    assert "damaged" in came.stderr
    database = Database(sqlite_url(here / "bot.sqlite3"))
    with Store(database).work() as work:
        assert work.people.everybody() == []
    database.close()


@pytest.mark.postgres
def test_the_way_to_postgresql_is_the_same_and_numbers_go_on_from_there(tmp_path: Path) -> None:
    there, archive = tmp_path / "there", tmp_path / "backup.tar"
    an_organisation(there)
    command(there, "backup", str(archive))
    with own_database() as url:
        came = command(tmp_path / "here", "restore", str(archive), BOT_DATABASE_URL=url)
        assert (came.returncode, came.stderr) == (0, "")
        one, other = Database(sqlite_url(there / "bot.sqlite3")), Database(url)
        with Store(one).work() as before, Store(other).work() as after:
            people = [[(p.id, p.name, p.unit_id) for p in work.people.everybody()] for work in (before, after)]
            assert people[0] == people[1]
        with Store(other).work() as work:
            newcomer = work.people.add_person(Person("新人", "Z001", people[1][0][2]))
            assert newcomer.id > max(number for number, _, _ in people[1])
        one.close()
        other.close()


async def test_it_is_made_beside_a_running_bot_and_its_copy_knows_what_was_said(tmp_path: Path) -> None:
    bot, archive = Running(tmp_path / "one"), tmp_path / "backup.tar"
    await bot.start()
    member = Page(bot.url, "member")
    assert await member.say("/help")
    made = await asyncio.to_thread(command, tmp_path / "one" / "data", "backup", str(archive), BOT_MODE="demo")
    assert made.returncode == 0, made.stderr
    assert await member.say("/menu")
    await bot.stop()
    assert command(tmp_path / "two" / "data", "restore", str(archive), BOT_MODE="demo").returncode == 0
    copy = Running(tmp_path / "two")
    await copy.start()
    assert await Page(copy.url, "member").sees("/help")
    await copy.stop()


def test_a_copy_that_differs_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation(tmp_path / "there")
    source, target = (
        Database(sqlite_url(tmp_path / "there" / "bot.sqlite3")),
        Database(sqlite_url(tmp_path / "copy.sqlite3")),
    )
    migrate(target)
    monkeypatch.setattr("storage.copying._count_on", _spoil)
    with pytest.raises(NotTheSame, match="person"):
        copy_rows(source, target)
    with Store(target).work() as work:
        assert work.people.everybody() == []
    source.close()
    target.close()


def _spoil(writing: Connection, table: object) -> None:
    if str(table) == "person":
        writing.exec_driver_sql("UPDATE person SET name = 'x' WHERE id = 1")
