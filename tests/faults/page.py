"""A browser's side of the chat page, without a browser: it sends again with the same number what got no answer."""

import asyncio
import itertools
from typing import Any

from aiohttp import ClientError, ClientSession


class Page:
    """One persona's page. ``say``, ``tap`` and ``send`` give back whether the bot confirmed."""

    def __init__(self, url: str, persona: str) -> None:
        self._base = f"{url}/as/{persona}"
        self._numbers = itertools.count(1)
        self._persona = persona

    async def say(self, text: str, number: str | None = None) -> bool:
        return await self._post("say", {"id": number or self.number(), "text": text})

    async def tap(self, label: str) -> bool:
        """Press the newest button with these words."""
        return await self.send(await self.press(label))

    async def press(self, label: str) -> dict[str, Any]:
        """What the page would send for the newest button with these words; sending it again is the same press."""
        async with asyncio.timeout(10):
            while True:
                for message in reversed(await self.messages()):
                    for button in itertools.chain.from_iterable(message["buttons"]):
                        if label in button["text"]:
                            return {"id": self.number(), "message": message["id"], "data": button["data"]}
                await asyncio.sleep(0.05)

    async def send(self, press: dict[str, Any]) -> bool:
        return await self._post("press", press)

    async def messages(self) -> list[dict[str, Any]]:
        async with ClientSession() as client, client.get(f"{self._base}/events?after=0") as response:
            return list((await response.json())["messages"])

    async def texts(self) -> list[str]:
        return [message["text"] for message in await self.messages()]

    async def sees(self, words: str, seconds: float = 10) -> bool:
        """Whether the words arrive within so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while not any(words in text for text in await self.texts()):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            return False
        return True

    def number(self) -> str:
        return f"{self._persona}-{next(self._numbers):06d}"

    async def _post(self, what: str, body: dict[str, Any]) -> bool:
        try:
            async with (
                ClientSession() as client,
                client.post(f"{self._base}/{what}", json=body, headers={"X-Chat": "1"}) as response,
            ):
                return response.status == 200
        except (ClientError, OSError):
            return False
