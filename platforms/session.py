"""aiogram's way out over a messenger of ours: every method goes through one ``call`` with plain JSON."""

from abc import abstractmethod
from collections.abc import AsyncGenerator, Mapping
from typing import Any, cast

import orjson
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from domain.messenger import Answer, OutFile


class MessengerSession(BaseSession):
    """A session whose only door is ``call``; aiogram's own methods are turned into it and their results parsed."""

    def __init__(self, base: str = "local://{method}", file: str = "{path}") -> None:
        super().__init__(api=TelegramAPIServer(base=base, file=file), json_loads=orjson.loads)

    @abstractmethod
    async def call(
        self, method: str, payload: Mapping[str, Any], files: Mapping[str, OutFile] | None = None
    ) -> Answer: ...

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        files: dict[str, Any] = {}
        payload = {
            name: value
            for name, raw in method.model_dump(warnings=False).items()
            if (value := self.prepare_value(raw, bot=bot, files=files, _dumps_json=False)) is not None
        }
        sent = {name: OutFile(f.filename or name, await _bytes(f, bot), "") for name, f in files.items()}
        answer = await self.call(method.__api_method__, payload, sent)
        body: dict[str, Any] = {"ok": answer.ok, "result": answer.result}
        if not answer.ok:
            parameters = {"retry_after": answer.retry_after} if answer.retry_after else {}
            body = {
                "ok": False,
                "error_code": answer.error_code or 500,
                "description": answer.description or "no answer",
                "parameters": parameters,
            }
        status = 200 if answer.ok else answer.error_code or 500
        parsed = self.check_response(bot, method, status, orjson.dumps(body).decode())
        return cast("TelegramType", parsed.result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        raise NotImplementedError("files are fetched by a tick, through the platform's own download")
        yield b""

    async def close(self) -> None:
        """Nothing is held open here."""


async def _bytes(file: Any, bot: Bot) -> bytes:
    return b"".join([chunk async for chunk in file.read(bot)])
