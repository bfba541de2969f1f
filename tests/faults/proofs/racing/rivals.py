"""Many who do something at the same instant, each through the pools of one of several processes."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from types import TracebackType
from typing import Any, Self

from bot import services as use_cases
from bot.services import Services
from domain.errors import DomainError, Outdated
from domain.people import Actor
from storage.engine import Database
from storage.files import FileStore
from storage.unit_of_work import Store
from tests import sample
from tests.conftest import EMPTY, MONDAY, ZONE, FixedClock
from tests.services.problems import Story

MANY = 20
PROCESSES = 3

Answers = Counter[str]


class Crowd:
    def __init__(self, url: str, folder: Path) -> None:
        self.clock = FixedClock()
        self._databases = [Database(url) for _ in range(PROCESSES)]
        self._stores = [Store(database) for database in self._databases]
        files = FileStore(folder / "files")
        self._processes = [use_cases.build(store.work, self.clock, ZONE, "zh", files) for store in self._stores]
        self._threads = ThreadPoolExecutor(MANY)
        self.surprises: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown()
        for database in self._databases:
            database.close()

    @property
    def services(self) -> Services:
        return self._processes[0]

    @property
    def store(self) -> Store:
        return self._stores[0]

    def empty(self) -> None:
        with self._databases[0].engine.begin() as connection:
            connection.exec_driver_sql(EMPTY)

    def begin_anew(self) -> None:
        """The sample organisation, and nothing else."""
        self.empty()
        self.clock.at = MONDAY
        self.surprises.clear()
        self.services.people.found(sample.organisation("zh"))
        self.story = Story(self.services, self.clock, self.by_number)

    def by_number(self, staff_number: str) -> Actor:
        with self.store.work() as work:
            person = work.people.person_by_staff_number(staff_number)
            assert person is not None, staff_number
            return work.actors.of(person.id)

    def at_once(self, attack: Callable[[Services, int], Any], many: int = MANY) -> Answers:
        """What each of them is answered: ``done``, the code of a refusal, or ``outdated`` by whom at which time."""
        together = Barrier(many)

        def one(number: int) -> str:
            together.wait()
            try:
                attack(self._processes[number % PROCESSES], number)
            except Outdated as late:
                return f"outdated by {late.values['by']} at {late.values['at']}"
            except DomainError as error:
                return error.code
            except Exception as error:  # noqa: BLE001 - what nobody expected is an answer too, and a wrong one
                self.surprises.append(type(error).__name__)
                return f"broke by {type(error).__name__}"
            return "done"

        return Counter(self._threads.map(one, range(many)))
