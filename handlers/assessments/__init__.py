"""Assessment deadlines in chat: set, answered for, submitted."""

from aiogram import Router

from handlers.assessments import planning, submitting


def setup() -> Router:
    router = Router(name="assessments")
    router.include_routers(planning.setup(), submitting.setup())
    return router
