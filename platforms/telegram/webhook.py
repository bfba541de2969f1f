"""Own webhook: answers 200 only after the commit; on any failure 503, so that Telegram sends the update again."""

import hmac
from contextlib import suppress

import orjson
import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiohttp import web

from domain.failpoints import reach
from platforms.ingest import Ingest
from platforms.telegram.replying import Reply, replying

log = structlog.get_logger()

PATH = "/webhook/telegram"
"""Free of the token: addresses are written into logs on the way."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
MAX_BODY = 1024 * 1024


class Webhook:
    def __init__(self, bot: Bot, ingest: Ingest, secret: str) -> None:
        self._bot = bot
        self._ingest = ingest
        self._secret = secret.encode()
        self.accepting = True

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        # Bytes are compared: a header outside ASCII must be refused, not raise.
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        if not self.accepting:
            return _later()
        try:
            raw = orjson.loads(await request.read())
            update_id = int(raw["update_id"])
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            return web.Response(status=400)
        reply = Reply()
        try:
            with replying(reply):
                await self._ingest.take(self._bot, "telegram", raw)
        except Exception as error:  # noqa: BLE001 - nothing was saved; the answer says so and the update comes again
            log.error("webhook_failed", update=update_id, error=type(error).__name__)
            await self._let_go(reply)
            return _later()
        reach("before_ack")
        if reply.call is None:
            return web.Response(status=200)
        return web.Response(body=orjson.dumps(reply.call), content_type="application/json")

    async def _let_go(self, reply: Reply) -> None:
        """What a refused update's answer cannot hold is said by a call."""
        if reply.call is not None:
            with suppress(TelegramAPIError):
                await self._bot.answer_callback_query(reply.call["callback_query_id"])


def _later() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": "5"})
