"""What the demo adds to the chat page: its clock, what is new for whom, what to try, and a fresh start."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from aiohttp import web

from bot.demo.clock import move_on
from bot.demo.filling import Filling
from bot.demo.gate import may_play
from bot.demo.organisation import material
from bot.demo.tries import TRIES
from domain.people import LANGUAGES
from domain.use import Use
from platforms.web.server import same_origin
from services.clock import Clock
from storage.chat import ChatStore
from storage.lanes import reads
from storage.unit_of_work import Store
from views import demo as views
from views.texts import Texts

NEXT = "next"
STEPS: Mapping[str, timedelta] = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
A_LITTLE_AFTER = timedelta(seconds=30)


class Stage:
    """``hurry`` runs every tick at once; ``afresh`` ends this life and begins another one in a language."""

    def __init__(
        self,
        filling: Filling,
        file: Path,
        store: Store,
        chats: ChatStore,
        use: Use,
        clock: Clock,
        texts: Texts,
        zone: ZoneInfo,
        hurry: Callable[[], Awaitable[None]],
        afresh: Callable[[str], None],
    ) -> None:
        self._filling = filling
        self._file = file
        self._store = store
        self._chats = chats
        self._use = use
        self._clock = clock
        self._texts = texts
        self._zone = zone
        self._hurry = hurry
        self._afresh = afresh

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/demo/state", self._guarded(self._state)),
            web.get("/demo/roster.csv", self._roster),
            web.post("/demo/clock", self._guarded(self._move_clock)),
            web.post("/demo/afresh", self._guarded(self._begin_afresh)),
        ]

    async def _state(self, request: web.Request) -> dict[str, Any]:
        """``seen`` names, persona by persona, the last number of each chat that this browser has shown."""
        seen = dict(pair.split(":", 1) for pair in request.query.get("seen", "").split(",") if ":" in pair)
        numbers = {name: int(number) for name, number in seen.items() if number.isdigit()}
        t = self._texts.translator(request.query.get("language", ""), self._zone)
        unread, newest, done = await self._use(self._look, numbers)
        return {
            **views.state(t, self._clock.now(), self._filling.progress, TRIES, done),
            "unread": unread,
            "newest": newest,
        }

    async def _roster(self, request: web.Request) -> web.StreamResponse:
        if not may_play(request):
            raise web.HTTPForbidden
        t = self._texts.translator(request.query.get("language", ""), self._zone)
        headers = {"Content-Disposition": "attachment; filename=roster.csv"}
        data = views.roster(t, material(t.language)["roster"])
        return web.Response(body=data, content_type="text/csv", headers=headers)

    async def _move_clock(self, request: web.Request) -> dict[str, Any]:
        """A longer way is gone in stages, so that what happens on it happens at its time."""
        by = str((await _json(request)).get("by"))
        if by != NEXT and by not in STEPS:
            raise web.HTTPBadRequest
        ahead = await self._use(self._until_next)
        left = STEPS[by].total_seconds() if by in STEPS else ahead
        while left > 0:
            stage = min(left, ahead)
            move_on(self._file, stage)
            await self._hurry()
            left -= stage
            ahead = await self._use(self._until_next)
        return {"ok": True}

    async def _begin_afresh(self, request: web.Request) -> dict[str, Any]:
        language = (await _json(request)).get("language")
        if language not in LANGUAGES or self._filling.progress < 100:
            raise web.HTTPBadRequest
        self._afresh(language)
        return {"ok": True}

    @reads
    def _look(self, seen: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int], set[str]]:
        """How many messages each persona has not looked at, the newest number of each chat, and which tries were done
        by whom they are meant for."""
        began = self._filling.began_at()
        with self._store.work() as work:
            accounts: dict[str, int] = dict(work.calendar.setting("personas") or {})
            people = {name: work.people.account_by_id(number) for name, number in accounts.items()}
            acted = work.audit.done_since(began)
        unread = {name: self._chats.unread(accounts[name], seen.get(name, 0)) for name in accounts}
        ids = {name: account.person_id for name, account in people.items() if account is not None}
        newest = self._chats.newest(list(accounts.values()))
        numbers = {name: newest.get(account, 0) for name, account in accounts.items()}
        return unread, numbers, {one.name for one in TRIES if (ids.get(one.persona), one.action) in acted}

    @reads
    def _until_next(self) -> float:
        """Seconds to the next thing that happens by itself: a message, a contest, a session, or the morning."""
        now = self._clock.now()
        with self._store.work() as work:
            calendar = work.calendar.work_calendar(self._zone)
            tomorrow = calendar.local(calendar.date_of(now) + timedelta(days=1), time(0))
            coming = [calendar.next_open(tomorrow)]
            coming += work.contests.edges(now)
            coming += [one.starts_at - timedelta(hours=1) for one in work.studies.between(now, tomorrow)]
            coming += [due for due in [work.deliveries.next_due()] if due is not None]
        return (min(at for at in coming if at > now) + A_LITTLE_AFTER - now).total_seconds()

    def _guarded(self, answer: Callable[[web.Request], Awaitable[dict[str, Any]]]) -> Any:
        """To whom the demo answers, and on a POST from our own page."""

        async def handler(request: web.Request) -> web.StreamResponse:
            if not may_play(request):
                raise web.HTTPForbidden
            if request.method == "POST" and not same_origin(request):
                raise web.HTTPForbidden
            return web.Response(body=orjson.dumps(await answer(request)), content_type="application/json")

        return handler


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        value = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest from None
    return value if isinstance(value, dict) else {}
