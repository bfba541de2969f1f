"""The demo opened to the network, to try it on a phone: whoever comes from another device types the password that was
printed at the start. On this machine nobody is asked."""

import hmac
import secrets
import socket
import sys
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from io import BytesIO

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.proxies import NO_PAGES, is_to_this_machine
from bot.settings import LOOPBACK
from services.clock import Clock
from views import door
from views.texts import Translator

COOKIE = "demo"
ENTER = "/demo/enter"
INSIDE = web.RequestKey("let_in", bool)
GUESSES = 10
WITHIN = timedelta(minutes=1)
ANYWHERE = "192.0.2.1"
"""An address that belongs to nobody: asking the way there sends nothing, and tells which address of ours leads out."""


class Gate:
    def __init__(self, voices: Sequence[Translator], clock: Clock, port: Callable[[], int]) -> None:
        self._voices = voices
        self._clock = clock
        self._port = port
        self._password = f"{secrets.randbelow(10**8):08d}"
        self._key = secrets.token_urlsafe(24)
        self._wrong: deque[datetime] = deque(maxlen=GUESSES)

    @property
    def address(self) -> str:
        """Where another device finds the demo."""
        return f"http://{_address_here()}:{self._port()}/"

    def announce(self) -> None:
        """Print the way in, where whoever started the program reads it and no log keeps it."""
        sys.stdout.write(f"{self.address}  password: {self._password}\n")
        sys.stdout.flush()

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.post(ENTER, self._enter), web.get("/demo/phone.svg", self._picture)]

    def middleware(self) -> Middleware:
        @web.middleware
        async def ask(request: web.Request, handler: Handler) -> web.StreamResponse:
            here = request.remote in LOOPBACK and is_to_this_machine(request)
            known = hmac.compare_digest(request.cookies.get(COOKIE, ""), self._key)
            if here or known:
                request[INSIDE] = True
                return await handler(request)
            if request.path == ENTER or request.path.startswith(NO_PAGES):
                return await handler(request)
            return _page(door.demo(self._voices), 401)

        return ask

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        now = self._clock.now()
        typed = str((await request.post()).get("password", ""))
        many = len(self._wrong) == GUESSES and now - self._wrong[0] < WITHIN
        if many or not hmac.compare_digest(typed.strip().encode(), self._password.encode()):
            self._wrong.append(now)
            return _page(door.demo(self._voices, wrong=True), 403)
        response = web.HTTPSeeOther("/")
        response.set_cookie(COOKIE, self._key, path="/", httponly=True, samesite="Strict")
        raise response

    async def _picture(self, _request: web.Request) -> web.StreamResponse:
        # Imported here: few open the demo to others, and the program is one for all.
        import segno

        drawn = BytesIO()
        segno.make(self.address).save(drawn, kind="svg", scale=8, border=2, light="white")
        return web.Response(body=drawn.getvalue(), content_type="image/svg+xml")


def may_play(request: web.Request) -> bool:
    """Whether the demo answers: a request to this machine by name, or one that the gate let in."""
    return bool(request.get(INSIDE)) or is_to_this_machine(request)


def _address_here() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect((ANYWHERE, 9))
        except OSError:
            return socket.gethostname()
        return str(way.getsockname()[0])


def _page(html: str, status: int) -> web.Response:
    return web.Response(text=html, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})
