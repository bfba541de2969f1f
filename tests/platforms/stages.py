"""The three messengers as one stage: somebody speaks, taps, sends a photo, and looks at what the bot said."""

import asyncio
import io
import itertools
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any, Self

from aiogram import Bot, Dispatcher
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from domain.messenger import Messenger
from platforms.ingest import Ingest
from platforms.recording import RecordingSession
from platforms.telegram.polling import Polling
from platforms.telegram.session import TelegramSession
from platforms.web.open_pages import OpenPages
from platforms.web.server import ChatPage
from platforms.web.session import WebSession
from services.clock import SystemClock
from services.files import Files
from storage.chat import ChatStore
from storage.engine import Database
from storage.files import FileStore
from storage.hop import Hop
from storage.inbox import Inbox
from storage.unit_of_work import Store
from tests.botapi_schema import check
from tests.faults.botapi.server import BotApi

NOW = datetime(2030, 5, 13, 2, 0, tzinfo=UTC)
Build = Callable[[Messenger], Dispatcher]


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(data, "JPEG")
    return data.getvalue()


class Silent:
    """Ingest's own words are not part of the script."""

    async def already_saved(self, *_: Any) -> None: ...

    async def failed(self, *_: Any) -> None:
        raise AssertionError("a handler of the script failed")

    async def waiting(self, *_: Any) -> None:
        raise AssertionError("nothing could be saved")


class Stage(ABC):
    """Entered as a context; ``build`` makes the dispatcher over the stage's messenger."""

    def __init__(self, database: Database, folder: Any) -> None:
        self.database = database
        self.folder = folder
        self.hop = Hop(database)
        self.stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.stack.aclose()
        self.hop.close()

    def ingest(self, dispatcher: Dispatcher) -> Ingest:
        return Ingest(dispatcher, Inbox(self.database), self.hop, lambda: NOW, Silent())

    @abstractmethod
    async def open(self, build: Build) -> None: ...

    @abstractmethod
    async def says(self, text: str) -> None: ...

    @abstractmethod
    async def taps(self, label: str) -> None: ...

    @abstractmethod
    async def presses(self, data: str) -> None: ...

    @abstractmethod
    async def sends_photo(self) -> None: ...

    @abstractmethod
    async def texts(self) -> list[str]:
        """What the bot said, as it stands now."""

    @abstractmethod
    async def documents(self) -> list[str]:
        """The names of the files the bot sent."""

    @abstractmethod
    async def toast(self) -> str: ...


class RecordingStage(Stage):
    async def open(self, build: Build) -> None:
        self.session = RecordingSession()
        self.bot = Bot("100:test", session=self.session)
        self._ingest = self.ingest(build(self.session))
        self._numbers = itertools.count(1)

    async def says(self, text: str) -> None:
        await self._message({"text": text})

    async def sends_photo(self) -> None:
        size = {"file_id": "photo", "file_unique_id": "u", "width": 40, "height": 30}
        await self._message({"photo": [size]})

    async def taps(self, label: str) -> None:
        for (_, number), message in sorted(self.session.messages.items(), reverse=True):
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"]:
                        await self._press(button["callback_data"], number)
                        return
        raise AssertionError(label)

    async def presses(self, data: str) -> None:
        await self._press(data, 1)

    async def texts(self) -> list[str]:
        return [message.get("text") or message.get("caption") or "" for message in self.session.messages.values()]

    async def documents(self) -> list[str]:
        return [file.name for call in self.session.calls for file in call.files.values()]

    async def toast(self) -> str:
        answers = [call.payload for call in self.session.calls if call.method == "answerCallbackQuery"]
        return str(answers[-1].get("text", ""))

    async def __aexit__(self, *error: object) -> None:
        await super().__aexit__(*error)
        complaints = [
            line for call in self.session.calls for line in check(call.method, call.payload, tuple(call.files))
        ]
        assert complaints == []

    async def _message(self, content: dict[str, Any]) -> None:
        number = next(self._numbers)
        base = {"message_id": number + 5000, "date": 1, "chat": {"id": 9, "type": "private"}, "from": _user(9)}
        await self._ingest.take(self.bot, "recording", {"update_id": number, "message": {**base, **content}})

    async def _press(self, data: str, message_id: int) -> None:
        number = next(self._numbers)
        message = {"message_id": message_id, "date": 1, "chat": {"id": 9, "type": "private"}, "text": "x"}
        query = {"id": str(number), "from": _user(9), "chat_instance": "1", "data": data, "message": message}
        await self._ingest.take(self.bot, "recording", {"update_id": number, "callback_query": query})


