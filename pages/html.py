"""How a page is answered: as HTML that no cache keeps, since its address may carry a secret."""

from aiohttp import web


def answer(html: str, status: int = 200) -> web.Response:
    return web.Response(text=html, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})
