"""Who comes in by the chat page: in the demo whoever picks a persona, for real whoever entered by a link."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.demo.gate import Gate, may_play
from domain.errors import DomainError
from domain.use import Use
from pages.door import COOKIE
from platforms.web.server import SIGN_IN
from services.people import People
from services.sign_ins import SignIns
from services.waiting import Waiting
from views import chat_page, demo, door, refusals
from views.texts import LANGUAGES, Texts, Translator

PERSONAS = ("guest", "member", "accountable", "secretary", "point-officer", "supervisor", "admin")


class Greeting:
    """What the page says by itself, in the language of whoever sits at the account."""

    def __init__(
        self,
        people: People,
        waiting: Waiting,
        use: Use,
        texts: Texts,
        zone: ZoneInfo,
        language: str,
        commands: Callable[[], tuple[str, ...]],
    ) -> None:
        self._people = people
        self._waiting = waiting
        self._use = use
        self._texts = texts
        self._zone = zone
        self._language = language
        self._commands = commands

    async def hello(self, account_id: int) -> dict[str, Any]:
        actor = await self._use(self._people.acting, "web", account_id, self._language)
        return chat_page.hello(actor, self._texts.translator(actor.language, self._zone), self._commands())

    async def standing(self, account_id: int) -> dict[str, Any]:
        actor = await self._use(self._people.acting, "web", account_id, self._language)
        counts = await self._use(self._waiting.counts, actor)
        return chat_page.standing(actor, self._texts.translator(actor.language, self._zone), counts)

    def label(self, persona: str, language: str) -> str:
        return chat_page.persona(self._texts.translator(language, self._zone), persona)

    def phone(self, address: str, language: str) -> dict[str, str]:
        """How to try the demo on another device."""
        return demo.phone(self._texts.translator(language, self._zone), address)

    def voices(self) -> list[Translator]:
        """Everybody's languages, for whoever is not known yet."""
        return [self._texts.translator(language, self._zone) for language in LANGUAGES]

    def plain_http(self) -> str:
        return door.plain_http(self.voices())

    def refusal(self, error: DomainError) -> str:
        text: str = refusals.refusal(error, self._texts.translator(self._language, self._zone)).as_kwargs()["text"]
        return text


class DemoDoors:
    """Everybody may act as anybody, so the page answers on this machine only (by Host, whatever the port is), and where
    there is a ``gate``, whom that lets in."""

    def __init__(self, personas: Mapping[str, int], greeting: Greeting, gate: Gate | None) -> None:
        self._personas = personas
        self._greeting = greeting
        self._gate = gate

    async def account(self, request: web.Request) -> int | None:
        if not may_play(request):
            return None
        return self._personas.get(request.match_info["persona"])

    async def hello(self, _request: web.Request, account_id: int) -> dict[str, Any]:
        hello = await self._greeting.hello(account_id)
        personas = [
            {
                "name": name,
                "path": f"/as/{name}/",
                "label": self._greeting.label(name, hello["locale"]),
                "current": number == account_id,
            }
            for name in PERSONAS
            if (number := self._personas.get(name)) is not None
        ]
        phone = self._greeting.phone(self._gate.address, hello["locale"]) if self._gate is not None else None
        return {**hello, "demo": True, "personas": personas, "phone": phone}

    async def standing(self, account_id: int) -> dict[str, Any]:
        return await self._greeting.standing(account_id)

    def refusal(self, error: DomainError, _account_id: int) -> str:
        return self._greeting.refusal(error)

    def closed(self, *, ended: bool) -> str:
        return door.demo_elsewhere(self._greeting.voices())


class RealDoors:
    """A browser comes in by the cookie that pressing a link's button gave it."""

    def __init__(self, sign_ins: SignIns, use: Use, greeting: Greeting) -> None:
        self._sign_ins = sign_ins
        self._use = use
        self._greeting = greeting

    async def account(self, request: web.Request) -> int | None:
        secret = request.cookies.get(COOKIE)
        entered = await self._use(self._sign_ins.entered, secret) if secret else None
        if entered is None:
            return None
        if entered.returning:
            await self._use(self._sign_ins.used, entered.session_id)
        request[SIGN_IN] = entered.session_id
        return entered.account_id

    async def hello(self, _request: web.Request, account_id: int) -> dict[str, Any]:
        return await self._greeting.hello(account_id)

    async def standing(self, account_id: int) -> dict[str, Any]:
        return await self._greeting.standing(account_id)

    def refusal(self, error: DomainError, _account_id: int) -> str:
        return self._greeting.refusal(error)

    def closed(self, *, ended: bool) -> str:
        return door.closed(self._greeting.voices(), ended=ended)
