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


async def test_a_browser_is_ended_from_another_one_and_knows_itself_in_the_list(sample: App, browser: Open) -> None:
    phone, desktop = browser(), browser()
    await phone.press_enter(await link_for(sample, "B003"), **{"User-Agent": "Chrome/130 (Linux; Android 14)"})
    await desktop.press_enter(await link_for(sample, "B003"), **{"User-Agent": "Firefox/130 (Windows NT 10.0)"})
    await desktop.says("/devices")
    assert await desktop.sees("Firefox · Windows（当前）")
    assert await desktop.sees("Chrome · Android：")
    await desktop.taps("Chrome · Android")
    await desktop.taps("确认退出")
    assert (await phone.get("/chat/hello"))[0] == 403
    assert await phone.says("still here?") == 403
    assert (await desktop.get("/chat/hello"))[0] == 200


async def test_when_a_browser_was_used_last_is_known_to_the_hour(sample: App, browser: Open, clock: FixedClock) -> None:
    member = browser()
    secret = (await member.press_enter(await link_for(sample, "B003"))).cookies["session"].value
    entered = clock.now()

    async def last_used() -> object:
        actor = await sample.use(sample.services.people.acting, "web", await account_of(sample, secret), "zh")
        return (await sample.use(sample.services.sign_ins.listed, actor, None))[0].last_used_at

    clock.advance(minutes=59)
    await member.get("/chat/")
    assert await last_used() == entered
    later = clock.advance(minutes=2)
    await member.get("/chat/")
    assert await last_used() == later


async def account_of(sample: App, secret: str) -> int:
    entered = await sample.use(sample.services.sign_ins.entered, secret)
    assert entered is not None
    return entered.account_id