class TelegramStage(Stage):
    async def open(self, build: Build) -> None:
        self.api = await self.stack.enter_async_context(BotApi(time_factor=0.1))
        session = TelegramSession(self.api.token, self.api.url)
        self.stack.push_async_callback(session.close)
        bot = Bot(self.api.token, session=session)
        polling = Polling(bot, session, self.ingest(build(session)), lambda: None, lambda: True)
        task = asyncio.ensure_future(polling.run())
        self.stack.push_async_callback(asyncio.wait_for, task, 10)
        self.stack.push_async_callback(polling.stop)
        self.somebody = self.api.person(9)

    async def says(self, text: str) -> None:
        await self.api.confirmed(self.somebody.says(text))

    async def taps(self, label: str) -> None:
        await self.api.confirmed(self.somebody.taps(re.escape(label)))

    async def presses(self, data: str) -> None:
        await self.api.confirmed(self.somebody.presses(data, self.somebody.messages()[0]))

    async def sends_photo(self) -> None:
        await self.api.confirmed(self.somebody.sends_photo(picture()))

    async def texts(self) -> list[str]:
        return self.somebody.texts()

    async def documents(self) -> list[str]:
        return [message["document"]["file_name"] for message in self.somebody.messages() if "document" in message]

    async def toast(self) -> str:
        return self.somebody.toast

    async def __aexit__(self, *error: object) -> None:
        await super().__aexit__(*error)
        assert self.api.complaints == []


class PageStage(Stage):
    async def open(self, build: Build) -> None:
        chats, pages = ChatStore(self.database), OpenPages()
        store = Store(self.database)
        with store.work() as work:
            self.account = work.people.add_account("web", None, NOW, None).id
        files = Files(store.work, SystemClock(), FileStore(self.folder))
        session = WebSession(self.hop, chats, files, lambda: NOW, pages.changed)
        bot = Bot("1:web", session=session)
        page = ChatPage(bot, session, self.ingest(build(session)), self.hop, chats, files, _Open(self.account), pages)
        application = web.Application()
        application.add_routes(page.routes("/chat"))
        self.client = await self.stack.enter_async_context(TestClient(TestServer(application)))
        self._numbers = itertools.count(10_000_000)
        self._toast = ""

    async def says(self, text: str) -> None:
        await self._post("say", json={"id": self._id(), "text": text})

    async def sends_photo(self) -> None:
        form = FormData({"id": self._id(), "text": "", "group": "", "kind": "photo"})
        form.add_field("file", picture(), filename="holiday at home.jpg", content_type="image/jpeg")
        await self._post("say", data=form)

    async def taps(self, label: str) -> None:
        for message in reversed(await self._messages()):
            for row in message["buttons"]:
                for button in row:
                    if label in button["text"]:
                        await self._press(button["data"], message["id"])
                        return
        raise AssertionError(label)

    async def presses(self, data: str) -> None:
        first = next(message for message in await self._messages() if not message["mine"])
        await self._press(data, first["id"])

    async def texts(self) -> list[str]:
        return [message["text"] for message in await self._messages() if not message["mine"]]

    async def documents(self) -> list[str]:
        names = []
        for message in await self._messages():
            if message["document"]:
                names.append(message["document"]["name"])
                answer = await self.client.get(message["document"]["url"])
                assert answer.status == 200
                assert await answer.read()
        return names

    async def toast(self) -> str:
        return self._toast

    async def _press(self, data: str, message: int) -> None:
        answer = await self._post("press", json={"id": self._id(), "message": message, "data": data})
        self._toast = answer["toast"] or ""

    async def _post(self, what: str, **body: Any) -> dict[str, Any]:
        answer = await self.client.post(f"/chat/{what}", headers={"X-Chat": "1"}, **body)
        assert answer.status == 200, await answer.text()
        return dict(await answer.json())

    async def _messages(self) -> list[dict[str, Any]]:
        answer = await self.client.get("/chat/events?after=0")
        return list((await answer.json())["messages"])

    def _id(self) -> str:
        return str(next(self._numbers))


class _Open:
    """Doors that let everybody in as one account."""

    def __init__(self, account: int) -> None:
        self._account = account

    async def account(self, request: web.Request) -> int | None:
        return self._account

    async def hello(self, request: web.Request, account_id: int) -> dict[str, Any]:
        return {}

    def closed(self, *, ended: bool) -> str:
        return "closed"

    def refusal(self, error: Exception, account_id: int) -> str:
        return str(error)


def _user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "x"}


STAGES: dict[str, type[Stage]] = {"recording": RecordingStage, "telegram": TelegramStage, "page": PageStage}
