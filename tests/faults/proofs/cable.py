"""A cable to the database that can be pulled out: neither end hears that it is, as when a switch dies."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

from sqlalchemy import make_url

CHUNK = 65_536


class Cable:
    """Used as ``async with``; ``url`` is the database behind it."""

    def __init__(self, url: str) -> None:
        self._there = make_url(url)
        self._plugged = asyncio.Event()
        self._plugged.set()
        self._pumps: set[asyncio.Task[None]] = set()
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = self._there.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for pump in self._pumps:
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)

    def pull(self) -> None:
        self._plugged.clear()

    def plug(self) -> None:
        self._plugged.set()

    async def _connect(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        await self._plugged.wait()
        far, on = await asyncio.open_connection(self._there.host or "127.0.0.1", self._there.port or 5432)
        for source, sink in ((near, on), (far, back)):
            pump = asyncio.create_task(self._pump(source, sink))
            self._pumps.add(pump)
            pump.add_done_callback(self._pumps.discard)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(CHUNK):
                await self._plugged.wait()
                sink.write(data)
                await sink.drain()
        sink.close()
