"""Every migration down and up under many rows, and a process killed while it migrates: what both schemas can hold is
there unchanged, and starting again ends at the newest."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnClause, Select, column, inspect, select, table

from storage.engine import Database, sqlite_url
from storage.migrate import MIGRATIONS, head, migrate, revision
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.proofs.work.filling import fill
from tests.postgres import own_database

STEPS = sorted(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
RENAMED = {("guesses", "chat"): "key"}
"""Columns by their names of old, and what they are called now."""

ROWS_PER_KILL = 5_000
FEWEST_KILLS = 2

MIGRATE = """
import sys
from bot import failpoints
from storage.engine import Database
from storage.migrate import migrate
url, spec = sys.argv[1:]
if spec:
    failpoints.arm(spec)
print("begun", flush=True)
migrate(Database(url))
"""

Content = dict[tuple[str, str], str]
"""What stands in each column of each table, as a hash."""


@dataclass
class House:
    """A database, and the folder and the variables by which the program finds it."""

    database: Database
    folder: Path
    url: str
    wrong: list[str] = field(default_factory=list)
    compared: set[tuple[str, str]] = field(default_factory=set)

    def content(self) -> Content:
        found = {}
        with self.database.engine.connect() as connection:
            known = inspect(connection)
            for name in sorted(set(known.get_table_names()) - {"alembic_version"}):
                columns = [each["name"] for each in known.get_columns(name)]
                keys: list[ColumnClause[Any]] = [
                    column(key) for key in known.get_pk_constraint(name)["constrained_columns"]
                ]
                seen = [hashlib.sha256() for _ in columns]
                query: Select[*tuple[Any, ...]] = select(*map(column, columns)).select_from(table(name)).order_by(*keys)
                for row in connection.execute(query):
                    for one, value in zip(seen, row, strict=True):
                        one.update(repr(value).encode())
                for each, one in zip(columns, seen, strict=True):
                    found[name, RENAMED.get((name, each), each)] = one.hexdigest()
        return found

    def compare(self, before: Content, when: str) -> Content:
        """What is there now, after it was compared with what was there."""
        now = self.content()
        both = before.keys() & now.keys()
        self.compared |= both
        self.wrong += [f"{when}: {'.'.join(place)}" for place in sorted(both) if before[place] != now[place]]
        return now

    def migrate(self, step: str, before: Content) -> Content:
        migrate(self.database, step)
        return self.compare(before, f"to {step}")

    def start_again(self) -> None:
        """As an installation does it."""
        settings = {"BOT_MODE": "web", "BOT_DATA_DIR": str(self.folder)}
        if not self.database.is_sqlite:
            settings["BOT_DATABASE_URL"] = self.url
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        subprocess.run([sys.executable, "-m", "bot", "migrate"], env={**inherited, **settings}, check=True)


def _proved(n: int, folder: Path, url: str) -> Outcome:
    house, dice = House(Database(url), folder, url), random.Random(n)
    migrate(house.database)
    rows, tables = fill(house.database, n)
    first = house.content()
    lowest = _down(house, first)
    began = time.monotonic()
    newest = _up(house, lowest)
    longest = time.monotonic() - began
    lasting = {place: said for place, said in first.items() if place in lowest}
    house.compare(lasting, "at the end of the stairs")
    kills = max(FEWEST_KILLS, n // ROWS_PER_KILL)
    halfway = sum(_killed(house, newest, number, dice, longest) for number in range(kills))
    house.compare(lasting, "after all kills")
    house.database.close()
    value = (
        f"{rows} rows in {tables} tables, {len(STEPS) - 1} steps down and up, {kills} kills, {halfway} of them "
        f"half-way; {len(house.compared)} columns compared, {len(house.wrong)} changed"
    )
    held = not house.wrong and rows >= n and halfway > 0 and lasting.keys() == lowest.keys()
    return Outcome("; ".join([value, *house.wrong[:3]]), held)


def _down(house: House, content: Content) -> Content:
    for step in reversed(STEPS[:-1]):
        content = house.migrate(step, content)
    return content


def _up(house: House, content: Content) -> Content:
    for step in STEPS[1:]:
        content = house.migrate(step, content)
    return content


def _killed(house: House, newest: Content, number: int, dice: random.Random, longest: float) -> bool:
    """Whether it was killed before it had ended. Every second time that is between two steps for certain."""
    at_any_moment = bool(number % 2)
    older = dice.choice(STEPS[:-1] if at_any_moment else STEPS[:-2])
    content = house.migrate(older, newest)
    left = len(STEPS) - 1 - STEPS.index(older)
    spec = "" if at_any_moment else f"mid_migration:kill:{dice.randint(1, left - 1)}"
    code = _migrating(house, spec, dice.uniform(0, longest))
    at = revision(house.database)
    if at not in {older, head()}:
        house.wrong.append(f"killed on the way from {older} it stands at {at}")
    content = house.compare(content, f"killed on the way from {older}")
    house.start_again()
    if revision(house.database) != head():
        house.wrong.append(f"started again from {older} it ends at {revision(house.database)}")
    house.compare(content, f"started again from {older}")
    return code == -signal.SIGKILL


def _migrating(house: House, spec: str, seconds: float) -> int:
    """Kill a migrating process by its failpoint, or after so many seconds; gives back its exit code."""
    command = [sys.executable, "-c", MIGRATE, house.url, spec]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        if not spec:
            time.sleep(seconds)
            process.kill()
        return process.wait()


def on_sqlite(n: int, folder: Path) -> Outcome:
    return _proved(n, folder, sqlite_url(folder / "bot.sqlite3").render_as_string())


def on_postgres(n: int, folder: Path) -> Outcome:
    with own_database() as url:
        return _proved(n, folder, url)


GOAL = "0 changed; after a kill the schema of before or the newest, after a start the newest"
FEW, MANY = 1_000, 100_000
MIGRATING = (
    Proof("migrations", GOAL, FEW, MANY, on_sqlite),
    Proof("migrations-postgres", GOAL, FEW, MANY, on_postgres, postgres=True),
)
