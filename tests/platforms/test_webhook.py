"""What the webhook answers: after the commit, and with the pressed button's release in the answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from platforms.telegram.session import TelegramSession
from platforms.telegram.webhook import PATH, SECRET_HEADER, Webhook
from tests.faults.botapi.server import BotApi

SECRET = "s" * 32
PRESS = {"callback_query_id": "7"}


class Place:
    """A bot behind a webhook. ``handle`` is what an update leads to."""

    def __init__(self, api: BotApi) -> None:
        self.session = TelegramSession(api.token, api.url)
        self.bot = Bot(api.token, session=self.session)
        self.handle: Callable[[], Awaitable[object]] = self.let_go
        self.url = ""

    async def take(self, *_update: Any) -> None:
        await self.handle()

    async def let_go(self) -> None:
        assert (await self.session.call("answerCallbackQuery", PRESS)).ok

    async def post(self, expects: int = 200) -> Any:
        """What the update was answered with; None where that was empty."""
        headers = {SECRET_HEADER: SECRET}
        async with (
            ClientSession() as http,
            http.post(f"{self.url}{PATH}", json={"update_id": 1}, headers=headers) as said,
        ):
            assert said.status == expects
            return await said.json() if said.content_type == "application/json" else None


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as running:
        yield running


@pytest.fixture
async def place(api: BotApi) -> AsyncIterator[Place]:
    place = Place(api)
    application = web.Application()
    application.add_routes(Webhook(place.bot, place, SECRET).routes())  # type: ignore[arg-type]
    async with TestServer(application) as server:
        place.url = str(server.make_url("")).rstrip("/")
        yield place
    await place.session.close()


async def test_a_pressed_button_is_let_go_in_the_answer(api: BotApi, place: Place) -> None:
    assert await place.post() == {"method": "answerCallbackQuery", **PRESS}
    assert api.calls == []


async def test_a_word_over_the_button_is_said_at_once(api: BotApi, place: Place) -> None:
    async def refuse() -> None:
        await place.session.call("answerCallbackQuery", {**PRESS, "text": "没有权限"})
        assert len(api.called("answerCallbackQuery")) == 1

    place.handle = refuse
    assert await place.post() is None


async def test_what_outlives_its_update_calls_as_usual(api: BotApi, place: Place) -> None:
    answered = asyncio.Event()
    later: list[asyncio.Task[object]] = []

    async def wait() -> None:
        await answered.wait()
        await place.session.call("answerCallbackQuery", PRESS)

    async def leave() -> None:
        later.append(asyncio.ensure_future(wait()))

    place.handle = leave
    assert await place.post() is None
    answered.set()
    await later[0]
    assert len(api.called("answerCallbackQuery")) == 1


async def test_where_the_update_is_refused_the_button_is_let_go_all_the_same(api: BotApi, place: Place) -> None:
    async def fail() -> None:
        await place.let_go()
        raise OSError("nothing can be written")

    place.handle = fail
    assert await place.post(expects=503) is None
    assert len(api.called("answerCallbackQuery")) == 1


async def test_the_next_update_on_the_same_line_has_an_answer_of_its_own(place: Place) -> None:
    async with ClientSession() as http:
        for _ in range(2):
            async with http.post(f"{place.url}{PATH}", json={"update_id": 1}, headers={SECRET_HEADER: SECRET}) as said:
                assert await said.json() == {"method": "answerCallbackQuery", **PRESS}


async def test_without_the_secret_nothing_is_read(api: BotApi, place: Place) -> None:
    async with ClientSession() as http, http.post(f"{place.url}{PATH}", json={"update_id": 1}) as said:
        assert said.status == 401
        assert await said.read() == b""
