"""The bytes of a file that has just been sent, through whichever messenger it came."""

import asyncio
from collections.abc import Mapping

from domain.errors import DomainError
from domain.files import MAX_BYTES, Incoming
from domain.use import Use
from schedules.fetching import Downloads
from services.arrivals import LOCAL
from services.files import Files

FETCH_SECONDS = 6
"""A handler takes ten seconds at most, and after the fetch it still has work to do."""


class Fetcher:
    """``downloads`` by the number of the bot to which the file was sent."""

    def __init__(self, downloads: Mapping[int, Downloads]) -> None:
        self._downloads = downloads

    async def __call__(self, incoming: Incoming, /) -> bytes:
        if incoming.size > MAX_BYTES:
            raise DomainError("file-too-large", megabytes=MAX_BYTES // 2**20)
        source = self._downloads.get(incoming.bot_id)
        data = None
        if source is not None:
            try:
                data = await asyncio.wait_for(source.fetch(incoming.remote_id, MAX_BYTES), FETCH_SECONDS)
            except TimeoutError:
                data = None
        if data is None:
            raise DomainError("file-not-fetched")
        return data


class OwnFiles:
    """The chat page's files, which are ours from the start."""

    def __init__(self, files: Files, use: Use) -> None:
        self._files = files
        self._use = use

    async def fetch(self, remote_id: str, limit: int) -> bytes | None:
        number = remote_id.removeprefix(LOCAL)
        found = await self._use(self._files.find, int(number)) if number.isdigit() else None
        return found[1] if found is not None and len(found[1]) <= limit else None
