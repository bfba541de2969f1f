"""A proxy in front of the page that hands on no answer before it has the whole of it, as many do."""

from typing import Self

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer


class Proxy:
    """``told`` are the headers it adds to each request. ``passed`` are the headers of the answers, by path."""

    def __init__(self, target: str, **told: str) -> None:
        self._target = target
        self._told = {name.replace("_", "-"): value for name, value in told.items()}
        self.passed: dict[str, dict[str, str]] = {}
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._pass_on)
        self._server = TestServer(application)

    async def __aenter__(self) -> Self:
        self._http = ClientSession(auto_decompress=False)
        await self._server.start_server()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._http.close()
        await self._server.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        headers = {**request.headers, **self._told}
        async with self._http.request(
            request.method, self._target + request.path_qs, headers=headers, data=body, allow_redirects=False
        ) as answer:
            whole = await answer.read()
            self.passed[request.path] = dict(answer.headers)
            kept = {name: answer.headers[name] for name in ("Content-Type", "Set-Cookie") if name in answer.headers}
            return web.Response(body=whole, status=answer.status, headers=kept)
