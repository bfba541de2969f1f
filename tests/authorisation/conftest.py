"""One organisation with one of everything in it, in which everybody tries everything."""

import copy
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.services import Services
from domain.errors import DomainError
from domain.people import Actor
from storage.engine import Database
from storage.unit_of_work import Store
from tests.authorisation.cast import NUMBERS
from tests.authorisation.things import Thing, Things
from tests.conftest import FixedClock
from tests.talk import Person, Talk
from views import refusals


class Quick(Talk):
    """A talk in which nothing is sent on, and which keeps how each update ended: only that is looked at here."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        [table] = self.dispatcher.sub_routers
        del table.propagate_event

    async def feed(self, update: dict[str, Any], number: int | None = None) -> int:
        number = number or next(self._numbers)
        await self.ingest.take(self.bot, "telegram", {**update, "update_id": number})
        return number


@dataclass(frozen=True)
class Moment:
    """The database and the chats as they once were."""

    kept: sqlite3.Connection
    said: dict[tuple[int, int], dict[str, Any]]


class House:
    """``things`` is what there is; ``people`` who tries it, by column. ``restore`` goes back to what ``keep`` kept."""

    def __init__(self, talk: Talk, things: dict[str, Thing], people: dict[str, Person], database: Database) -> None:
        self.talk = talk
        self.things = things
        self.people = people
        self._live = database
        self.keep()

    def keep(self) -> None:
        self._begin = self.now()

    def restore(self) -> None:
        self.go_to(self._begin)
        self.forget()

    def now(self) -> Moment:
        kept = sqlite3.connect(":memory:")
        with _raw(self._live) as live:
            live.backup(kept)
        return Moment(kept, copy.deepcopy(self.talk.session.messages))

    def go_to(self, moment: Moment) -> None:
        with _raw(self._live) as live:
            moment.kept.backup(live)
        self.talk.session.messages = copy.deepcopy(moment.said)
        self.talk.session.calls.clear()

    def forget(self) -> None:
        """What was said so far."""
        self.talk.session.messages.clear()
        self.talk.session.calls.clear()

    def run(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        with _raw(self._live) as live:
            rows = live.execute(statement, values).fetchall()
            live.commit()
            return rows

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """All there is but the dialogues themselves and the marks of updates."""
        tables = [name for (name,) in self.run("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in tables if name not in {"dialogue", "seen_update", "account"}]
        return {name: self.run(f"SELECT * FROM {name}") for name in kept}  # noqa: S608 - our tables

    def dialogue_of(self, column: str) -> tuple[str, dict[str, Any]] | None:
        """The step at which this person is, and what was filled in."""
        found = "SELECT state, data FROM dialogue WHERE chat_id = :chat AND state IS NOT NULL"
        rows = self.run(found, chat=self.people[column].chat_id)
        return (rows[0][0], json.loads(rows[0][1])) if rows else None


def _raw(database: Database) -> Any:
    class Held:
        def __enter__(self) -> sqlite3.Connection:
            self._lent = database.engine.raw_connection()
            connection: sqlite3.Connection = self._lent.driver_connection  # type: ignore[assignment]
            return connection

        def __exit__(self, *_: object) -> None:
            self._lent.close()

    return Held()


@pytest.fixture
def database(sqlite: Database) -> Database:
    return sqlite


@pytest.fixture
def house(
    database: Database, store: Store, services: Services, clock: FixedClock, by_number: Callable[[str], Actor]
) -> House:
    talk = Quick(database, store, services, clock)
    people = {
        column: talk.person(column, by_number(number).person_id if number is not None else None)
        for column, number in NUMBERS.items()
    }
    return House(talk, Things(services, store, clock, by_number).by_name, people, database)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the refusals as they are said; ``failed`` for what broke."""
    codes: list[str] = []
    say, fail = refusals.refusal, refusals.failed

    def refusal(error: DomainError, t: Any) -> Any:
        codes.append(error.code)
        return say(error, t)

    def failed(t: Any, reference: str) -> Any:
        codes.append("failed")
        return fail(t, reference)

    monkeypatch.setattr(refusals, "refusal", refusal)
    monkeypatch.setattr(refusals, "failed", failed)
    return codes
