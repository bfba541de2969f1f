"""The page as an app: installed on a phone, out of sight, without a connection."""

import re

import pytest
from aiohttp import ClientSession
from playwright.async_api import expect

from tests.browser.tab import Tab
from tests.browser.tabs import Tabs
from tests.faults.running import Running

pytestmark = pytest.mark.browser

DRAWN = re.compile("^data:image/png")


async def looks_away(tab: Tab, hidden: bool = True) -> None:
    """The person turns to another window, or back."""
    await tab.page.evaluate(
        """(hidden) => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


async def test_a_phone_can_install_it_in_the_readers_language(tabs: Tabs, demo: Running) -> None:
    member = await tabs.open("member")
    session = await member.page.context.new_cdp_session(member.page)
    told = await session.send("Page.getAppManifest")
    assert told["errors"] == []
    assert told["url"].endswith("/as/member/manifest.webmanifest")
    app = await member.page.evaluate("fetch(document.querySelector('[rel=manifest]').href).then((one) => one.json())")
    assert (app["name"], app["lang"], app["start_url"]) == ("表率", "zh", "/as/member/")
    assert {icon["purpose"] for icon in app["icons"]} == {"any", "maskable"}
    async with ClientSession() as client:
        for icon in app["icons"]:
            async with client.get(demo.url + icon["src"]) as answer:
                assert answer.content_type == "image/png"


async def test_what_comes_while_nobody_looks_is_counted_until_somebody_does(tabs: Tabs) -> None:
    member, elsewhere = await tabs.open("member"), await tabs.open("member")
    await member.page.evaluate("navigator.setAppBadge = async (count) => (window.badge = count)")
    await expect(member.page).to_have_title("表率")
    await looks_away(member)
    await elsewhere.says("/help")
    await expect(member.page).to_have_title("(1) 表率")
    await expect(member.page.locator("#icon")).to_have_attribute("href", DRAWN)
    assert await member.page.evaluate("window.badge") == 1
    await looks_away(member, hidden=False)
    await expect(member.page).to_have_title("表率")
    await expect(member.page.locator("#icon")).not_to_have_attribute("href", DRAWN)


async def test_a_notification_is_asked_for_by_a_tap_says_no_content_and_can_be_switched_off(tabs: Tabs) -> None:
    member, elsewhere = await tabs.open("member"), await tabs.open("member")
    await member.page.context.grant_permissions(["notifications"])
    await member.page.add_init_script(
        """window.asked = 0;
        window.shown = [];
        const ask = Notification.requestPermission.bind(Notification);
        Notification.requestPermission = () => (window.asked += 1, ask());
        const show = async (title, { body }) => window.shown.push([title, body]);
        ServiceWorkerRegistration.prototype.showNotification = show;
        """
    )
    await member.page.reload()
    bell = member.page.locator("#bell")

    async def shown_after_news() -> list[list[str]]:
        await looks_away(member)
        await elsewhere.says("/help")
        await expect(member.page).to_have_title("(1) 表率")
        await looks_away(member, hidden=False)
        shown: list[list[str]] = await member.page.evaluate("window.shown")
        return shown

    await expect(bell).to_have_text("提醒我")
    assert await shown_after_news() == []
    assert await member.page.evaluate("window.asked") == 0
    await bell.click()
    await expect(bell).to_have_text("提醒已开")
    assert await shown_after_news() == [["表率", "有新消息"]]
    await bell.click()
    await expect(bell).to_have_text("提醒我")
    assert len(await shown_after_news()) == 1


async def test_a_browser_that_keeps_nothing_and_knows_no_notifications_works_all_the_same(tabs: Tabs) -> None:
    member = await tabs.open("member")
    await member.page.add_init_script(
        """delete window.Notification;
        for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
            Object.defineProperty(window, name, { get: () => { throw new Error("kept from you"); } });
        }"""
    )
    await member.page.reload()
    await member.is_ready()
    await member.says("/help")
    await member.sees("报问题")
    await expect(member.page.locator("#bell")).to_be_hidden()
