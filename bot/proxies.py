"""The proxies in front of the pages: what trusted ones say of a request is believed, and of all others nothing."""

from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.settings import LOOPBACK, Network, Settings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
NO_PAGES = ("/healthz", "/readyz", "/metrics", "/static/", "/webhook/")
"""Whoever watches the program, the messenger, and what the page of a refusal is drawn with."""


def as_the_browser_sent_it(settings: Settings) -> Middleware:
    """Gives each request the scheme, host and address that it had before the proxies."""
    trusted = settings.proxies
    public = urlsplit(settings.address)

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if _is_among(request.remote, trusted):
            request = request.clone(**_told(request, trusted))
        elif not trusted and (public.scheme, public.netloc) == ("https", request.host):
            # Plain HTTP never reaches the program under the name and port of its https:// address but from a proxy.
            request = request.clone(scheme="https")
        return await handler(request)

    return middleware


def no_plain_http(page: Callable[[], str]) -> Middleware:
    """Answers what could be read on its way here with a page that says what to do, and with nothing else."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.secure or is_to_this_machine(request) or request.path.startswith(NO_PAGES):
            return await handler(request)
        return web.Response(text=page(), status=403, content_type="text/html", headers={"Cache-Control": "no-store"})

    return middleware


def is_to_this_machine(request: web.Request) -> bool:
    """Whether the browser asked for this machine by name, so that nothing left it; the port does not matter."""
    return (request.url.host or "").strip("[]") in LOOPBACK


def _told(request: web.Request, trusted: Sequence[Network]) -> dict[str, Any]:
    """What the nearest proxy wrote last; whatever stands before that anybody may have written."""
    told: dict[str, Any] = {}
    if proto := _listed(request, "X-Forwarded-Proto"):
        told["scheme"] = "https" if proto[-1].lower() == "https" else "http"
    if hosts := _listed(request, "X-Forwarded-Host"):
        told["host"] = hosts[-1]
    if senders := _listed(request, "X-Forwarded-For"):
        strangers = [sender for sender in senders if not _is_among(sender, trusted)]
        told["remote"] = (strangers or senders)[-1]
    return told


def _listed(request: web.Request, name: str) -> list[str]:
    """The values of a header that may stand several times, with several values each."""
    return [value.strip() for line in request.headers.getall(name, ()) for value in line.split(",") if value.strip()]


def _is_among(address: str | None, networks: Sequence[Network]) -> bool:
    try:
        found = ip_address(address or "")
    except ValueError:
        return False
    return any(found in network for network in networks)
