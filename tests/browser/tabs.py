"""Tabs side by side, each a persona's."""

from playwright.async_api import Browser

from tests.browser.tab import Tab


class Tabs:
    """``errors`` are what the tabs' consoles complained about."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self.errors: list[str] = []

    async def open(
        self, persona: str, width: int = 360, height: int = 740, scheme: str = "light", *, worker: bool = True
    ) -> Tab:
        """Without its ``worker`` the page speaks to the server itself, so that a test may hold its requests up."""
        context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]  # light or dark
            reduced_motion="reduce",
            service_workers="allow" if worker else "block",
            timezone_id="Asia/Shanghai",
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        await page.goto(f"{self._url}/as/{persona}/")
        tab = Tab(page)
        await tab.is_ready()
        return tab
