"""A driver that reads like speech: ``await member.says("/report")``, ``await member.taps("Confirm")``."""

import itertools
import re
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.types import TelegramObject

from bot import dispatcher
from bot.fetcher import Fetcher
from bot.services import Services
from bot.table import Table
from domain.health import Pulse
from domain.pace import Pace
from domain.use import Use
from handlers.speaking import Speaking
from platforms.ingest import Ingest
from platforms.recording import RecordingSession
from schedules.senders import Senders
from storage.engine import Database
from storage.hop import Hop
from storage.inbox import Inbox
from storage.unit_of_work import Store
from tests.conftest import ZONE, FixedClock
from views.texts import Texts

TEXTS = Texts()


class Addresses:
    """Links as a program with a public address hands them out."""

    def page(self, code: str) -> str:
        return f"https://bot.example.org/enter/{code}"

    def messenger(self, code: str) -> str:
        return f"https://t.me/example_bot?start=j_{code}"

    def sheet(self, secret: str) -> str:
        return f"https://bot.example.org/sheet/{secret}"


class Talk:
    """The bot as people meet it. After every update due deliveries are sent, as the running sender does at once."""

    def __init__(
        self, database: Database, store: Store, services: Services, clock: FixedClock, language: str = "zh"
    ) -> None:
        self.language = language
        self.clock = clock
        self.store = store
        self.services = services
        self.use = Hop(database)
        self.session = RecordingSession()
        self.bot = Bot("100:test", session=_as_base(self.session))
        inbox = Inbox(database)
        self.dispatcher = dispatcher.build(services, self.use, inbox, TEXTS, ZONE, language, lambda _bot: self.session)
        self._overlooked = overlooked_by(self.dispatcher)
        self.dispatcher["fetch"] = Fetcher({self.bot.id: self.session})
        self.dispatcher["links"] = Addresses()
        self.pulse = self.dispatcher["pulse"] = Pulse()
        speaking = Speaking(
            self.use, services.people, TEXTS, ZONE, language, lambda _bot: self.session, self.dispatcher.workflow_data
        )
        self.ingest = Ingest(self.dispatcher, inbox, self.use, clock.now, speaking, pause=_at_once)
        self.sender = every_stream(services, self.use, self.session, clock)
        self._numbers = itertools.count(1)
        self._people = itertools.count(1)

    def person(self, name: str, person_id: int | None) -> "Person":
        """Somebody at a messenger; without a person a stranger whom nobody knows there."""
        chat_id = 5000 + next(self._people)
        if person_id is not None:
            with self.store.work() as work:
                work.people.add_account("telegram", str(chat_id), self.clock.now(), person_id)
        return Person(self, chat_id, name)

    async def feed(self, update: dict[str, Any], number: int | None = None) -> int:
        """Hand an update in, and send what became due; gives back its number, by which it can be handed in again."""
        number = number or next(self._numbers)
        await self.ingest.take(self.bot, "telegram", {**update, "update_id": number})
        assert self._overlooked == []
        await self.deliver()
        return number

    async def deliver(self) -> None:
        """Send everything that is due now."""
        while await self.sender.drain():
            continue


def every_stream(services: Services, use: Use, session: RecordingSession, clock: FixedClock) -> Senders:
    """What sends deliveries, as fast as it goes."""
    rest = (TEXTS, ZONE, {"telegram": session}, lambda _account: None, Pace(0), clock.now, lambda: True)
    return Senders(services.deliveries, use, *rest)


