"""The double of the Bot API keeps the real server's rules, and misbehaves only when told to."""

import asyncio
import io
import json
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, web
from PIL import Image

from tests.faults.botapi.faults import Fault
from tests.faults.botapi.server import BotApi

ROOT = Path(__file__).parents[2]
FAST = 0.001
KEYBOARD = {
    "inline_keyboard": [[{"text": "受理", "callback_data": "accept:7"}, {"text": "退回", "callback_data": "no:7"}]]
}


class Clock:
    at = 1_900_000_000.0

    def __call__(self) -> float:
        return self.at


class Bot:
    """A bot at the other end of the wire."""

    def __init__(self, api: BotApi, http: ClientSession) -> None:
        self.api = api
        self.http = http

    async def __call__(self, method: str, **payload: Any) -> Any:
        """The result of a call that must succeed."""
        answer = await self.ask(method, **payload)
        assert answer["ok"], answer
        return answer["result"]

    async def ask(self, method: str, **payload: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.api.url}/bot{self.api.token}/{method}", json=payload) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == (200 if answer["ok"] else answer["error_code"])
            return answer

    async def refused(self, method: str, **payload: Any) -> str:
        """What a call is refused with."""
        answer = await self.ask(method, **payload)
        assert not answer["ok"]
        return f"{answer['error_code']} {answer['description']}"

    async def uploads(self, method: str, name: str, data: bytes, filename: str, **payload: Any) -> Any:
        # Telegram does not undo percent signs in the names of files.
        form = FormData(quote_fields=False)
        for key, value in payload.items():
            form.add_field(key, value if isinstance(value, str) else json.dumps(value))
        form.add_field(name, data, filename=filename, content_type="image/png")
        async with self.http.post(f"{self.api.url}/bot{self.api.token}/{method}", data=form) as response:
            return await response.json()

    async def updates(self, offset: int = 0, timeout: int = 0, **more: Any) -> list[int]:
        return [update["update_id"] for update in await self("getUpdates", offset=offset, timeout=timeout, **more)]


