"""Coming in to the chat page by a one-time link: opening it spends nothing, pressing the button does."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from aiohttp import web

from domain.entrances import SESSION_LASTS, FirstNames
from domain.errors import DomainError
from domain.use import Use
from pages.html import answer
from services.entrances import Entrances
from views import door
from views.texts import LANGUAGES, Texts

COOKIE = "session"
INSIDE = "/chat/"
ADDRESS = "/enter/{code:[A-Za-z0-9_-]{1,64}}"


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
        if not _from_here(request):
            raise web.HTTPForbidden
        before = request.cookies.get(COOKIE, "")
        try:
            secret = await self._use(self._entrances.enter, request.match_info["code"], self._names, before)
        except DomainError:
            return answer(door.wrong(self._voices), 403)
        response = web.HTTPSeeOther(INSIDE)
        age, secure = int(SESSION_LASTS.total_seconds()), request.secure
        response.set_cookie(COOKIE, secret, max_age=age, path="/", httponly=True, secure=secure, samesite="Strict")
        raise response


def _from_here(request: web.Request) -> bool:
    """Another site must not press the button for somebody, who would then sit in another person's chat."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
