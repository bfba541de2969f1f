"""What Telegram is told and asked once at the start, until it has heard: it may be out of reach for hours."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot import menus
from bot.links import Links
from bot.settings import Mode, Settings
from platforms.ingest import KINDS
from platforms.telegram.session import TelegramSession
from platforms.telegram.webhook import PATH
from views.texts import Texts

AGAIN_SECONDS = 5


class Introducing:
    def __init__(
        self,
        telegram: TelegramSession,
        settings: Settings,
        texts: Texts,
        commands: Sequence[str],
        links: Links,
        stopping: asyncio.Event,
    ) -> None:
        self._telegram = telegram
        self._settings = settings
        self._texts = texts
        self._commands = commands
        self._links = links
        self._stopping = stopping

    async def run(self) -> None:
        """Everything that the mode needs, beside each other."""
        needed = [self._menus, self._name, *([self._webhook] if self._settings.run_mode is Mode.WEBHOOK else [])]
        await asyncio.gather(*(self._until_taken(one) for one in needed))

    async def _until_taken(self, announce: Callable[[], Awaitable[bool]]) -> None:
        while not self._stopping.is_set() and not await announce():
            try:
                await asyncio.wait_for(self._stopping.wait(), AGAIN_SECONDS)
            except TimeoutError:
                continue

    async def _webhook(self) -> bool:
        """Where to send updates, and which."""
        payload = {
            "url": f"{self._settings.webhook_url}{PATH}",
            "secret_token": self._settings.webhook_secret.get_secret_value(),
            "allowed_updates": list(KINDS),
        }
        return (await self._telegram.call("setWebhook", payload)).ok

    async def _menus(self) -> bool:
        settings = self._settings
        return await menus.announce(self._telegram, self._texts, settings.zone, self._commands, settings.locale)

    async def _name(self) -> bool:
        """What the bot is called there: its invitations are links with that name."""
        answer = await self._telegram.call("getMe", {})
        if answer.ok:
            self._links.username = str(answer.result.get("username", ""))
        return answer.ok
