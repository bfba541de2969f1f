"""``/healthz`` and ``/readyz``: whether the program runs, and whether there is any use in sending people here."""

import asyncio

import structlog
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from domain.use import Use
from services.people import People

log = structlog.get_logger()

ANSWER_SECONDS = 3


class Probes:
    def __init__(self, people: People, use: Use, stopping: asyncio.Event) -> None:
        self._people = people
        self._use = use
        self._stopping = stopping

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/healthz", self._health), web.get("/readyz", self._ready)]

    async def _health(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True})

    async def _ready(self, _request: web.Request) -> web.StreamResponse:
        """It is not about to stop, and the database answers."""
        ready = not self._stopping.is_set() and await self._database_answers()
        return web.json_response({"ready": ready}, status=200 if ready else 503)

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._use(self._people.is_empty)
        except (TimeoutError, SQLAlchemyError) as error:
            log.warning("database_silent", error=type(error).__name__)
            return False
        return True
