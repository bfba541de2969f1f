"""Coming in to the chat page by a one-time link: opening it spends nothing, pressing a button does."""

from zoneinfo import ZoneInfo

from aiohttp import web

from domain.entrances import FirstNames
from domain.errors import DomainError
from domain.use import Use
from pages.door import CODE, COOKIE, INSIDE, device_of, let_in, refuse_others
from pages.html import answer
from services.entrances import Entrances
from views import door
from views.texts import LANGUAGES, Texts

ADDRESS = f"/enter/{{code:{CODE}}}"


class Entering:
    """``language`` is the organisation's, for the names it begins with."""

    def __init__(
        self,
        entrances: Entrances,
        use: Use,
        texts: Texts,
        zone: ZoneInfo,
        language: str,
    ) -> None:
        self._entrances = entrances
        self._use = use
        self._voices = [texts.translator(code, zone) for code in LANGUAGES]
        t = texts.translator(language, zone)
        self._names = FirstNames(t.plain("first-office-name"), t.plain("first-admin-name"))

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.get(ADDRESS, self._show), web.post(ADDRESS, self._enter), web.get("/", self._home)]

    async def _home(self, _request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(INSIDE)

    async def _show(self, _request: web.Request) -> web.StreamResponse:
        """The same page for every link, so that opening one tells nothing about it."""
        return answer(door.press(self._voices))

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        refuse_others(request)
        before, device = request.cookies.get(COOKIE, ""), device_of(request, await request.post())
        code = request.match_info["code"]
        try:
            secret = await self._use(self._entrances.enter, code, self._names, device, before, request.remote or "")
        except DomainError as error:
            too_often = error.code == "codes-too-many"
            return answer(door.too_many_links(self._voices) if too_often else door.wrong(self._voices), 403)
        raise let_in(request, secret, device)
