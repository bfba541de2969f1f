"""One persona's tab, driven as a person would: by what stands on the screen."""

import re
from collections.abc import Awaitable
from pathlib import Path

from playwright.async_api import Locator, Page, expect


class Tab:
    def __init__(self, page: Page) -> None:
        self.page = page

    async def is_ready(self) -> None:
        await expect(self.page.locator("#title")).not_to_be_empty()

    async def says(self, text: str) -> None:
        await self.page.fill("#text", text)
        if await self.page.evaluate("navigator.onLine"):
            await self._and_is_answered("say", self.page.click("#send"))
        else:
            await self.page.click("#send")

    async def taps(self, label: str) -> None:
        """Press the newest button with exactly these words, in whatever case."""
        whole = re.compile(rf"^\s*{re.escape(label)}\s*$", re.IGNORECASE)
        button = self.page.locator("button.press", has_text=whole).last
        await self._and_is_answered("press", button.click())

    async def taps_part(self, part: str) -> None:
        """Press the newest button in which these words stand."""
        await self._and_is_answered("press", self.button(part).click())

    async def _and_is_answered(self, what: str, deed: Awaitable[None]) -> None:
        """Whoever taps looks at what comes of it before tapping on: wait for the answer and for the page to show it."""
        async with self.page.expect_response(lambda response: response.url.endswith(f"/{what}")):
            await deed
        await expect(self.page.locator(".pending, [aria-busy=true]")).to_have_count(0)

    async def taps_waiting(self, label: str) -> None:
        """Tap the thing that waits, in the bar over the composer."""
        await self._and_is_answered("say", self.page.locator("#waiting button", has_text=label).click())

    async def sees(self, words: str) -> None:
        """Wait until the words stand in the newest message that has them."""
        await expect(self.page.locator("article", has_text=words).last).to_be_visible()

    async def sees_not(self, words: str) -> None:
        await expect(self.page.locator("article", has_text=words)).to_have_count(0)

    async def sends_photo(self, path: Path) -> None:
        await self.page.set_input_files("#photos", str(path))

    async def sends_file(self, path: Path) -> None:
        await self.page.set_input_files("#files", str(path))

    def button(self, label: str) -> Locator:
        return self.page.locator("button.press", has_text=label).last

    async def photograph(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=str(path))
