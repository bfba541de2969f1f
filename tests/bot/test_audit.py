"""``python -m bot audit`` tells whoever runs the program whether the trail is as it was sealed."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from bot.services import Services
from tests.bot.test_backup import command
from tests.faults.seed import use_cases_over

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def trail(folder: Path) -> None:
    folder.mkdir()
    with use_cases_over(folder, "zh") as services:
        _record(services)


def _record(services: Services) -> None:
    with services.audit._work() as work:
        for number in range(3):
            work.audit.record(LONG_AGO, 7, "problem.assign", str(number))


def test_it_says_how_much_is_sealed_and_names_the_newest_seal(tmp_path: Path) -> None:
    trail(tmp_path / "data")
    with use_cases_over(tmp_path / "data", "zh") as services:
        services.audit.seal()
    told = command(tmp_path / "data", "audit", BOT_MODE="web")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("audit: 3 entries in 1 seals are as they were sealed, 0 newer ones")
    head = told.stdout.strip().rpartition(" ")[2]
    assert command(tmp_path / "data", "audit", "--head", head, BOT_MODE="web").returncode == 0
    other = command(tmp_path / "data", "audit", "--head", "1:00", BOT_MODE="web")
    assert (other.returncode, "does not lead through 1:00" in other.stderr) == (2, True)


def test_a_changed_bit_is_found(tmp_path: Path) -> None:
    trail(tmp_path / "data")
    with use_cases_over(tmp_path / "data", "zh") as services:
        services.audit.seal()
    with sqlite3.connect(tmp_path / "data" / "bot.sqlite3") as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET subject = '3' WHERE subject = '2'")
    told = command(tmp_path / "data", "audit", BOT_MODE="web")
    assert told.returncode == 2
    assert told.stderr.startswith("audit: seal 1, up to entry 3, does not fit")
