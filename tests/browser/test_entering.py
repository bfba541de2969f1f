"""Coming in for real: the first administrator's link in a browser, spent once and by the button only."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.axe import faults
from tests.browser.links import invite, opened
from tests.browser.tab import Tab
from tests.faults.running import Running

pytestmark = pytest.mark.browser


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
    await admin.get_by_role("button").click()
    await Tab(admin).is_ready()
    await Tab(admin).says("/menu")
    await Tab(admin).sees("管理员")

    late = await opened(browser, link)
    await late.get_by_role("button").click()
    await expect(late.locator("#text")).to_have_count(0)

    await admin.reload()
    await Tab(admin).is_ready()
    await bot.stop()
