"""The sample organisation with one of everything in it, and everybody at a messenger, outside of any test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import services as use_cases
from domain.people import Actor
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests import sample
from tests.authorisation.cast import NUMBERS
from tests.authorisation.things import Thing, Things
from tests.conftest import ZONE, FixedClock
from tests.talk import Talk


@dataclass
class Household:
    """``chats`` are those of the people, a guest's first; ``things`` what their buttons are about."""

    talk: Talk
    store: Store
    chats: list[int]
    things: dict[str, Thing]

    def forget(self) -> None:
        """What was said, so that only the bot itself can grow."""
        for kept in (self.talk.session.messages, self.talk.session.calls, self.talk.session.uploads):
            kept.clear()


@contextmanager
def household(folder: Path) -> Iterator[Household]:
    database = Database(sqlite_url(folder / "bot.sqlite3"))
    try:
        migrate(database)
        store, clock = Store(database), FixedClock()
        services = use_cases.build(store.work, clock, ZONE, "zh", FileStore(folder / "files"))
        services.people.found(sample.organisation("zh"))

        def by_number(staff_number: str) -> Actor:
            with store.work() as work:
                person = work.people.person_by_staff_number(staff_number)
                assert person is not None
                return work.actors.of(person.id)

        talk = Talk(database, store, services, clock)
        [table] = talk.dispatcher.sub_routers
        del table.propagate_event
        chats = [
            talk.person(name, by_number(number).person_id if number is not None else None).chat_id
            for name, number in NUMBERS.items()
        ]
        yield Household(talk, store, chats, Things(services, store, clock, by_number).by_name)
        talk.use.close()
    finally:
        database.close()
