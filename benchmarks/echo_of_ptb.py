"""The same by python-telegram-bot, behind a webhook of aiohttp's."""

import sys
from collections.abc import AsyncIterator

from aiohttp import web
from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters

from benchmarks.messenger import TOKEN


async def echo(update: Update, _context: CallbackContext) -> None:  # type: ignore[type-arg]  # nothing of it is used
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def main(port: int, api_url: str) -> None:
    bot = Application.builder().token(TOKEN).base_url(f"{api_url}/bot").updater(None).concurrent_updates(True).build()
    bot.add_handler(MessageHandler(filters.TEXT, echo))

    async def receive(request: web.Request) -> web.Response:
        await bot.update_queue.put(Update.de_json(await request.json(), bot.bot))
        return web.Response()

    async def running(_application: web.Application) -> AsyncIterator[None]:
        async with bot:
            await bot.start()
            yield
            await bot.stop()

    application = web.Application()
    application.cleanup_ctx.append(running)
    application.router.add_post("/webhook", receive)
    web.run_app(application, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
