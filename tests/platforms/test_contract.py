"""One conversation over every messenger: a command, buttons, an edit in place, typed text, a photo in, a document out,
a button that is out of date."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Dispatcher
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram.utils.formatting import Bold, Text

from domain.messenger import Messenger
from handlers.filters import Chosen, Content, Typed
from handlers.show import Show
from storage.dialogue import Dialogue
from storage.engine import Database
from tests.platforms.stages import STAGES, Stage
from views.actions import Step
from views.screen import Document, Screen, press

NAMING = State("Script:name_text")


@pytest.fixture
def database(sqlite: Database) -> Database:
    return sqlite


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> AsyncIterator[Stage]:
    async with STAGES[request.param](database, tmp_path) as stage:
        await stage.open(script)
        yield stage


def script(messenger: Messenger) -> Dispatcher:
    """A bot small enough to be read at once, and using everything a messenger must be able to do."""
    dispatcher = Dispatcher(storage=Dialogue())

    def show(event: TelegramObject, chat: int) -> Show:
        async def settled() -> None:
            """The script saves nothing before it speaks."""

        return Show(messenger, event, chat, settled)

    async def begin(message: Message, state: FSMContext) -> None:
        await state.set_state(None)
        buttons = [press("Go on", Step(name="go", value="1")), press("Stay", Step(name="stay"))]
        await show(message, message.chat.id)(Screen(Text("Hello, ", Bold("<b>you</b>"))).with_rows(buttons))

    async def go(query: CallbackQuery, state: FSMContext) -> None:
        await state.set_state(NAMING)
        assert query.message is not None
        await show(query, query.message.chat.id)(Screen(Text("What is your name?")))

    async def name(message: Message, text: str, state: FSMContext) -> None:
        await state.set_state(None)
        await show(message, message.chat.id)(Screen(Text("Nice to meet you, ", text)))

    async def thank(message: Message) -> None:
        assert message.photo
        paper = Document("receipt.txt", b"one photo", "text/plain")
        await show(message, message.chat.id)(Screen(Text("Here is a receipt"), document=paper))

    async def stale(query: CallbackQuery) -> None:
        assert query.message is not None
        await show(query, query.message.chat.id).toast(Text("That button is out of date"), alert=True)

    dispatcher["command_words"] = {}
    dispatcher.message.register(begin, Command("start"))
    dispatcher.callback_query.register(go, Chosen("go"))
    dispatcher.message.register(name, StateFilter(NAMING), Typed())
    dispatcher.message.register(thank, Content())
    dispatcher.callback_query.register(stale)
    return dispatcher


async def test_the_whole_conversation(stage: Stage) -> None:
    await stage.says("/start")
    assert await stage.texts() == ["Hello, <b>you</b>"]
    await stage.taps("Go on")
    assert await stage.texts() == ["What is your name?"]
    await stage.says("Anyone <i>")
    assert (await stage.texts())[-1] == "Nice to meet you, Anyone <i>"
    await stage.sends_photo()
    assert (await stage.texts())[-1] == "Here is a receipt"
    assert await stage.documents() == ["receipt.txt"]
    await stage.presses("gone:1")
    assert await stage.toast() == "That button is out of date"


async def test_an_edit_that_changes_nothing_is_no_error(stage: Stage) -> None:
    await stage.says("/start")
    await stage.taps("Go on")
    await stage.presses("step:go:1")
    assert await stage.texts() == ["What is your name?"]
