"""What the pages at the door share: the cookie, the device somebody chose, and that no other site presses for them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from domain.sign_ins import LASTS, Device, device_name

COOKIE = "session"
INSIDE = "/chat/"
OWN = "own"
CODE = "[A-Za-z0-9_-]{1,64}"
"""What a code may be made of."""


def device_of(request: web.Request, form: Mapping[str, Any]) -> Device:
    """The browser that asks. Whoever did not say that the device is theirs gets the short stay."""
    return Device(device_name(request.headers.get("User-Agent", "")), shared=form.get("device") != OWN)


def let_in(request: web.Request, secret: str, device: Device) -> web.HTTPException:
    """The way inside. On a shared device the cookie also goes when the browser is closed; what came over HTTPS stays
    there."""
    response = web.HTTPSeeOther(INSIDE)
    age, secure = None if device.shared else int(LASTS[device.shared].total_seconds()), request.secure
    response.set_cookie(COOKIE, secret, max_age=age, path="/", httponly=True, secure=secure, samesite="Strict")
    return response


def refuse_others(request: web.Request) -> None:
    """Another site must not press the button for somebody, who would then sit in another person's chat."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden
