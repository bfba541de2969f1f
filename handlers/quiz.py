"""Taking part in contests. Where somebody stands is in the rows, not in the dialogue: any device goes on with it."""

from aiogram import Router

from domain.people import Actor
from domain.use import Use
from handlers.filters import Called, Does
from handlers.show import Event, Show
from services.quiz import Quiz
from views import quiz as views
from views.actions import QuizAction
from views.texts import Translator


async def listing(_event: Event, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator) -> None:
    await show(views.desks(t, await use(quiz.desks, actor)))


async def desk(
    _event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator
) -> None:
    await show(views.desk(t, await use(quiz.desk, actor, callback_data.id)))


async def start(
    _event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator
) -> None:
    await show(views.question(t, await use(quiz.start, actor, callback_data.id)))


async def start_again(
    _event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator
) -> None:
    await show(views.question(t, await use(quiz.start_again, actor, callback_data.id)))


async def turn_to(
    _event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator
) -> None:
    await show(views.question(t, await use(quiz.sitting, actor, callback_data.id, callback_data.at)))


async def pick(
    _event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator
) -> None:
    press = callback_data
    here = await use(quiz.choose, actor, press.id, press.at, press.pick, on=press.on)
    await show(views.question(t, here))


async def done(
    _event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator
) -> None:
    here = await use(quiz.finish_question, actor, callback_data.id, callback_data.at)
    await show(views.question(t, here))


async def finish(
    _event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator
) -> None:
    """Hands in at once when everything is answered, and asks when something is not."""
    here = await use(quiz.sitting, actor, callback_data.id)
    if here.unanswered:
        await show(views.ask_finish(t, here))
        return
    await use(quiz.hand_in, actor, callback_data.id)
    await show.done()


async def hand_in(_event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show) -> None:
    await use(quiz.hand_in, actor, callback_data.id)
    await show.done()


async def result(
    _event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator
) -> None:
    await show(views.result(t, await use(quiz.result, actor, callback_data.id)))


async def review(
    _event: Event, callback_data: QuizAction, actor: Actor, quiz: Quiz, use: Use, show: Show, t: Translator
) -> None:
    await show(views.review(t, await use(quiz.review, actor, callback_data.id, callback_data.at)))


def setup() -> Router:
    router = Router(name="quiz")
    press = router.callback_query
    router.message.register(listing, Called("quiz"))
    press.register(listing, Called("quiz"))
    for do, handler in (
        ("desk", desk),
        ("start", start),
        ("again", start_again),
        ("at", turn_to),
        ("pick", pick),
        ("done", done),
        ("finish", finish),
        ("hand", hand_in),
        ("result", result),
        ("review", review),
    ):
        press.register(handler, Does(QuizAction, do))
    return router
