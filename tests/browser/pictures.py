"""``make pictures``: what each persona of the demo sees, in both languages, on a phone and a desk, in light and dark.

One sheet of screens for each, for docs/screens.md and for whoever changes the page to look at."""

import asyncio
import tempfile
import time
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.async_api import async_playwright, expect

from tests import machine
from tests.browser.cast import SIZES
from tests.browser.conftest import SWITCHES
from tests.browser.tab import Tab
from tests.browser.tabs import Tabs
from tests.faults.running import Running

FOLDER = Path("docs/images/screens")
FILLED_SECONDS = 120
COLOURS = 128
SHOWN = {
    "guest": "/start",
    "member": "/menu",
    "accountable": "/due",
    "secretary": "/inbox",
    "point-officer": "/points",
    "supervisor": "/triage",
    "admin": "/health",
}
"""The screen by which each persona is shown."""


def main() -> None:
    for language in ("zh", "en"):
        with tempfile.TemporaryDirectory() as folder:
            bot = Running(Path(folder), living=True, BOT_LOCALE=language)
            asyncio.run(bot.start())
            _wait_until_gone(bot.folder / "data" / "demo" / language / "filling")
            asyncio.run(_all_sheets(bot, language))
            asyncio.run(bot.stop())


async def _all_sheets(bot: Running, language: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=machine.chromium(), args=SWITCHES)
        tabs = Tabs(browser, bot.url)
        for persona, command in SHOWN.items():
            await (await tabs.open(persona)).says(command)
        for size, scheme in product(SIZES, ("light", "dark")):
            width, height = SIZES[size]
            screens = []
            for persona in SHOWN:
                tab = await tabs.open(persona, width, height, scheme)
                await expect(tab.page.locator("article.message").last).to_be_visible()
                await expect(tab.page.locator("#stage summary")).to_be_visible()
                screens.append(await _photograph(tab))
            _sheet(screens, 4 if size == "phone" else 2).save(FOLDER / f"{language}-{size}-{scheme}.png", optimize=True)
        await browser.close()


def _wait_until_gone(mark: Path) -> None:
    """The mark stands while the demo is being filled."""
    ends = time.monotonic() + FILLED_SECONDS
    while mark.exists() and time.monotonic() < ends:
        time.sleep(0.5)


async def _photograph(tab: Tab) -> Image.Image:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        await tab.photograph(Path(file.name))
        return Image.open(file.name).convert("RGB")


def _sheet(screens: list[Image.Image], columns: int) -> Image.Image:
    """The screens side by side at half their size, in few colours: the pictures live in the repository."""
    width, height = (side // 2 for side in screens[0].size)
    rows = -(-len(screens) // columns)
    sheet = Image.new("RGB", (columns * width, rows * height), "white")
    for number, screen in enumerate(screens):
        row, column = divmod(number, columns)
        sheet.paste(screen.resize((width, height), Image.Resampling.LANCZOS), (column * width, row * height))
    return sheet.quantize(COLOURS)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    main()
