"""The chat page's addresses: one set of routes under ``/as/<persona>`` (demo) or ``/chat`` (for real)."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote

import orjson
from aiogram import Bot
from aiohttp import web

from domain.errors import DomainError
from domain.failpoints import reach
from domain.files import MAX_BYTES, FileKind
from domain.use import Use
from platforms.cleaning import cleaned
from platforms.ingest import Ingest
from platforms.web import shell
from platforms.web.once import Once
from platforms.web.open_pages import OpenPages
from platforms.web.session import ChatStore, Uploads, WebSession, as_update_message, describe

SIGN_IN = web.RequestKey("sign_in", int)
"""The browser's session by which a request came, where it came by one."""
WAIT_SECONDS = 25
MAX_TEXT = 4096
CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "media-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Doors(Protocol):
    """Who a request is from, and what its page says. ``account`` is None where nobody may come in, and leaves the
    ``SIGN_IN`` in the request."""

    async def account(self, request: web.Request) -> int | None: ...

    async def hello(self, request: web.Request, account_id: int) -> dict[str, Any]: ...

    async def standing(self, account_id: int) -> dict[str, Any]:
        """What stands beside the messages: the reader's language, and what waits for the reader."""
        ...

    def refusal(self, error: DomainError, account_id: int) -> str: ...

    def closed(self, *, ended: bool) -> str:
        """The page for whoever may not come in; ``ended`` says that they were inside a moment ago."""
        ...


