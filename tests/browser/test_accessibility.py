"""The page for those who see little, do not see, or use no mouse: WCAG 2.2 AA, as far as a machine can tell."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import faults
from tests.browser.tab import Tab
from tests.browser.tabs import Tabs
from tests.faults.running import Running

pytestmark = pytest.mark.browser

THUMB = 44
TAPPABLE = "button:visible, summary:visible, a:visible:not(.words a)"


async def is_sound(tab: Tab) -> None:
    """In the light and in the dark nothing grave is wrong, and all that is tapped is as large as a thumb."""
    for scheme in ("light", "dark"):
        await tab.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
        assert await faults(tab.page) == []
    for part in await tab.page.locator(TAPPABLE).all():
        box = await part.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= THUMB, await part.inner_text()


async def fits_when_enlarged(tab: Tab) -> None:
    """With text twice as large nothing has to be scrolled sideways, and the conversation keeps its room."""
    await tab.page.evaluate("document.documentElement.style.fontSize = '200%'")
    for box in ("document.documentElement", "document.getElementById('log')"):
        assert await tab.page.evaluate(f"{box}.scrollWidth <= {box}.clientWidth"), box
    text, log = await tab.page.locator("#text").bounding_box(), await tab.page.locator("#log").bounding_box()
    window = tab.page.viewport_size
    assert text is not None
    assert log is not None
    assert window is not None
    assert text["width"] > 2 * THUMB
    assert log["height"] >= window["height"] / 4
    await tab.page.evaluate("document.documentElement.style.fontSize = ''")


async def test_every_screen_can_be_used_by_everybody(tabs: Tabs, demo: Running) -> None:
    member = await tabs.open("member")
    await expect(member.page.locator("#welcome")).to_be_visible()
    await is_sound(member)
    await expect(member.page.locator("#log")).to_have_attribute("aria-live", "polite")
    await member.says("/report")
    await member.sees("1/4")
    await member.page.locator("#menu").click()
    await is_sound(member)
    await fits_when_enlarged(member)
    await member.page.keyboard.press("Escape")
    await member.page.locator("#stage summary").click()
    await member.page.context.set_offline(True)
    await member.says("written in a tunnel")
    await expect(member.page.locator(".retry")).to_be_visible()
    await is_sound(member)
    await fits_when_enlarged(member)
    await member.page.goto("about:blank")
    tabs.errors.clear()

    closed = await member.page.context.browser.new_page()  # type: ignore[union-attr]  # it has one
    await closed.goto(f"{demo.url}/as/nobody/")
    assert await faults(closed) == []


@pytest.mark.parametrize("persona", ["guest", "member", "secretary", "point-officer", "supervisor", "admin"])
async def test_all_that_the_menu_opens_is_sound(tabs: Tabs, demo: Running, persona: str) -> None:
    tab = await tabs.open(persona, width=390, height=844)
    hello = await (await tab.page.request.get(f"{demo.url}/as/{persona}/hello")).json()
    for entry in hello["commands"]:
        await tab.says("/cancel")
        await tab.says(f"/{entry['command']}")
    for scheme in ("light", "dark"):
        await tab.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
        assert await faults(tab.page) == []


async def test_it_is_so_in_english_and_on_a_desk(tabs: Tabs) -> None:
    guest = await tabs.open("guest", width=1280, height=800)
    await guest.says("/language")
    await guest.taps("English")
    await expect(guest.page.locator("#text")).to_have_attribute("placeholder", "Write a message")
    await guest.says("/help")
    await is_sound(guest)
    await guest.page.set_viewport_size({"width": 360, "height": 740})
    await fits_when_enlarged(guest)
