"""Commands of a duty the reader does not have: they read whose it is and what they can do themselves, instead of an
empty queue. Whoever has the duty goes on to the command."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler

from domain.people import Actor
from handlers.filters import Called
from handlers.show import Event
from services.problems.reading import Problems


async def triage(_event: Event, actor: Actor, problems: Problems) -> None:
    problems.may_triage(actor)
    raise SkipHandler


async def inbox(_event: Event, actor: Actor, problems: Problems) -> None:
    problems.may_sign(actor)
    raise SkipHandler


def setup() -> Router:
    router = Router(name="duties")
    for event in (router.message, router.callback_query):
        event.register(triage, Called("triage"))
        event.register(inbox, Called("inbox"))
    return router
