"""Joining in chat: asking to be let in, and letting in."""

from aiogram import Router

from handlers.joining.asking import setup as asking
from handlers.joining.confirming import setup as confirming


def setup() -> Router:
    router = Router(name="joining")
    for part in (asking, confirming):
        router.include_router(part())
    return router
