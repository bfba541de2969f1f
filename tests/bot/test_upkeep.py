"""What is done once is done by a child process, so that an idle bot does not carry what it imported."""

import os
import subprocess
import sys
from pathlib import Path

from storage.engine import Database, sqlite_url
from storage.migrate import head, revision
from storage.unit_of_work import Store

START = """
import sys
from bot.settings import load
from bot.upkeep import prepare
prepare(load())
print(*sorted({"alembic", "holidays"} & set(sys.modules)))
"""


def prepared(folder: Path) -> str:
    """What a start has imported of the heavy things after the child has ended."""
    settings = {"BOT_MODE": "web", "BOT_DATA_DIR": str(folder)}
    command = [sys.executable, "-c", START]
    return subprocess.run(
        command, env={**os.environ, **settings}, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_first_start_has_tables_and_holidays_and_carries_neither_tool(tmp_path: Path) -> None:
    assert prepared(tmp_path) == ""
    database = Database(sqlite_url(tmp_path / "bot.sqlite3"))
    assert revision(database) == head()
    with Store(database).work() as work:
        assert work.calendar.setting("holidays_read") is not None
    database.close()


def test_what_cannot_be_prepared_is_left_to_the_start(tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite3").write_text("this is no database" * 100, encoding="utf-8")
    assert prepared(tmp_path) == ""


def test_a_start_erases_what_a_dead_process_had_half_written(tmp_path: Path) -> None:
    part = tmp_path / "files" / "aa" / f"{'aa' * 32}.4711.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    os.utime(part, (0, 0))
    prepared(tmp_path)
    assert not part.exists()
