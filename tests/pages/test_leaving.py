"""Signing out: at once, in every tab of the browser, and nothing that comes later is handed out."""

import asyncio
from collections.abc import Callable

from bot.app import App
from tests.conftest import FixedClock
from tests.pages.browser import Browser
from tests.pages.test_entering import link_for

Open = Callable[[], Browser]


async def test_signing_out_ends_the_session_and_takes_the_cookie(sample: App, browser: Open) -> None:
    member, desktop = browser(), browser()
    secret = (await member.press_enter(await link_for(sample, "B003"))).cookies["session"].value
    await desktop.press_enter(await link_for(sample, "B003"))
    assert (await member.sign_out()).headers["Location"] == "/chat/"
    status, page = await member.get("/chat/")
    assert status == 403
    assert "请用收到的链接进入" in page
    assert (await browser().get("/chat/hello", Cookie=f"session={secret}"))[0] == 403
    assert (await desktop.get("/chat/"))[0] == 200


async def test_another_site_cannot_sign_anybody_out(sample: App, browser: Open) -> None:
    member = browser()
    await member.press_enter(await link_for(sample, "B003"))
    assert (await member.sign_out(Origin="https://evil.example.org")).status == 403
    assert (await member.get("/chat/"))[0] == 200


async def test_an_open_page_is_let_go_at_once_and_gets_nothing_that_came_since(sample: App, browser: Open) -> None:
    """A page that waits for news hears within a second that it is out, not when its wait is over."""
    member, other = browser(), browser()
    code = await link_for(sample, "B003")
    secret = (await member.press_enter(code)).cookies["session"].value
    await member.says("/menu")
    newest = max(message["seq"] for message in await member.messages())
    waiting = asyncio.ensure_future(other.get(f"/chat/events?after={newest}", Cookie=f"session={secret}"))
    while not sample.pages.accounts():  # noqa: ASYNC110 - the server is waited for, and it has no event to wait on
        await asyncio.sleep(0)
    await member.sign_out()
    status, answer = await asyncio.wait_for(waiting, 10)
    assert (status, "messages" in answer) == (403, False)


async def test_the_closed_page_says_so_to_whoever_was_inside(sample: App, browser: Open, clock: FixedClock) -> None:
    member = browser()
    await member.press_enter(await link_for(sample, "B003"))
    clock.advance(days=90)
    assert await member.says("half a report") == 403
    status, page = await member.get("/chat/?ended")
    assert status == 403
    assert "您在这里已退出登录" in page
    assert "what you were writing is still in this tab" in page
