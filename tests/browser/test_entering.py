"""Coming in for real in a browser: by a link, spent once and only by a button; out again, and back by a passphrase."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.axe import faults
from tests.browser.links import invite, opened
from tests.browser.tab import Tab
from tests.faults.running import Running

pytestmark = pytest.mark.browser

PASSPHRASE = "four words of mine"


async def test_a_link_lets_one_person_in_by_its_button(tmp_path: Path, browser: Browser) -> None:
    bot = Running(tmp_path, BOT_MODE="web")
    await bot.start()
    link = invite(bot)
    assert "/enter/" in link
    assert link not in bot.logged()

    stranger = await opened(browser, bot.url)
    await expect(stranger.locator("#text")).to_have_count(0)

    await opened(browser, link)
    admin = await opened(browser, link)
    assert await faults(admin) == []
    await admin.get_by_role("button", name="own device").click()
    await Tab(admin).is_ready()
    await Tab(admin).says("/menu")
    await Tab(admin).sees("管理员")

    late = await opened(browser, link)
    await late.get_by_role("button", name="own device").click()
    await expect(late.locator("#text")).to_have_count(0)

    await admin.reload()
    await Tab(admin).is_ready()
    await comes_back_by_a_passphrase(admin)
    await bot.stop()


async def comes_back_by_a_passphrase(admin: Page) -> None:
    """Signed out in one tab, the other is at the door; what was half written there is there again after return,
    and what waited to be sent arrives."""
    await Tab(admin).says("/passphrase")
    await Tab(admin).says(PASSPHRASE)
    await Tab(admin).sees("口令已设置")
    await Tab(admin).sees_not(PASSPHRASE)
    account = await admin.evaluate("fetch('hello').then((answer) => answer.json()).then((hello) => hello.account)")
    await admin.context.route("**/say", lambda route: route.abort())
    await admin.fill("#text", "kept at the door")
    await admin.click("#send")
    await expect(admin.locator(".failed")).to_have_count(1)
    await admin.fill("#text", "half a report")
    other = await admin.context.new_page()
    await other.goto(admin.url)
    await Tab(other).is_ready()
    await fits_a_thumb_on_a_small_phone(other.locator("#sign-out-do"))
    other.on("dialog", lambda dialog: dialog.accept())
    await other.click("#sign-out-do")
    # Whichever comes first, the answer to the sign-out or the end of the page's own question: both lead to the door.
    await expect(other.locator("[name=number]")).to_be_visible()
    await expect(admin.get_by_text("what you were writing is still in this tab")).to_be_visible()
    await admin.context.unroute("**/say")

    await admin.fill("[name=number]", f"admin-{account}")
    await admin.fill("[name=passphrase]", "not what was set")
    await admin.get_by_role("button", name="A shared computer").click()
    await expect(admin.get_by_text("Staff number and passphrase do not match")).to_be_visible()
    await admin.fill("[name=number]", f"admin-{account}")
    await admin.fill("[name=passphrase]", PASSPHRASE)
    await admin.get_by_role("button", name="A shared computer").click()
    await Tab(admin).is_ready()
    await expect(admin.locator("#text")).to_have_value("half a report")
    await expect(admin.locator("article.mine:not(.pending)", has_text="kept at the door")).to_have_count(1)
    await Tab(admin).says("/devices")
    await Tab(admin).sees("（当前）（公用电脑）")


async def fits_a_thumb_on_a_small_phone(button: Locator) -> None:
    await button.page.set_viewport_size({"width": 360, "height": 740})
    box = await button.bounding_box()
    assert box is not None
    assert (box["height"] >= 44, box["x"] + box["width"] <= 360) == (True, True)
