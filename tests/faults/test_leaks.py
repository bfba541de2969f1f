"""Whatever fails, neither the log nor an answer about a failure says what somebody wrote, or how the bot signs in."""

import base64
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import ClientSession

from tests.faults.botapi.faults import Fault
from tests.faults.botapi.server import BotApi
from tests.faults.page import Page
from tests.faults.running import Running
from tests.faults.site import Site
from tests.faults.test_kills_on_the_page import fill_in as fill_in_on_the_page
from tests.faults.test_story_on_telegram import fill_in

CANARIES = ("金丝雀7731的反映", "passphrase-canary-8842", "票据canary-9953.png", "第4417号线索", "叫号屏顺序错乱")


def spellings(secret: str) -> Iterator[str]:
    """As it might stand somewhere."""
    yield secret
    yield json.dumps(secret)[1:-1]
    yield quote(secret)
    yield base64.b64encode(secret.encode()).decode().rstrip("=")


def leaked(said: str, secrets: tuple[str, ...]) -> list[str]:
    return [secret for secret in secrets for spelling in spellings(secret) if spelling in said]


@pytest.mark.parametrize("failpoint", ["after_claim:raise", "before_commit:raise:2", "after_lease:raise"])
async def test_nothing_that_was_written_stands_in_a_log_or_in_an_answer_about_a_failure(
    failpoint: str, tmp_path: Path
) -> None:
    async with BotApi(time_factor=0.1) as api:
        site = Site(tmp_path, api, "polling", None)
        site.found()
        await site.start(failpoint)
        member = site.person("member")
        await fill_in(member)
        member.taps("提交")
        member.says(CANARIES[0])
        member.says(f"/passphrase {CANARIES[1]}")
        member.sends_document(b"not a picture", CANARIES[2], caption=CANARIES[3])
        member.says(f"/join {CANARIES[3]}")
        broken = api.queue("message", {"text": CANARIES[0], "chat": CANARIES[3]})
        for fault in (Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.TRUNCATED, Fault.RESET_AFTER, Fault.BLOCKED):
            api.fault("sendMessage", fault)
            member.says(CANARIES[0])
        await api.confirmed(broken, within=20)
        await api.confirmed(within=30)
        await site.bot.stop()
        logged = site.bot.logged()
        assert any(event in logged for event in ("update_failed", "sender_failed", "sender_fell"))
        people = (str(member.id), "Someone", "B003")
        assert leaked(logged, (*CANARIES, api.token, api.token.partition(":")[2], *people)) == []
        answers = [text for text in member.texts() if "编号" in text and "WT-" not in text]
        assert leaked("\n".join(answers), (*CANARIES, api.token)) == []


@pytest.mark.parametrize("failpoint", ["after_claim:raise:5", "before_commit:raise:5", "after_claim:raise:9"])
async def test_nor_does_what_was_written_on_the_page(failpoint: str, tmp_path: Path) -> None:
    bot = Running(tmp_path)
    await bot.start(failpoint)
    member, guest = Page(bot.url, "member"), Page(bot.url, "guest")
    await fill_in_on_the_page(member)
    await member.tap("提交")
    for text in (CANARIES[0], f"/passphrase {CANARIES[1]}", f"/join {CANARIES[3]}", CANARIES[0] * 2000):
        await member.say(text)
        await guest.say(text)
    answers = [answer async for answer in answers_to_what_no_page_sends(bot.url)]
    await bot.stop()
    logged = bot.logged()
    assert "update_failed" in logged
    assert leaked(logged, (*CANARIES, "B003")) == []
    assert leaked("\n".join(answers), CANARIES) == []


ODD = ({"id": CANARIES[3], "text": {CANARIES[0]: 1}}, {"id": "9", "location": {"latitude": CANARIES[0]}}, [CANARIES[3]])


def as_json(said: object) -> bytes:
    return json.dumps(said).encode()


async def answers_to_what_no_page_sends(url: str) -> AsyncIterator[str]:
    page = {"X-Chat": "1"}
    unheard = quote(CANARIES[3])
    async with ClientSession() as browser:
        for place in ("say", "press", unheard):
            for body in (CANARIES[0].encode(), *map(as_json, ODD)):
                for headers in (page, {}, page | {"Content-Type": "multipart/form-data; boundary=x"}):
                    async with browser.post(f"{url}/as/member/{place}", data=body, headers=headers) as response:
                        assert response.status < 500
                        yield await response.text()
        for place in (f"enter/{quote(CANARIES[1])}", f"as/member/file/{unheard}", f"as/{unheard}/", "metrics"):
            async with browser.get(f"{url}/{place}") as response:
                yield await response.text()
