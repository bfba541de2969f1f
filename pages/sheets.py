"""The sheet to be printed by which a unit's people join, at an address that works for an hour."""

from zoneinfo import ZoneInfo

from aiohttp import web

from domain.entrances import Links
from domain.errors import NotFound
from domain.use import Use
from pages.html import answer
from services.sheets import Sheets
from views import door, sheet
from views.texts import LANGUAGES, Texts

ADDRESS = "/sheet/{secret:[A-Za-z0-9_-]{1,64}}"
STYLE = "/sheet.css"


class SheetPages:
    """``language`` is the organisation's, for whoever made a sheet and chose none."""

    def __init__(self, sheets: Sheets, use: Use, texts: Texts, zone: ZoneInfo, language: str, links: Links) -> None:
        self._sheets = sheets
        self._use = use
        self._texts = texts
        self._zone = zone
        self._language = language
        self._links = links

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.get(ADDRESS, self._show), web.get(STYLE, self._style)]

    async def _show(self, request: web.Request) -> web.StreamResponse:
        try:
            found = await self._use(self._sheets.read, request.match_info["secret"])
        except NotFound:
            return answer(door.wrong([self._texts.translator(code, self._zone) for code in LANGUAGES]), 404)
        t = self._texts.translator(found.language or self._language, self._zone)
        return answer(sheet.page(t, found, self._links, STYLE))

    async def _style(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(sheet.STYLE)
