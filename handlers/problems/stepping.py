"""The queues, and the steps that need nothing but a press."""

from collections.abc import Awaitable, Callable

from aiogram import Router

from domain.errors import Outdated
from domain.people import Actor, require_member
from domain.problems import Action
from domain.use import Use
from handlers.filters import Called, Does
from handlers.problems import queues
from handlers.problems.overtaking import overtaken, still_open
from handlers.show import Event, Show
from services.problems.reading import Problems
from services.problems.rectification import Rectification
from services.problems.triage import Triage
from views.actions import ProblemAction
from views.problems import cards, lists
from views.texts import Translator

Handler = Callable[..., Awaitable[None]]


async def triage_queue(_event: Event, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator) -> None:
    require_member(actor)
    await show(await queues.first("triage", actor, problems, use, t))


async def inbox(_event: Event, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator) -> None:
    require_member(actor)
    await show(await queues.first("inbox", actor, problems, use, t))


async def verify_queue(_event: Event, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator) -> None:
    require_member(actor)
    await show(await queues.first("verify", actor, problems, use, t))


async def next_of(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    """Pass this one over for now."""
    name = callback_data.do.removesuffix("-next")
    await show(await queues.first(name, actor, problems, use, t, after=callback_data.id))


async def more_of(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    name = callback_data.do.removesuffix("-more")
    await show(cards.show_more(t, await use(problems.card, actor, callback_data.id), name))


async def back_to(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    """To the same card of the queue."""
    name = callback_data.do.removesuffix("-less")
    await show(await queues.first(name, actor, problems, use, t, at=callback_data.id))


async def accept(
    _event: Event,
    callback_data: ProblemAction,
    actor: Actor,
    triage: Triage,
    problems: Problems,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    try:
        card = await use(triage.accept, actor, callback_data.id, callback_data.seen)
    except Outdated as error:
        await overtaken(error, callback_data.id, actor, problems, use, show, t)
        return
    await show(cards.show(t, card))


async def sign(
    _event: Event,
    callback_data: ProblemAction,
    actor: Actor,
    rectification: Rectification,
    problems: Problems,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    try:
        card = await use(rectification.sign, actor, callback_data.id, callback_data.seen)
    except Outdated as error:
        await overtaken(error, callback_data.id, actor, problems, use, show, t)
        return
    await show(cards.show(t, card))


async def request_closure(
    _event: Event,
    callback_data: ProblemAction,
    actor: Actor,
    rectification: Rectification,
    problems: Problems,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    try:
        card = await use(rectification.request_closure, actor, callback_data.id, callback_data.seen)
    except Outdated as error:
        await overtaken(error, callback_data.id, actor, problems, use, show, t)
        return
    await show(cards.show(t, card))


async def ask_close(
    _event: Event, callback_data: ProblemAction, actor: Actor, problems: Problems, use: Use, show: Show, t: Translator
) -> None:
    """Closing is read back: nothing comes after it, and where this card stood the next one will."""
    card = await still_open(Action.CLOSE, callback_data.id, callback_data.seen, actor, problems, use, show, t)
    if card is not None:
        await show(cards.ask_close(t, card))


async def close(
    _event: Event,
    callback_data: ProblemAction,
    actor: Actor,
    rectification: Rectification,
    problems: Problems,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """Closed; then the next one that waits for this verifier."""
    following = await queues.behind("verify", actor, problems, use, callback_data.id)
    try:
        card = await use(rectification.close, actor, callback_data.id, callback_data.seen)
    except Outdated as error:
        await overtaken(error, callback_data.id, actor, problems, use, show, t)
        return
    done = lists.done(t, card, Action.CLOSE)
    await show(await queues.first("verify", actor, problems, use, t, at=following, done=done))


def setup() -> Router:
    router = Router(name="steps of problems")
    for name, queue in (("triage", triage_queue), ("inbox", inbox), ("verify", verify_queue)):
        router.message.register(queue, Called(name))
        router.callback_query.register(queue, Called(name))
        for way, turn in (("next", next_of), ("more", more_of), ("less", back_to)):
            router.callback_query.register(turn, Does(ProblemAction, f"{name}-{way}"))
    router.callback_query.register(close, Does(ProblemAction, "close-yes"))
    pressed: dict[Action, Handler] = {
        Action.ACCEPT: accept,
        Action.SIGN: sign,
        Action.REQUEST_CLOSURE: request_closure,
        Action.CLOSE: ask_close,
    }
    for action, handler in pressed.items():
        router.callback_query.register(handler, Does(ProblemAction, action))
    return router
