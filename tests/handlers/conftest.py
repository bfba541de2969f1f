"""The whole conversation without a network: the real dispatcher and ingest over a recording messenger."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import pytest

from bot.services import Services
from domain.people import Actor
from storage.engine import Database
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.talk import Person, Talk


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Conversations are the same on every database; the one update, one commit path is tested on both elsewhere."""
    return sqlite


@pytest.fixture
def talk(database: Database, store: Store, services: Services, clock: FixedClock) -> Talk:
    return Talk(database, store, services, clock)


@pytest.fixture
def person(talk: Talk, actors: dict[str, Actor]) -> Callable[[str], Person]:
    """A persona of the sample organisation at the keyboard: ``member = person("member")``."""
    return lambda name: talk.person(name, actors[name].person_id)


@dataclass
class Cast:
    """The people of one problem's story, each at a messenger of their own."""

    member: Person
    supervisor: Person
    other_supervisor: Person
    secretary: Person
    owner: Person
    verifier: Person
    bystander: Person
    admin: Person

    async def actor(self, person: Person) -> Actor:
        """Who this is to the use cases."""
        return await person.talk.use(person.talk.services.people.acting, "telegram", person.chat_id, "zh")

    def everybody(self) -> list[Person]:
        return [getattr(self, field.name) for field in fields(self)]


@pytest.fixture
def cast(talk: Talk, store: Store, by_number: Callable[[str], Actor]) -> Cast:
    """The reporter is of the first organ, whose head answers for it; the second organ's head verifies."""
    numbers = {
        "member": "B003",
        "supervisor": "A002",
        "other_supervisor": "A003",
        "secretary": "B002",
        "owner": "B001",
        "verifier": "C001",
        "bystander": "C003",
        "admin": "A001",
    }
    people = {name: talk.person(name, by_number(number).person_id) for name, number in numbers.items()}
    with store.work() as work:
        for person in people.values():
            account = work.people.account("telegram", str(person.chat_id))
            assert account is not None
            account.last_used_at = talk.clock.now()
    return Cast(**people)
