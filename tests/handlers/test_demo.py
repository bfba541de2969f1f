"""Every menu entry of every persona of the demo has something on its screen, in both languages, and names no year."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import services as use_cases
from bot.demo.filling import Filling
from bot.demo.living import live
from bot.demo.past import Past
from bot.services import Services
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests.conftest import ZONE, FixedClock
from tests.talk import TEXTS, Talk
from views.home import commands_of

YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
DATED = re.compile(r"[A-Z]{2}-\d{4}-\d{6}|\d{4}-\d\d-\d\d|\d{4}年\d+月|[A-Z][a-z]{2,8} \d{4}")
"""Where a year may stand: in a number and in a date."""

PERSONAS = ("guest", "member", "accountable", "secretary", "point-officer", "supervisor", "admin")


@pytest.fixture(scope="module", params=["zh", "en"])
def talk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    folder: Path = tmp_path_factory.mktemp("campaign")
    database = Database(sqlite_url(folder / "bot.sqlite3"))
    migrate(database)
    store, clock, files = Store(database), FixedClock(), FileStore(folder / "files")
    services: Services = use_cases.build(store.work, clock, ZONE, request.param, files)
    filling = Filling(folder, store, clock, request.param)
    filling.found(services.people)
    past = Past(store, files, ZONE, request.param, filling.began_at())
    for _ in live(filling, past, request.param):
        pass
    yield Talk(database, store, services, clock, language=request.param)
    database.close()


@pytest.mark.parametrize("name", PERSONAS)
async def test_no_screen_is_empty(talk: Talk, name: str) -> None:
    account = talk.services.people.personas()[name]
    actor = talk.services.people.acting("web", account, talk.language)
    persona = talk.person(name, actor.person_id)
    persona.language_code = talk.language
    t = TEXTS.translator(talk.language, ZONE)
    empty = {
        t.plain(text) for text in TEXTS.ids(talk.language) if text.endswith("-empty") and not text.startswith("refusal")
    }
    empty.add(t.plain("menu-nothing-waits"))
    for command in commands_of(actor):
        before = len(persona.messages())
        await persona.says("/cancel")
        await persona.says(f"/{command}")
        assert len(persona.messages()) >= before + 2, command
        assert persona.text().splitlines()[0] not in empty, command
        assert not YEAR.search(DATED.sub("", persona.text() + "\n".join(persona.buttons()))), persona.text()