class Hook:
    """A bot's webhook. ``answers`` are given first, in their order; then 200."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self.doors: dict[int, asyncio.Event] = {}
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.updates.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if update["update_id"] in self.doors:
            await self.doors[update["update_id"]].wait()
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def ids(self) -> list[int]:
        return [update["update_id"] for update in self.updates]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def api(clock: Clock) -> AsyncIterator[BotApi]:
    async with BotApi(clock=clock, time_factor=FAST) as running:
        yield running


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with ClientSession(timeout=ClientTimeout(total=5)) as http:
        yield Bot(api, http)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    application = web.Application()
    application.router.add_post("/here", hook.receive)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/here"
    yield hook
    await runner.cleanup()


def picture(width: int = 360, height: int = 240) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height)).save(data, "PNG")
    return data.getvalue()


# --- calls


async def test_a_call_is_understood_as_json_as_a_form_and_in_the_address(api: BotApi, bot: Bot):
    api.person(5)
    address = f"{api.url}/bot{api.token}/sendMessage"
    async with (
        bot.http.post(address, json={"chat_id": 5, "text": "一", "reply_markup": KEYBOARD}),
        bot.http.post(address, data={"chat_id": "5", "text": "2", "reply_markup": json.dumps(KEYBOARD)}),
        bot.http.get(address, params={"chat_id": "5", "text": "三"}),
    ):
        pass

    assert [message["text"] for message in api.sent(5)] == ["一", "2", "三"]
    assert api.sent(5)[0]["reply_markup"] == api.sent(5)[1]["reply_markup"] == KEYBOARD
    assert api.complaints == []


async def test_a_call_that_does_not_fit_is_refused_and_remembered(api: BotApi, bot: Bot):
    api.person(5)

    assert (
        await bot.refused("sendMessage", chat_id=5, text="") == "400 Bad Request: text is 0 characters, outside 1-4096"
    )
    assert await bot.refused("sendMesage", chat_id=5, text="?") == "404 Not Found: method not found"
    assert api.sent(5) == []
    assert api.complaints == [
        "sendMessage: text is 0 characters, outside 1-4096",
        "sendMesage: no such method: sendMesage",
    ]


async def test_a_wrong_token_is_nobody(api: BotApi, bot: Bot):
    async with bot.http.get(f"{api.url}/bot1:x/getMe") as response:
        assert response.status == 401
    assert (await bot("getMe"))["id"] == api.bot_id


async def test_nobody_can_be_written_to_who_never_wrote(api: BotApi, bot: Bot):
    assert await bot.refused("sendMessage", chat_id=5, text="?") == "400 Bad Request: chat not found"


async def test_a_blocked_bot_is_told_so(api: BotApi, bot: Bot):
    member = api.person(5)
    update_id = member.blocks()
    update = (await bot("getUpdates"))[0]

    assert update["update_id"] == update_id
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await bot.refused("sendMessage", chat_id=5, text="?") == "403 Forbidden: bot was blocked by the user"
    member.unblocks()
    await bot("sendMessage", chat_id=5, text="!")
    api.block(5)
    assert "blocked" in await bot.refused("sendMessage", chat_id=5, text="?")


# --- what stands in a chat


async def test_edits_replace_text_and_buttons(api: BotApi, bot: Bot):
    member = api.person(5)
    number = (await bot("sendMessage", chat_id=5, text="一", reply_markup=KEYBOARD))["message_id"]
    place = {"chat_id": 5, "message_id": number}

    assert "message is not modified" in await bot.refused("editMessageText", **place, text="一", reply_markup=KEYBOARD)
    assert "message is not modified" in await bot.refused("editMessageReplyMarkup", **place, reply_markup=KEYBOARD)
    assert (await bot("editMessageText", **place, text="二", reply_markup=KEYBOARD))["text"] == "二"
    assert member.buttons() == ["受理", "退回"]
    await bot("editMessageText", **place, text="三")
    assert member.buttons() == []
    assert member.texts() == ["三"]
    await bot("editMessageReplyMarkup", **place, reply_markup=KEYBOARD)
    await bot("editMessageReplyMarkup", **place, reply_markup={"inline_keyboard": []})
    assert "reply_markup" not in api.sent(5)[0]
    assert len(api.sent(5)) == 1


async def test_only_what_is_there_can_be_edited_and_deleted(api: BotApi, bot: Bot):
    api.person(5).says("一")
    mine = (await bot("sendMessage", chat_id=5, text="二"))["message_id"]

    assert "message to edit not found" in await bot.refused("editMessageText", chat_id=5, message_id=99, text="?")
    assert "message can't be edited" in await bot.refused("editMessageText", chat_id=5, message_id=mine - 1, text="?")
    assert await bot("deleteMessage", chat_id=5, message_id=mine)
    assert "message to delete not found" in await bot.refused("deleteMessage", chat_id=5, message_id=mine)
    assert api.sent(5) == []


async def test_an_answer_to_a_message_names_one_that_exists(api: BotApi, bot: Bot):
    api.person(5).says("一")
    asked = (await bot("getUpdates"))[0]["message"]["message_id"]

    answered = await bot("sendMessage", chat_id=5, text="二", reply_parameters={"message_id": asked})
    assert answered["reply_to_message"]["text"] == "一"
    assert "to be replied not found" in await bot.refused(
        "sendMessage", chat_id=5, text="二", reply_parameters={"message_id": 99}
    )


async def test_a_press_carries_its_message_as_it_stands_and_is_answered(api: BotApi, bot: Bot):
    member = api.person(5)
    await bot("sendMessage", chat_id=5, text="一", reply_markup=KEYBOARD)
    newest = await bot("sendMessage", chat_id=5, text="二", reply_markup=KEYBOARD)
    await bot("sendMessage", chat_id=5, text="三")

    member.taps("^受")
    press = (await bot("getUpdates"))[0]["callback_query"]
    assert press["data"] == "accept:7"
    assert press["message"] == newest
    await bot("answerCallbackQuery", callback_query_id=press["id"], text="已受理")
    assert member.toast == "已受理"
    await member.sees("已受理", within=0.1)
    with pytest.raises(AssertionError, match="sees no button"):
        member.taps("删除")


async def test_a_press_is_answered_in_time_or_not_at_all(api: BotApi, bot: Bot, clock: Clock):
    await _shown(api, bot)
    api.person(5).taps("受理")
    press = (await bot("getUpdates"))[0]["callback_query"]["id"]
    clock.at += 151

    assert "query is too old" in await bot.refused("answerCallbackQuery", callback_query_id=press)
    assert "query ID is invalid" in await bot.refused("answerCallbackQuery", callback_query_id="none")


async def test_waiting_for_words_ends_when_they_arrive(api: BotApi, bot: Bot):
    member = api.person(5)
    waiting = asyncio.create_task(member.sees("到了"))
    await asyncio.sleep(0)
    assert not waiting.done()
    await bot("sendMessage", chat_id=5, text="到了")
    await waiting
    with pytest.raises(AssertionError, match="到了"):
        await member.sees("没来", within=0.01)


# --- files


async def test_files_go_both_ways(api: BotApi, bot: Bot):
    data = picture()
    api.person(5).sends_photo(data, caption="灯", album="31")
    message = (await bot("getUpdates"))[0]["message"]
    small, large = message["photo"]

    assert (message["caption"], message["media_group_id"]) == ("灯", "31")
    assert (small["width"], small["height"]) == (90, 60)
    assert (large["width"], large["height"]) == (360, 240)
    path = (await bot("getFile", file_id=large["file_id"]))["file_path"]
    async with bot.http.get(f"{api.url}/file/bot{api.token}/{path}") as response:
        assert await response.read() == data
    async with bot.http.get(f"{api.url}/file/bot{api.token}/photos/none.jpg") as response:
        assert response.status == 404

    answer = await bot.uploads("sendPhoto", "photo", data, "x.png", chat_id=5, caption="见图")
    again = await bot("sendPhoto", chat_id=5, photo=answer["result"]["photo"][-1]["file_id"])
    sheet = await bot.uploads("sendDocument", "part", b"1", "表.xlsx", chat_id=5, document="attach://part")
    assert again["photo"][-1]["width"] == 360
    assert sheet["result"]["document"]["file_name"] == "表.xlsx"
    assert [call.files["photo"].data for call in api.called("sendPhoto") if call.files] == [data]
    assert api.complaints == []


async def test_a_photo_that_is_none_and_a_file_that_is_unknown_are_refused(api: BotApi, bot: Bot):
    api.person(5).sends_document(b"x" * (20 * 2**20 + 1), "big.bin")
    document = (await bot("getUpdates"))[0]["message"]["document"]

    assert "IMAGE_PROCESS_FAILED" in (await bot.uploads("sendPhoto", "photo", b"x", "x.png", chat_id=5))["description"]
    assert "wrong file identifier" in await bot.refused("sendPhoto", chat_id=5, photo="nothing")
    assert "file is too big" in await bot.refused("getFile", file_id=document["file_id"])


async def test_commands_are_kept_for_each_audience_and_language(bot: Bot):
    commands = [{"command": "report", "description": "报问题"}]
    await bot("setMyCommands", commands=commands, language_code="zh", scope={"type": "chat", "chat_id": 5})

    assert await bot("getMyCommands", language_code="zh", scope={"type": "chat", "chat_id": 5}) == commands
    assert await bot("getMyCommands") == []


# --- polling


async def test_an_offset_confirms_all_below_it(api: BotApi, bot: Bot):
    first, second, third = (api.person(5).says(text) for text in "一二三")

    assert await bot.updates() == [first, second, third]
    assert api.pending() == [first, second, third]
    assert await bot.updates(third) == [third]
    assert api.pending() == [third]
    await bot.updates(third + 1)
    assert api.pending() == []
    await api.confirmed(first, within=0.01)


async def test_a_negative_offset_keeps_the_newest(api: BotApi, bot: Bot):
    _, second, third = (api.person(5).says(text) for text in "一二三")

    assert await bot.updates(-2) == [second, third]
    assert api.pending() == [second, third]


async def test_a_limit_is_kept(api: BotApi, bot: Bot):
    made = [api.person(5).says(str(number)) for number in range(120)]

    assert await bot.updates() == made[:100]
    assert await bot.updates(made[0], limit=3) == made[:3]
    assert "limit is 101" in await bot.refused("getUpdates", limit=101)


async def test_the_same_question_at_once_again_gets_one_update():
    async with BotApi() as api, ClientSession() as http:
        bot = Bot(api, http)
        made = [api.person(5).says(text) for text in "一二三"]

        assert await bot.updates(made[0]) == made
        assert await bot.updates(made[0]) == made[:1]


async def test_the_same_question_soon_again_waits_though_it_asked_not_to():
    async with BotApi() as api, ClientSession() as http:
        bot = Bot(api, http)
        assert await bot.updates() == []
        again = asyncio.create_task(bot.updates())
        assert await api.until(lambda: len(api.called("getUpdates")) == 2)
        update_id = api.person(5).says("一")

        assert await again == [update_id]


async def test_a_long_poll_ends_with_the_first_update_or_with_its_time(api: BotApi, bot: Bot):
    assert await bot.updates(timeout=10) == []
    poll = asyncio.create_task(bot.updates(timeout=10_000))
    assert await api.until(lambda: len(api.called("getUpdates")) == 2)
    update_id = api.person(5).says("一")

    assert await poll == [update_id]
    assert api.pending() == [update_id]


async def test_a_second_poll_ends_the_first(api: BotApi, bot: Bot):
    first = asyncio.create_task(bot.refused("getUpdates", timeout=10_000))
    assert await api.until(lambda: len(api.called("getUpdates")) == 1)
    second = asyncio.create_task(bot.updates(timeout=10_000))

    assert "409 Conflict: terminated by other getUpdates request" in await first
    update_id = api.person(5).says("一")
    assert await second == [update_id]


async def test_there_is_no_polling_beside_a_webhook(api: BotApi, bot: Bot, hook: Hook):
    poll = asyncio.create_task(bot.refused("getUpdates", timeout=10_000))
    assert await api.until(lambda: len(api.called("getUpdates")) == 1)
    await bot("setWebhook", url=hook.url)

    assert "409 Conflict: terminated by setWebhook request" in await poll
    assert "409 Conflict: can't use getUpdates method while webhook is active" in await bot.refused("getUpdates")
    await bot("deleteWebhook")
    assert await bot.updates() == []


async def test_only_the_kinds_asked_for_are_kept(api: BotApi, bot: Bot):
    member = api.person(5)
    await bot.updates(allowed_updates=["message"])
    wanted = member.says("一")
    member.corrects("一", "二")

    assert await bot.updates() == [wanted]
    await bot.updates(wanted + 1, allowed_updates=[])
    changed = member.corrects("二", "三")
    assert await bot.updates(wanted + 1) == [changed]


async def test_updates_are_good_for_a_day_and_presses_for_150_seconds(api: BotApi, bot: Bot, clock: Clock):
    await _shown(api, bot)
    member = api.person(5)
    said, tapped = member.says("一"), member.taps("受理")
    clock.at += 149
    assert await bot.updates() == [said, tapped]
    clock.at += 1
    assert await bot.updates() == [said]
    clock.at += 24 * 60 * 60 - 151
    assert await bot.updates() == [said]
    clock.at += 1
    assert await bot.updates() == []


async def test_a_confirmed_update_can_come_once_more(api: BotApi, bot: Bot):
    first, second = (api.person(5).says(text) for text in "一二")
    await bot.updates(second + 1)
    api.redeliver(first)

    assert await bot.updates(second + 1) == [first]
    assert await bot.updates(second + 2) == []
    assert api.pending() == []


async def test_an_update_that_no_bot_can_read_can_be_queued(api: BotApi, bot: Bot):
    update_id = api.queue("message", {"message_id": "not a number"})

    assert await bot("getUpdates") == [{"update_id": update_id, "message": {"message_id": "not a number"}}]


# --- webhook


async def test_a_webhook_gets_updates_with_its_secret(api: BotApi, bot: Bot, hook: Hook):
    before = api.person(5).says("一")
    await bot("setWebhook", url=hook.url, secret_token="s" * 32)
    after = api.person(5).says("二")
    await api.confirmed(before, after)

    assert hook.ids == [before, after]
    assert hook.secrets == ["s" * 32] * 2
    assert (await bot("getWebhookInfo"))["url"] == hook.url


async def test_what_the_answer_to_an_update_says_is_done(api: BotApi, bot: Bot, hook: Hook):
    await _shown(api, bot)
    await bot("setWebhook", url=hook.url)
    hook.answers = [web.json_response({"method": "sendMessage", "chat_id": 5, "text": "在回答里"})]
    api.person(5).says("一")
    await api.person(5).sees("在回答里")

    hook.answers = [web.json_response({"method": "sendMessage", "chat_id": 5})]
    api.person(5).says("二")
    assert await api.until(lambda: api.complaints != [])
    api.complaints.clear()


async def test_a_refused_update_comes_again_and_later_ones_of_its_chat_wait(api: BotApi, bot: Bot, hook: Hook):
    hook.answers = [web.Response(status=503) for _ in range(8)]
    await bot("setWebhook", url=hook.url)
    first, second = (api.person(5).says(text) for text in "一二")
    await api.confirmed(first, second)

    assert hook.ids == [first] * 9 + [second]
    assert [push.wait for push in api.webhook.pushes] == [0, 2, 4, 8, 16, 32, 60, 60, 0, 0]


async def test_retry_after_is_honoured(api: BotApi, bot: Bot, hook: Hook):
    hook.answers = [web.Response(status=503, headers={"Retry-After": "5"}), web.Response(status=500)]
    await bot("setWebhook", url=hook.url)
    update_id = api.person(5).says("一")
    await api.confirmed(update_id)

    assert [(push.status, push.wait) for push in api.webhook.pushes] == [(503, 5), (500, 2), (200, 0)]


async def test_other_chats_and_presses_do_not_wait(api: BotApi, bot: Bot, hook: Hook):
    await _shown(api, bot)
    await bot("setWebhook", url=hook.url)
    stuck = api.person(5).says("一")
    hook.doors[stuck] = asyncio.Event()
    behind, press, other = api.person(5).says("二"), api.person(5).taps("受理"), api.person(6).says("三")
    await api.confirmed(press, other)

    assert api.pending() == [stuck, behind]
    hook.doors[stuck].set()
    await api.confirmed()
    assert hook.ids.index(behind) > hook.ids.index(stuck)


async def test_a_press_that_is_refused_for_too_long_is_given_up(api: BotApi, bot: Bot, hook: Hook):
    await _shown(api, bot)
    hook.answers = [web.Response(status=503, headers={"Retry-After": "151"})]
    await bot("setWebhook", url=hook.url)
    press = api.person(5).taps("受理")
    await api.confirmed(press)

    assert hook.ids == [press]


async def test_a_webhook_that_nobody_answers_is_tried_again(api: BotApi, bot: Bot, hook: Hook):
    await bot("setWebhook", url="http://127.0.0.1:9/nobody")
    update_id = api.person(5).says("一")
    assert await api.until(lambda: len(api.webhook.pushes) > 2)
    assert {push.status for push in api.webhook.pushes} == {0}
    await bot("setWebhook", url=hook.url)
    await api.confirmed(update_id)

    assert hook.ids == [update_id]


async def test_what_is_said_at_the_instant_the_webhook_is_set_anew_is_pushed(api: BotApi, bot: Bot, hook: Hook):
    await bot("setWebhook", url=hook.url)
    said = api.person(5).says("一")
    await api.webhook.close()
    api.webhook.set(hook.url, "")
    await api.confirmed(said)

    assert hook.ids == [said]


async def test_a_webhook_gets_an_update_again(api: BotApi, bot: Bot, hook: Hook):
    await bot("setWebhook", url=hook.url)
    update_id = api.person(5).says("一")
    await api.confirmed(update_id)
    api.redeliver(update_id)
    await api.confirmed(update_id)

    assert hook.ids == [update_id, update_id]


async def test_pending_updates_can_be_dropped(api: BotApi, bot: Bot, hook: Hook):
    api.person(5).says("一")
    await bot("setWebhook", url=hook.url, drop_pending_updates=True)
    wanted = api.person(5).says("二")
    await api.confirmed(wanted)

    assert hook.ids == [wanted]


# --- faults


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (Fault.TOO_MANY, 429, '"retry_after": 7'),
        (Fault.SERVER_ERROR, 500, '"Internal Server Error"'),
        (Fault.BAD_GATEWAY, 502, "<html>"),
        (Fault.BLOCKED, 403, '"Forbidden: bot was blocked by the user"'),
    ],
)
async def test_a_fault_that_answers(api: BotApi, bot: Bot, fault: Fault, status: int, says: str):
    api.person(5)
    api.fault("sendMessage", fault, times=2, retry_after=7)
    for _ in range(2):
        async with bot.http.post(
            f"{api.url}/bot{api.token}/sendMessage", json={"chat_id": 5, "text": "一"}
        ) as response:
            assert response.status == status
            assert says in await response.text()
    assert api.sent(5) == []
    assert api.faults_left("sendMessage") == 0
    await bot("sendMessage", chat_id=5, text="二")
    assert [call.accepted for call in api.called("sendMessage")] == [False, False, True]


@pytest.mark.parametrize(("fault", "arrived"), [(Fault.RESET_BEFORE, 0), (Fault.RESET_AFTER, 1)])
async def test_a_connection_that_is_reset(api: BotApi, bot: Bot, fault: Fault, arrived: int):
    api.person(5)
    api.fault("sendMessage", fault)
    with pytest.raises((ClientError, OSError)):
        await bot("sendMessage", chat_id=5, text="一")

    assert len(api.sent(5)) == arrived
    await bot("sendMessage", chat_id=5, text="二")


@pytest.mark.parametrize(("fault", "arrived"), [(Fault.HANG_BEFORE, 0), (Fault.HANG_AFTER, 1)])
async def test_an_answer_that_never_comes(api: BotApi, bot: Bot, fault: Fault, arrived: int):
    api.person(5)
    api.fault("sendMessage", fault)
    call = asyncio.create_task(bot("sendMessage", chat_id=5, text="一"))
    assert await api.until(lambda: api.faults_left("sendMessage") == 0)
    assert await api.until(lambda: len(api.sent(5)) == arrived, within=1)
    assert not call.done()
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)


async def test_half_an_answer(api: BotApi, bot: Bot):
    api.person(5)
    api.fault("sendMessage", Fault.TRUNCATED)
    with pytest.raises(json.JSONDecodeError):
        await bot("sendMessage", chat_id=5, text="一")

    assert len(api.sent(5)) == 1


async def test_a_server_that_is_away_and_comes_back(api: BotApi, bot: Bot):
    update_id = api.person(5).says("一")
    await bot.updates(update_id + 1)
    poll = asyncio.create_task(bot("getUpdates", offset=update_id + 1, timeout=10_000))
    assert await api.until(lambda: len(api.called("getUpdates")) == 2)
    await api.stop()
    with pytest.raises((ClientError, OSError)):
        await poll
    with pytest.raises((ClientError, OSError)):
        await bot("getMe")
    meanwhile = api.person(5).says("二")
    await api.start()

    assert await bot.updates(update_id + 1) == [meanwhile]


# --- as a process of its own


async def test_the_double_runs_as_a_process_of_its_own():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.botapi", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()

    async with ClientSession() as http:

        async def do(deed: str, **values: Any) -> Any:
            async with http.post(f"{url}/control/{deed}", json=values) as response:
                return (await response.json())["done"]

        update_id = await do("says", person=5, text="/report")
        async with http.get(f"{url}/bot100200:a-token-of-the-tests/getUpdates") as response:
            update = (await response.json())["result"][0]
        assert (update["update_id"], update["message"]["entities"][0]["type"]) == (update_id, "bot_command")
        async with http.get(
            f"{url}/bot100200:a-token-of-the-tests/sendMessage", params={"chat_id": 5, "text": "好"}
        ) as response:
            assert response.status == 200
        await do("sees", person=5, words="好")
        assert [message["text"] for message in await do("sent", person=5)] == ["好"]
        assert await do("complaints") == []
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def _shown(api: BotApi, bot: Bot) -> None:
    """A message with buttons in chat 5."""
    api.person(5)
    await bot("sendMessage", chat_id=5, text="一", reply_markup=KEYBOARD)


async def test_faults_come_by_chance_and_the_double_counts_them(api: BotApi) -> None:
    api.person(5)
    api.chances("sendMessage", {Fault.SERVER_ERROR: 0.5}, seed=7)
    async with ClientSession() as client:
        for _ in range(40):
            await client.post(f"{api.url}/bot{api.token}/sendMessage", json={"chat_id": 5, "text": "hello"})
    met = [call.fault is Fault.SERVER_ERROR for call in api.called("sendMessage")]
    assert 10 < sum(met) < 30
    assert api.happened[Fault.SERVER_ERROR] == sum(met)


async def test_an_update_that_was_taken_out_is_not_handed_out(api: BotApi) -> None:
    member = api.person(5)
    update = member.says("/menu")
    assert api.take(update)["message"]["text"] == "/menu"
    assert api.pending() == []
    assert [one["update_id"] for one in api.made()] == [update]
