"""Links that let people in, and browsers that open them."""

import os
import re
import subprocess
import sys
from collections.abc import Awaitable

from playwright.async_api import Browser, Page, expect

from tests.browser.tab import Tab
from tests.faults.running import Running


def invite(bot: Running, **settings: str) -> str:
    """What an operator does: ask the program for the first administrator's link."""
    given = {"BOT_MODE": "web", "BOT_DATA_DIR": str(bot.folder / "data"), "BOT_HTTP_PORT": str(bot.port), **settings}
    command = [sys.executable, "-m", "bot", "invite", "--admin"]
    done = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


async def opened(browser: Browser, link: str) -> Page:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, timezone_id="Asia/Shanghai")
    page = await context.new_page()
    await page.goto(link)
    return page


async def entered(browser: Browser, link: str) -> Tab:
    """Open a link in a browser of its own and press the first button."""
    page = await opened(browser, link)
    await page.get_by_role("button").first.click()
    tab = Tab(page)
    await tab.is_ready()
    return tab


async def link_given(tab: Tab, asking: Awaitable[None]) -> str:
    """The link that somebody is shown for asking, told from those that stand on the page already."""
    given = tab.page.locator("article", has_text="/enter/")
    before = await given.count()
    await asking
    await expect(given).not_to_have_count(before)
    return re.findall(r"http\S+/enter/[\w-]+", await given.last.inner_text())[-1]