def overlooked_by(dispatcher: Dispatcher) -> list[str]:
    """From now on the handlers that wanted an update and that the table did not ask."""
    [table] = dispatcher.sub_routers
    assert isinstance(table, Table)
    found: list[str] = []
    ask, words = table.propagate_event, dispatcher["command_words"]

    async def walk_too(update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        asked = {id(one) for one in table.candidates(update_type, event, words, kwargs.get("raw_state"))}
        others = [one for one in table.walk(update_type) if id(one) not in asked]
        found.extend([one.callback.__qualname__ for one in others if (await one.check(event, **kwargs))[0]])
        return await ask(update_type, event, **kwargs)

    table.propagate_event = walk_too  # type: ignore[method-assign]
    return found


class Person:
    def __init__(self, talk: Talk, chat_id: int, name: str) -> None:
        self.talk = talk
        self.chat_id = chat_id
        self.name = name
        self.toast = ""
        self.in_group = False
        self.language_code = "zh-hans"
        self._messages = itertools.count(1_000_000)

    async def says(self, text: str, *, again: int | None = None) -> int:
        """Type a message. ``again`` is the number of an update that the messenger sends a second time."""
        return await self.sends({"text": text}, again=again)

    async def sends(self, content: dict[str, Any], *, again: int | None = None) -> int:
        """Send a message with any content of the Bot API's: photo, document, location …"""
        message = {"message_id": next(self._messages), "date": 1, "chat": self._chat(), "from": self._user(), **content}
        return await self.talk.feed({"message": message}, again)

    async def sends_file(self, name: str, data: bytes) -> int:
        """Send a document with this name."""
        handle = f"upload-{len(self.talk.session.uploads) + 1}"
        self.talk.session.uploads[handle] = data
        document = {"file_id": handle, "file_unique_id": handle, "file_name": name, "file_size": len(data)}
        return await self.sends({"document": document})

    async def edits(self, message_id: int, text: str) -> int:
        """Change a message sent before."""
        message = {"message_id": message_id, "date": 1, "edit_date": 2, "chat": self._chat(), "from": self._user()}
        return await self.talk.feed({"edited_message": {**message, "text": text}})

    async def taps(self, label: str, *, again: int | None = None) -> int:
        """Press the newest button whose words contain ``label``."""
        for message in reversed(self.messages()):
            for button in _buttons(message):
                if label.casefold() in button["text"].casefold():
                    return await self.presses(button["callback_data"], message, again=again)
        raise AssertionError(f"{self.name} sees no button {label!r}; there are {self.buttons()}")

    async def presses(self, data: str, message: dict[str, Any] | None = None, *, again: int | None = None) -> int:
        """Press a button by its data, also one that is not there (any more)."""
        known = message or {"message_id": 1}
        query = {
            "id": f"q{next(self._messages)}",
            "from": self._user(),
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": known["message_id"], "date": 1, "chat": self._chat(), "text": "…"},
        }
        number = await self.talk.feed({"callback_query": query}, again)
        self.toast = self._last_toast(query["id"])
        return number

    def messages(self) -> list[dict[str, Any]]:
        """What the bot said here, as it stands now after edits, oldest first."""
        said = self.talk.session.messages.items()
        return [message for (chat, _), message in sorted(said) if chat == self.chat_id]

    def text(self) -> str:
        """The newest message."""
        messages = self.messages()
        return _words(messages[-1]) if messages else ""

    def buttons(self) -> list[str]:
        """The buttons under the newest message."""
        messages = self.messages()
        return [button["text"] for button in _buttons(messages[-1])] if messages else []

    def sees(self, part: str) -> bool:
        """Whether the words stand in any message of the bot's, or over the button just pressed."""
        return part in self.toast or any(part in _words(message) for message in self.messages())

    def keyboards(self) -> list[tuple[str, int]]:
        """Every button that can be pressed, as its data and the number of its message, the newest message first."""
        newest = reversed(self.messages())
        return [(button["callback_data"], int(one["message_id"])) for one in newest for button in _buttons(one)]

    def number(self) -> str:
        """The newest problem number that stands in a message."""
        found = re.findall(r"WT-\d{4}-\d{6}", "\n".join(_words(message) for message in self.messages()))
        return found[-1] if found else ""

    def _last_toast(self, query_id: str) -> str:
        for call in reversed(self.talk.session.calls):
            if call.method == "answerCallbackQuery" and call.payload["callback_query_id"] == query_id:
                return str(call.payload.get("text", ""))
        return ""

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat_id, "type": "group" if self.in_group else "private", "title": "Group"}

    def _user(self) -> dict[str, Any]:
        return {"id": self.chat_id, "is_bot": False, "first_name": "x", "language_code": self.language_code}


def _buttons(message: dict[str, Any]) -> list[dict[str, str]]:
    keyboard = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button for row in keyboard for button in row]


def _words(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _as_base(session: RecordingSession) -> BaseSession:
    return session


async def _at_once(_seconds: float) -> None:
    """Time is not slept away in tests."""
