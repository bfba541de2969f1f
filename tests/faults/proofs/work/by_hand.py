"""Updates brought to the bot's webhook by hand: as often, as close together and to as many replicas as one likes."""

import asyncio
from typing import Any, Self

from aiohttp import ClientSession, TCPConnector

from platforms.telegram.webhook import PATH, SECRET_HEADER
from tests.faults.site import SECRET

AT_ONCE = 24
"""So many are on their way at a time."""


class Courier:
    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._http = ClientSession(connector=TCPConnector(limit=0), headers={SECRET_HEADER: SECRET})

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self._http.close()

    async def bring(self, update: dict[str, Any], address: str) -> int:
        """Gives back the status: 200 means that it need not be brought again."""
        async with self._places, self._http.post(f"{address}{PATH}", json=update) as answer:
            return answer.status
