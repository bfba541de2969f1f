"""Calls to the Bot API over one connection pool: JSON out, and of the answer only what is used."""

from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientSession,
    ClientTimeout,
    FormData,
    TCPConnector,
)

from domain.messenger import Answer, OutFile
from platforms.session import MessengerSession
from platforms.telegram.replying import reply

CONNECT_SECONDS = 5
TOTAL_SECONDS = 20
UPLOAD_SECONDS = 120


class TelegramSession(MessengerSession):
    """``api_url`` is the server's base address, ``proxy`` what stands on the way there. The token is in every call's
    address and therefore in no error text: exceptions are turned into answers here."""

    def __init__(self, token: str, api_url: str, proxy: str | None = None) -> None:
        base = api_url.rstrip("/")
        super().__init__(base=f"{base}/bot{{token}}/{{method}}", file=f"{base}/file/bot{{token}}/{{path}}")
        self._calls = f"{base}/bot{token}"
        self._files = f"{base}/file/bot{token}"
        self._proxy = proxy
        self._http: ClientSession | None = None

    async def call(
        self,
        method: str,
        payload: Mapping[str, Any],
        files: Mapping[str, OutFile] | None = None,
        seconds: float = TOTAL_SECONDS,
    ) -> Answer:
        if (answer := reply.get()) is not None and answer.take(method, payload):
            return Answer(ok=True, result=True)
        timeout = ClientTimeout(total=UPLOAD_SECONDS if files else seconds, connect=CONNECT_SECONDS)
        body: dict[str, Any] = {"data": _form(payload, files)} if files else _json(payload)
        try:
            async with self._client().post(f"{self._calls}/{method}", timeout=timeout, **body) as response:
                return _answer(response.status, await response.read())
        except (ClientConnectorError, ClientHttpProxyError):
            return Answer(ok=False, description="cannot connect", unsent=True)
        except (TimeoutError, ClientError, OSError) as error:
            return Answer(ok=False, description=type(error).__name__)

    async def fetch(self, remote_id: str, limit: int) -> bytes | None:
        """The bytes behind a file's handle, or None when they are not to be had or more than ``limit``."""
        answer = await self.call("getFile", {"file_id": remote_id})
        path = answer.result.get("file_path") if answer.ok and isinstance(answer.result, dict) else None
        return await self._download(str(path), limit) if path else None

    async def _download(self, remote_path: str, limit: int) -> bytes | None:
        try:
            async with self._client().get(
                f"{self._files}/{remote_path}", timeout=ClientTimeout(total=UPLOAD_SECONDS, connect=CONNECT_SECONDS)
            ) as response:
                if response.status != 200:
                    return None
                data = await response.content.read(limit + 1)
                while len(data) <= limit and (more := await response.content.read(limit + 1 - len(data))):
                    data += more
                return data if len(data) <= limit else None
        except (TimeoutError, ClientError, OSError):
            return None

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()
            self._http = None

    def _client(self) -> ClientSession:
        if self._http is None:
            # As many calls at once as the streams allow themselves, which is more than the library's hundred.
            self._http = ClientSession(connector=TCPConnector(limit=0), proxy=self._proxy)
        return self._http


def _json(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {"data": orjson.dumps(dict(payload)), "headers": {"Content-Type": "application/json"}}


def _form(payload: Mapping[str, Any], files: Mapping[str, OutFile]) -> FormData:
    form = FormData(quote_fields=False)
    for name, value in payload.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    for name, file in files.items():
        form.add_field(name, file.data, filename=file.name, content_type=file.mime or "application/octet-stream")
    return form


def _answer(status: int, body: bytes) -> Answer:
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        # A page instead of an answer: a server in between speaks, and nobody knows what became of the call.
        return Answer(ok=False, description=f"no JSON, status {status}")
    if parsed.get("ok"):
        return Answer(ok=True, result=parsed.get("result"))
    parameters = parsed.get("parameters") or {}
    return Answer(
        ok=False,
        error_code=int(parsed.get("error_code") or status),
        description=str(parsed.get("description") or ""),
        retry_after=int(parameters.get("retry_after") or 0),
    )
