"""Fetches the files that came through a messenger: an update only notes their handles, since it must not wait."""

from collections.abc import Mapping
from typing import Protocol

import structlog

from domain.errors import DomainError
from domain.files import MAX_BYTES, File
from domain.use import Use
from services.files import Files

log = structlog.get_logger()

BATCH = 10


class Downloads(Protocol):
    """A messenger's way to its files; None when the file is not to be had."""

    async def fetch(self, remote_id: str, limit: int) -> bytes | None: ...


class Fetching:
    """``downloads`` by the bot's number."""

    def __init__(self, files: Files, use: Use, downloads: Mapping[int, Downloads]) -> None:
        self._files = files
        self._use = use
        self._downloads = downloads

    async def fetch(self) -> int:
        """Fetch a batch of what waits; gives back how many files were kept."""
        kept = 0
        for file in await self._use(self._files.waiting, BATCH):
            kept += await self._one(file)
        return kept

    async def _one(self, file: File) -> bool:
        source = self._downloads.get(file.bot_id or 0)
        data = await source.fetch(file.remote_id or "", MAX_BYTES) if source is not None else None
        if data is None:
            await self._use(self._files.not_fetched, file.id, final=False)
            return False
        try:
            prepared = await self._use(self._files.prepare, file.kind, data)
        except DomainError as error:
            log.info("file_refused", file=file.id, code=error.code)
            await self._use(self._files.not_fetched, file.id, final=True)
            return False
        await self._use(self._files.fetched, file.id, prepared)
        return True
