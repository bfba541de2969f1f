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
