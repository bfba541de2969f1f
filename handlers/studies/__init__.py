"""Study sessions in chat: planned, attended, and the roll called."""

from aiogram import Router

from handlers.studies import attending, planning, rolls


def setup() -> Router:
    router = Router(name="studies")
    router.include_routers(planning.setup(), attending.setup(), rolls.setup())
    return router
