"""The schema: what the migrations make is what the code maps, and every step goes up, down and up again."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import storage.tables
from storage.base import metadata
from storage.engine import Database, sqlite_url
from storage.migrate import MIGRATIONS, head, migrate, revision
from storage.unit_of_work import Store

assert storage.tables is not None


def test_the_migrated_schema_is_the_mapped_one(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_migration_goes_up_down_and_up_again(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "stairs.sqlite3"))
    for path in sorted((MIGRATIONS / "versions").glob("[0-9]*.py")):
        step = path.stem.partition("_")[0]
        migrate(database, step)
        migrate(database, "base")
        migrate(database, step)
        assert revision(database) == step
    assert revision(database) == head()
    database.close()


def test_nothing_is_left_after_the_way_down(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "down.sqlite3"))
    migrate(database)
    migrate(database, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    database.close()


def test_a_database_that_is_up_to_date_is_left_alone(database: Database) -> None:
    assert migrate(database) is False


OLD = "2020-01-01 00:00:00.000000"
CONTEST = (
    "INSERT INTO contest (id, title, bank_id, question_count, opens_at, closes_at, practice, created_by_id, created_at,"
    " told_up_to) VALUES (:id, 'a', 1, 1, :old, :closes, 0, 1, :old, 0)"
)


def test_in_what_was_over_before_results_were_told_nobody_hears_of_them_now(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "old.sqlite3"))
    migrate(database, "0001")
    with database.engine.begin() as connection:
        for row in (
            "unit (id, code, name, kind, position, path) VALUES (1, 'a', 'a', 'office', 0, '/1/')",
            "person (id, name, staff_number, unit_id) VALUES (1, 'a', '1', 1)",
            "question_bank (id, title, created_by_id, created_at) VALUES (1, 'a', 1, :old)",
        ):
            connection.execute(text(f"INSERT INTO {row}"), {"old": OLD} if ":old" in row else {})
        for number, year in ((1, 2020), (2, 2999)):
            closes = f"{year}-01-01 00:00:00.000000"
            connection.execute(text(CONTEST), {"id": number, "old": OLD, "closes": closes})
    migrate(database)
    with Store(database).work() as work:
        contests = [work.contests.find(number) for number in (1, 2)]
    assert [contest is not None and contest.results_told_at is not None for contest in contests] == [True, False]
    database.close()


def test_a_browser_that_was_in_before_sign_ins_were_listed_stays_in(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "old.sqlite3"))
    migrate(database, "0002")
    with database.engine.begin() as connection:
        for row in (
            "account (id, platform, external_id, created_at) VALUES (1, 'web', '1', :old)",
            "page_session (token_hash, account_id, created_at, expires_at) VALUES ('a', 1, :old, '2999-01-01')",
        ):
            connection.execute(text(f"INSERT INTO {row}"), {"old": OLD})
    migrate(database)
    with Store(database).work() as work:
        session = work.sign_ins.find("a")
    assert session is not None
    assert (session.last_used_at, session.device, session.shared) == (session.created_at, "", False)
    database.close()


def test_a_page_that_was_used_before_that_was_written_down_counts_as_open_then(tmp_path: Path) -> None:
    """The first by its browser, the second by what the person said; of the third nothing is known."""
    database = Database(sqlite_url(tmp_path / "old.sqlite3"))
    migrate(database, "0003")
    used = "2021-01-01 00:00:00.000000"
    account = "account (id, platform, external_id, created_at, last_used_at)"
    session = "page_session (token_hash, account_id, created_at, expires_at, last_used_at, device)"
    with database.engine.begin() as connection:
        for row in (
            f"{account} VALUES (1, 'web', '1', :old, NULL), (2, 'web', '2', :old, :used), (3, 'web', '3', :old, NULL)",
            "chat_thread (account_id, seq) VALUES (1, 1), (2, 1), (3, 1)",
            f"{session} VALUES ('a', 1, :old, '2999-01-01', :used, '')",
        ):
            values = {"old": OLD, "used": used}
            connection.execute(text(f"INSERT INTO {row}"), {name: values[name] for name in values if f":{name}" in row})
    migrate(database)
    with database.engine.connect() as connection:
        found = connection.execute(text("SELECT opened_at FROM chat_thread ORDER BY account_id")).scalars().all()
    assert found == [used, used, None]
    database.close()
