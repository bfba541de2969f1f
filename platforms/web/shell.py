"""What makes a phone take the page for an app: a manifest in the reader's words, and the worker that draws the page
without a connection."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

STATIC = Path(__file__).parent / "static"
PAGE_COLOUR = "#eef2f0"
BAR_COLOUR = "#ffffff"


def page() -> web.FileResponse:
    return web.FileResponse(STATIC / "chat.html", headers={"Cache-Control": "no-cache"})


def worker() -> web.FileResponse:
    """Served beside the page, because a worker serves only what lies below its own address."""
    return web.FileResponse(STATIC / "worker.js", headers={"Cache-Control": "no-cache"})


def manifest(home: str, hello: Mapping[str, Any]) -> web.Response:
    """The app whose first page is ``home``."""
    value = {
        "id": home,
        "start_url": home,
        "scope": home,
        "name": hello["title"],
        "short_name": hello["title"],
        "lang": hello["locale"],
        "display": "standalone",
        "background_color": PAGE_COLOUR,
        "theme_color": BAR_COLOUR,
        "icons": [_icon(purpose, size) for purpose in ("any", "maskable") for size in (192, 512)],
    }
    return web.Response(body=orjson.dumps(value), content_type="application/manifest+json")


def _icon(purpose: str, size: int) -> dict[str, str]:
    name = "icon" if purpose == "any" else purpose
    return {"src": f"/static/{name}-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
