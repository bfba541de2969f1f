"""Problems in chat: looked at, dispatched, worked on, verified."""

from aiogram import Router

from handlers.problems.answering import setup as answering
from handlers.problems.assigning import setup as assigning
from handlers.problems.deadlines import setup as deadlines
from handlers.problems.looking import setup as looking
from handlers.problems.measuring import setup as measuring
from handlers.problems.reasons import setup as reasons
from handlers.problems.stepping import setup as stepping


def setup() -> Router:
    router = Router(name="problems")
    for part in (reasons, assigning, deadlines, measuring, answering, stepping, looking):
        router.include_router(part())
    return router
