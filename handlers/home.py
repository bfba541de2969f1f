"""Start, menu, help, language, cancel."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.fsm.context import FSMContext

from domain.people import Actor
from domain.use import Use
from handlers.filters import Called, To
from handlers.setup import way_on
from handlers.show import Event, Show
from services.people import People
from services.setup import SetUp
from services.waiting import Waiting
from views import home
from views.actions import Language
from views.screen import Screen
from views.texts import Texts, Translator


async def start(
    event: Event, actor: Actor, waiting: Waiting, commands: Sequence[str], use: Use, show: Show, t: Translator
) -> None:
    if actor.is_guest:
        await show(home.guest(t, actor))
        return
    await menu(event, actor, waiting, commands, use, show, t)
    await show.menu(home.menu_entries(actor, t, commands))


async def menu(
    _event: Event, actor: Actor, waiting: Waiting, commands: Sequence[str], use: Use, show: Show, t: Translator
) -> None:
    counts = await use(waiting.counts, actor)
    await show(home.menu(actor, t, commands, counts))


async def more(_event: Event, actor: Actor, commands: Sequence[str], show: Show, t: Translator) -> None:
    await show(home.more(actor, t, commands))


async def help_page(_event: Event, actor: Actor, commands: Sequence[str], show: Show, t: Translator) -> None:
    await show(home.help_page(actor, t, commands))


async def languages(_event: Event, show: Show, t: Translator) -> None:
    await show(home.languages(t))


async def choose_language(
    _event: Event,
    callback_data: Language,
    actor: Actor,
    people: People,
    set_up: SetUp,
    use: Use,
    show: Show,
    t: Translator,
    texts: Texts,
    commands: Sequence[str],
) -> None:
    way = await way_on(actor, set_up, use)
    await use(people.choose_language, actor, callback_data.code)
    chosen = texts.translator(callback_data.code, t.zone)
    await show(Screen(chosen("language-chosen")).with_rows([home.go(chosen, way)]))
    await show.menu(home.menu_entries(actor, chosen, commands))


async def cancel(_event: Event, state: FSMContext, show: Show, t: Translator, raw_state: str | None = None) -> None:
    if raw_state is None:
        await show(Screen(t("nothing-to-cancel")))
        return
    await state.clear()
    await show(Screen(t("cancelled")).with_rows([home.go(t, "menu")]))


def setup() -> Router:
    router = Router(name="home")
    for name, handler in (("start", start), ("menu", menu), ("help", help_page), ("language", languages)):
        router.message.register(handler, Called(name))
        router.callback_query.register(handler, Called(name))
    router.callback_query.register(more, To("more"))
    router.callback_query.register(choose_language, Language.filter())
    router.message.register(cancel, Called("cancel"))
    router.callback_query.register(cancel, To("cancel"))
    return router