class ChatPage:
    def __init__(
        self,
        bot: Bot,
        session: WebSession,
        ingest: Ingest,
        use: Use,
        chats: ChatStore,
        files: Uploads,
        doors: Doors,
        pages: OpenPages,
    ) -> None:
        self._bot = bot
        self._session = session
        self._ingest = ingest
        self._use = use
        self._chats = chats
        self._files = files
        self._doors = doors
        self._pages = pages
        self._once = Once()
        self.closing = False

    def routes(self, base: str) -> list[web.AbstractRouteDef]:
        """The page's routes below ``base``, which may hold a placeholder (``/as/{persona}``)."""
        return [
            web.get(base, self._to_folder),
            web.get(f"{base}/", self._page),
            web.get(f"{base}/worker.js", self._worker),
            web.get(f"{base}/manifest.webmanifest", self._inside(self._manifest)),
            web.get(f"{base}/hello", self._inside(self._hello)),
            web.get(f"{base}/events", self._inside(self._events)),
            web.get(f"{base}/history", self._inside(self._history)),
            web.get(f"{base}/file/{{message:\\d+}}", self._inside(self._file)),
            web.post(f"{base}/say", self._inside(self._say)),
            web.post(f"{base}/press", self._inside(self._press)),
        ]

    # Reading

    async def _to_folder(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(request.path + "/")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        if await self._doors.account(request) is None:
            closed = self._doors.closed(ended="ended" in request.query)
            headers = {"Cache-Control": "no-store"}
            return web.Response(text=closed, status=403, content_type="text/html", headers=headers)
        return shell.page()

    async def _worker(self, _request: web.Request) -> web.StreamResponse:
        return shell.worker()

    async def _manifest(self, request: web.Request, account_id: int) -> web.StreamResponse:
        home = request.path.rsplit("/", 1)[0] + "/"
        return shell.manifest(home, await self._doors.hello(request, account_id))

    async def _hello(self, request: web.Request, account_id: int) -> web.StreamResponse:
        return _json(await self._doors.hello(request, account_id))

    async def _events(self, request: web.Request, account_id: int) -> web.StreamResponse:
        """What is new, and what stands beside it if that is asked for. Whoever knows nothing yet does not wait."""
        now = self._session.now()
        after = _number(request.query.get("after"))
        wants_standing = "standing" in request.query
        known = await self._use(self._chats.newest, [account_id])
        messages = await self._use(self._chats.since, account_id, after)
        if not messages and "after" in request.query:
            # It asks for more, so what it was answered before has arrived.
            await self._is_open(account_id, after, now)
        if not messages and "after" in request.query and not wants_standing and not self.closing:
            await self._pages.wait(account_id, known.get(account_id, 0), WAIT_SECONDS)
            if await self._doors.account(request) != account_id:
                # The sign-in ended meanwhile: what came since is no longer for this page.
                raise web.HTTPForbidden
            messages = await self._use(self._chats.since, account_id, after)
        newest = max((message.seq for message in messages), default=after)
        news = {"seq": newest, "messages": [_shown(request, message) for message in messages]}
        return _json(news | await self._doors.standing(account_id) if wants_standing else news)

    async def _is_open(self, account_id: int, seq: int | None, now: datetime) -> None:
        if self._pages.is_news(account_id, seq, now):
            await self._use(self._chats.opened, account_id, now)
            self._pages.noted(account_id, seq, now)

    async def _history(self, request: web.Request, account_id: int) -> web.StreamResponse:
        messages = await self._use(self._chats.before, account_id, _number(request.query.get("before")))
        return _json({"messages": [_shown(request, message) for message in messages]})

    async def _file(self, request: web.Request, account_id: int) -> web.StreamResponse:
        """A file by the message it stands in: whoever has not that message in the chat finds nothing."""
        message = await self._use(self._chats.message, account_id, int(request.match_info["message"]))
        known = _file_of(message.body) if message is not None else None
        found = await self._use(self._files.find, known["file"]) if known is not None else None
        if known is None or found is None:
            raise web.HTTPNotFound
        file, data = found
        headers = {
            "Content-Type": file.mime or "application/octet-stream",
            "Cache-Control": "private, max-age=86400",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        response = web.Response(body=data, headers=headers)
        if not file.mime.startswith(("image/", "audio/")):
            response.headers["Content-Disposition"] = _as_download(known["name"])
        return response

    # Writing

    async def _say(self, request: web.Request, account_id: int) -> web.StreamResponse:
        client_id, body = await self._said(request)
        body = cleaned(body)
        number = await self._use(self._chats.receive, account_id, body, client_id)
        self._pages.changed(account_id)
        message = as_update_message(account_id, number, body)
        message["from"] = _user(account_id)
        await self._take(request, {"update_id": _update_id(account_id, client_id), "message": message})
        return _json({"ok": True})

    async def _press(self, request: web.Request, account_id: int) -> web.StreamResponse:
        press = await _read_json(request)
        client_id, data = _client_id(press.get("id")), str(press.get("data", ""))
        known = await self._use(self._chats.message, account_id, _number(press.get("message")))
        if known is None or not data or len(data.encode()) > 64:
            raise web.HTTPNotFound
        query = {
            "id": client_id,
            "from": _user(account_id),
            "chat_instance": str(account_id),
            "data": data,
            "message": as_update_message(account_id, known.id, known.body),
        }
        await self._take(request, {"update_id": _update_id(account_id, client_id), "callback_query": query})
        toast, alert = self._session.toasts.pop(client_id, ("", False))
        return _json({"ok": True, "toast": toast or None, "alert": alert})

    async def _take(self, request: web.Request, update: dict[str, Any]) -> None:
        async with self._once.handling(update["update_id"]) as is_new:
            if is_new:
                await self._ingest.take(self._bot, "web", update, request.get(SIGN_IN))
        reach("before_ack")

    async def _said(self, request: web.Request) -> tuple[str, dict[str, Any]]:
        """The client's number and the row's body of what was typed, placed or attached."""
        now = int(self._session.now().timestamp())
        if request.content_type.startswith("multipart/"):
            return await self._uploaded(request, now)
        said = await _read_json(request)
        body: dict[str, Any] = {"date": now, "text": str(said.get("text", ""))[: MAX_TEXT * 4], "entities": []}
        if isinstance(place := said.get("location"), dict):
            body["location"] = _place(place)
        elif not body["text"].strip():
            raise web.HTTPBadRequest
        return _client_id(said.get("id")), body

    async def _uploaded(self, request: web.Request, now: int) -> tuple[str, dict[str, Any]]:
        try:
            form = await request.post()
        except ValueError:
            raise web.HTTPBadRequest from None
        upload, kind = form.get("file"), str(form.get("kind", "document"))
        if not isinstance(upload, web.FileField) or kind not in set(FileKind):
            raise web.HTTPBadRequest
        body: dict[str, Any] = {"date": now, "text": str(form.get("text", "")), "entities": []}
        if group := str(form.get("group", "")):
            body["group"] = group[:64]
        data = await asyncio.to_thread(upload.file.read)
        prepared = await self._use(self._files.prepare, FileKind(kind), data)
        kept = await self._use(self._files.keep, prepared)
        body[kind] = describe(kept, upload.filename[-80:])
        return _client_id(form.get("id")), body

    def _inside(self, handler: Callable[[web.Request, int], Awaitable[web.StreamResponse]]) -> Handler:
        """Let only those in who have an account here, and on a POST only a page of our own."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            account_id = await self._doors.account(request)
            if account_id is None:
                raise web.HTTPForbidden
            if request.method == "POST" and not same_origin(request):
                raise web.HTTPForbidden
            if request.method == "POST":
                await self._is_open(account_id, None, self._session.now())
            try:
                return await handler(request, account_id)
            except DomainError as error:
                return _json({"ok": False, "error": self._doors.refusal(error, account_id)}, status=422)

        return guarded


def same_origin(request: web.Request) -> bool:
    """Whether a page of our own sent this."""
    origin = request.headers.get("Origin", "")
    return request.headers.get("X-Chat") == "1" and origin.split("://")[-1] in {"", request.host}


def _user(account_id: int) -> dict[str, Any]:
    return {"id": account_id, "is_bot": False, "first_name": str(account_id)}


def _update_id(account_id: int, client_id: str) -> int:
    """The same thing sent again by the same page is the same update."""
    digest = hashlib.sha256(f"{account_id}:{client_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 2


def _place(said: Mapping[str, Any]) -> dict[str, float]:
    try:
        return {name: float(said[name]) for name in ("latitude", "longitude")}
    except (KeyError, TypeError, ValueError):
        raise web.HTTPBadRequest from None


def _client_id(value: Any) -> str:
    if not isinstance(value, str) or not CLIENT_ID.fullmatch(value):
        raise web.HTTPBadRequest
    return value


def _number(value: Any) -> int:
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        raise web.HTTPBadRequest from None


async def _read_json(request: web.Request) -> dict[str, Any]:
    try:
        value = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        raise web.HTTPBadRequest from None
    if not isinstance(value, dict):
        raise web.HTTPBadRequest
    return value


def _json(value: dict[str, Any], status: int = 200) -> web.Response:
    """No proxy on the way may keep what stands in somebody's chat, nor hold it back until there is more of it."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return web.Response(body=orjson.dumps(value), status=status, content_type="application/json", headers=headers)


def _file_of(body: dict[str, Any]) -> dict[str, Any] | None:
    return next((body[kind.value] for kind in FileKind if kind.value in body), None)


def _as_download(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"


def _shown(request: web.Request, message: Any) -> dict[str, Any]:
    """A row as the page wants it."""
    body = message.body
    base = request.path.rsplit("/", 1)[0]
    keyboard = (body.get("reply_markup") or {}).get("inline_keyboard", [])
    known = _file_of(body)
    url = f"{base}/file/{message.id}"
    return {
        "id": message.id,
        "seq": message.seq,
        "mine": message.mine,
        "client": message.client_id,
        "date": body["date"],
        "text": body.get("text", ""),
        "entities": body.get("entities", []),
        "buttons": [[_button(button) for button in row] for row in keyboard],
        "photo": {"url": url, "width": known["width"], "height": known["height"]}
        if known and "photo" in body
        else None,
        "document": {"url": url, "name": known["name"], "size": known["size"]}
        if known and "document" in body
        else None,
        "voice": {"url": url, "duration": known["duration"]} if known and "voice" in body else None,
        "location": body.get("location"),
        "picker": body.get("picker"),
        "silent": body.get("silent", False),
        "deleted": body.get("deleted", False),
    }


def _button(button: dict[str, Any]) -> dict[str, Any]:
    return (
        {"text": button["text"], "url": button["url"]}
        if "url" in button
        else {
            "text": button["text"],
            "data": button["callback_data"],
        }
    )


@web.middleware
async def safe_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Headers every answer carries, refusals included."""
    try:
        response = await handler(request)
    except web.HTTPException as refusal:
        response = refusal
    for name, value in (
        ("Content-Security-Policy", CSP),
        ("X-Content-Type-Options", "nosniff"),
        # Without a referrer a browser calls the origin of our own sign-in form "null".
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):
        response.headers.setdefault(name, value)
    if isinstance(response, web.HTTPException):
        raise response
    return response


def static_routes() -> list[web.AbstractRouteDef]:
    return [web.static("/static", shell.STATIC)]


MAX_REQUEST = MAX_BYTES + 64 * 1024
