"""Coming in for real: the first administrator's link in a browser, spent once and by the button only."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.tab import Tab
from tests.faults.running import Running

pytestmark = pytest.mark.browser


def invite(bot: Running) -> str:
    """What an operator does: ask the program for the first administrator's link."""
    settings = {"BOT_MODE": "web", "BOT_DATA_DIR": str(bot.folder / "data"), "BOT_HTTP_PORT": str(bot.port)}
    command = [sys.executable, "-m", "bot", "invite", "--admin"]
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


async def opened(browser: Browser, link: str) -> Page:
    page = await (await browser.new_context(viewport={"width": 390, "height": 844})).new_page()
    await page.goto(link)
    return page


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
    await admin.get_by_role("button", name="own device").click()
    await Tab(admin).is_ready()
    await Tab(admin).says("/menu")
    await Tab(admin).sees("管理员")

    late = await opened(browser, link)
    await late.get_by_role("button", name="own device").click()
    await expect(late.locator("#text")).to_have_count(0)

    await admin.reload()
    await Tab(admin).is_ready()
    await bot.stop()
