"""A browser without a window: it keeps cookies, presses buttons and reads its chat."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import ClientResponse, ClientSession, CookieJar, FormData

WAIT_SECONDS = 10


class Browser:
    # Of all browsers together, since two may show one chat.
    _numbers = itertools.count(1)

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = ClientSession(cookie_jar=CookieJar(unsafe=True))

    async def close(self) -> None:
        await self.http.close()

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        async with self.http.get(self.url + path, headers=headers) as response:
            return response.status, await response.text()

    async def press_enter(self, code: str, device: str = "own", **headers: str) -> ClientResponse:
        """Press a button of a link's page; the answer is not followed."""
        address = f"{self.url}/enter/{code}"
        form = {"device": device}
        async with self.http.post(address, data=form, headers=headers, allow_redirects=False) as response:
            await response.read()
            return response

    async def sign_out(self, **headers: str) -> ClientResponse:
        async with self.http.post(f"{self.url}/sign-out", headers=headers, allow_redirects=False) as response:
            await response.read()
            return response

    async def says(self, text: str, times: int = 1) -> int:
        """``times`` at once, as a page sends again what had no answer."""
        said = {"id": self._number(), "text": text}
        return max(await asyncio.gather(*(self._post("say", said) for _ in range(times))))

    async def sends_file(self, name: str, data: bytes) -> int:
        form = FormData({"id": self._number(), "text": "", "group": "", "kind": "document"})
        form.add_field("file", data, filename=name)
        async with self.http.post(f"{self.url}/chat/say", data=form, headers={"X-Chat": "1"}) as response:
            return response.status

    async def taps(self, label: str) -> int:
        """Press the newest button whose words contain ``label``, once it is there."""
        async for messages in self._as_they_come():
            for message in reversed(messages):
                for button in itertools.chain.from_iterable(message["buttons"]):
                    if label in button["text"]:
                        press = {"id": self._number(), "message": message["id"], "data": button["data"]}
                        return await self._post("press", press)
        raise AssertionError(f"no button {label!r}")

    async def messages(self) -> list[dict[str, Any]]:
        """The chat as it stands."""
        return list((await self._events(0))["messages"])

    async def sees(self, words: str) -> bool:
        """Whether the words arrive."""
        async for messages in self._as_they_come():
            if any(words in message["text"] for message in messages):
                return True
        return False

    async def _as_they_come(self) -> AsyncIterator[list[dict[str, Any]]]:
        """The chat each time it has changed, until nothing changes for so long that nothing will."""
        known: dict[int, dict[str, Any]] = {}
        seq = 0
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                while True:
                    news = await self._events(seq)
                    seq = max(seq, news["seq"], 1)
                    known |= {message["id"]: message for message in news["messages"]}
                    yield [known[number] for number in sorted(known)]
        except TimeoutError:
            return

    async def _events(self, after: int) -> dict[str, Any]:
        async with self.http.get(f"{self.url}/chat/events?after={after}") as response:
            return dict(await response.json())

    async def code(self) -> str:
        """The code in the newest invitation."""
        texts = "\n".join(message["text"] for message in await self.messages())
        return re.findall(r"/enter/(\S+)", texts)[-1]

    async def newest_file(self) -> bytes:
        url = [message["document"]["url"] for message in await self.messages() if message["document"]][-1]
        async with self.http.get(self.url + url) as response:
            return await response.read()

    async def _post(self, what: str, body: dict[str, Any]) -> int:
        address = f"{self.url}/chat/{what}"
        async with self.http.post(address, json=body, headers={"X-Chat": "1"}) as response:
            return response.status

    def _number(self) -> str:
        return f"browser-{next(self._numbers):08d}"
