"""Coming back to the chat page by staff number and passphrase."""

import re
from zoneinfo import ZoneInfo

from aiohttp import web

from domain.entrances import as_made
from domain.errors import DomainError
from domain.passphrases import MAX_CHARACTERS
from domain.use import Use
from pages.door import CODE, COOKIE, device_of, let_in, refuse_others
from pages.html import answer
from services.passphrases import Passphrases, matches
from views import door
from views.texts import LANGUAGES, Texts

ADDRESS = "/enter"
MAX_NUMBER = 40


class Returning:
    def __init__(self, passphrases: Passphrases, use: Use, texts: Texts, zone: ZoneInfo) -> None:
        self._passphrases = passphrases
        self._use = use
        self._voices = [texts.translator(code, zone) for code in LANGUAGES]

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.get(ADDRESS, self._show), web.post(ADDRESS, self._enter)]

    async def _show(self, request: web.Request) -> web.StreamResponse:
        """How to come in. A code typed from paper leads to the page that its link opens."""
        code = as_made(request.query.get("code", "").strip().removeprefix("/join"))
        if re.fullmatch(CODE, code):
            raise web.HTTPFound(f"{ADDRESS}/{code}")
        return answer(door.wrong(self._voices) if code else door.closed(self._voices))

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        """Whoever has no such number, or no passphrase, is answered as after a wrong one, and as slowly."""
        refuse_others(request)
        form = await request.post()
        number = str(form.get("number", ""))[:MAX_NUMBER]
        passphrase = str(form.get("passphrase", ""))[: MAX_CHARACTERS + 1]
        before, device, address = request.cookies.get(COOKIE, ""), device_of(request, form), request.remote or ""
        try:
            kept = await self._use(self._passphrases.begin, number, address)
            if not await self._use(matches, kept, passphrase):
                return answer(door.no_match(self._voices), 403)
            secret = await self._use(self._passphrases.enter, number, address, kept, device, before)
        except DomainError as error:
            too_often = error.code == "codes-too-many"
            return answer(door.too_often(self._voices) if too_often else door.no_match(self._voices), 403)
        raise let_in(request, secret, device)
