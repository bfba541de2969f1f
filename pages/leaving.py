"""Signing out of the chat page."""

from aiohttp import web

from domain.use import Use
from pages.door import COOKIE, INSIDE, refuse_others
from services.sign_ins import SignIns


class Leaving:
    def __init__(self, sign_ins: SignIns, use: Use) -> None:
        self._sign_ins = sign_ins
        self._use = use

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.post("/sign-out", self._sign_out)]

    async def _sign_out(self, request: web.Request) -> web.StreamResponse:
        refuse_others(request)
        await self._use(self._sign_ins.sign_out, request.cookies.get(COOKIE, ""))
        response = web.HTTPSeeOther(INSIDE)
        response.del_cookie(COOKIE, path="/")
        raise response
