"""Reporting a problem, and entering opinions: from the command to the number. The steps stand in domain/reporting."""

from collections.abc import Sequence
from typing import Any

from aiogram import Bot, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from domain.errors import DomainError
from domain.people import Actor, Unit, require_member, require_point_officer
from domain.problems import Concerns, Report
from domain.reporting import add_content, after, before, fill
from domain.use import Use
from handlers.filters import Called, Chosen, Content, Parsed, To, Typed, is_offered
from handlers.incoming import content_of
from handlers.show import Event, Show
from handlers.steps import prompts
from services.reports import Reports
from views import reports as views
from views.screen import Screen
from views.texts import Translator

GROUP = "Reporting:"


class Reporting(StatesGroup):
    level = State()
    concerns = State()
    unit = State()
    source = State()
    category = State()
    body_text = State()
    confirm = State()


class OwnChoice(Filter):
    """A choice of the step the report stands at; gives ``step`` and ``value``."""

    async def __call__(self, query: CallbackQuery, raw_state: str | None = None) -> Parsed:
        step = (raw_state or "").removeprefix(GROUP)
        prefix = f"step:{step}:"
        data = query.data or ""
        value = data.removeprefix(prefix)
        return {"step": step, "value": value} if data.startswith(prefix) and is_offered(value) else False


@prompts("Reporting", blank=("level", "unit"))
async def prompt(
    raw_state: str, draft: dict[str, Any], t: Translator, actor: Actor, reports: Reports, use: Use
) -> Screen:
    step = raw_state.removeprefix(GROUP)
    units = await use(reports.units, actor) if step == "unit" else ()
    return views.ask(t, draft, step, units)


async def begin(_event: Event, actor: Actor, state: FSMContext, show: Show, t: Translator) -> None:
    require_member(actor)
    await state.set_state(Reporting.level)
    await state.set_data({})
    await show(views.ask(t, {}, "level"))


async def begin_opinion(
    _event: Event, actor: Actor, state: FSMContext, reports: Reports, use: Use, show: Show, t: Translator
) -> None:
    require_point_officer(actor)
    draft = {"opinion": True, "about": "EnteringOpinion", "level": "department", "concerns": "other"}
    await state.set_data(draft)
    await state.set_state(Reporting.unit)
    await show(views.ask(t, draft, "unit", await use(reports.units, actor)))


async def choose(
    _event: Event,
    step: str,
    value: str,
    actor: Actor,
    state: FSMContext,
    reports: Reports,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    draft = fill(await state.get_data(), step, value)
    await use(reports.check_triage, actor, draft)
    if step == "unit":
        draft["unit_name"] = next((unit.name for unit in await use(reports.units, actor) if unit.id == int(value)), "")
    following = after(draft, step)
    await state.set_data(draft)
    await state.set_state(GROUP + following)
    await show(await prompt(GROUP + following, draft, t, actor, reports, use))


async def turn_page(
    _event: Event,
    value: str,
    actor: Actor,
    state: FSMContext,
    reports: Reports,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    draft = await state.update_data(page=int(value) if value.isdigit() else 0)
    await show(views.ask(t, draft, "unit", await use(reports.units, actor)))


async def find_unit(
    _event: Event,
    text: str,
    actor: Actor,
    state: FSMContext,
    reports: Reports,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """Part of a unit's name, typed instead of turning pages."""
    found = _named(text, await use(reports.units, actor))
    if not found:
        raise DomainError("unit-not-found")
    await show(views.ask(t, {**await state.get_data(), "page": 0}, "unit", found))


async def find_other_unit(
    _event: Event,
    text: str,
    actor: Actor,
    state: FSMContext,
    reports: Reports,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """A unit's name says already that it is another one; what is no name is answered as at any step with buttons."""
    found = _named(text, await use(reports.units, actor))
    if not found:
        raise SkipHandler
    draft = fill(await state.get_data(), "concerns", Concerns.OTHER)
    await state.set_data(draft)
    await state.set_state(Reporting.unit)
    await show(views.ask(t, draft, "unit", found))


def _named(part: str, units: Sequence[Unit]) -> list[Unit]:
    wanted = part.strip().casefold()
    return [unit for unit in units if wanted in unit.name.casefold()]


async def keep_text(_event: Event, state: FSMContext, show: Show, t: Translator) -> None:
    await state.set_state(Reporting.confirm)
    await show(views.ask(t, await state.get_data(), "confirm"))


async def take_content(
    message: Message,
    bot: Bot,
    raw_state: str,
    actor: Actor,
    state: FSMContext,
    reports: Reports,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """Asked for anew, a text takes the place of the one before; sent over the confirmation, it comes below it."""
    draft = await state.get_data()
    if raw_state == Reporting.body_text.state:
        draft["text"] = ""
    text, files, place = content_of(message, bot.id)
    filled = add_content(draft, text, files, place)
    # Where this message begins in the text, so that an edit of it finds its place.
    filled["message"], filled["before"] = message.message_id, draft.get("text", "")
    await state.set_data(filled)
    await state.set_state(Reporting.confirm)
    if message.media_group_id is not None:
        await use(reports.album_arrived, actor, message.media_group_id)
        return
    await show(views.ask(t, filled, "confirm"))


async def take_edit(message: Message, bot: Bot, state: FSMContext, show: Show, t: Translator) -> None:
    """The last message, edited, changes the open draft it belongs to; what was filed stays as it was."""
    draft = await state.get_data()
    if draft.get("message") != message.message_id:
        await show(Screen(t("report-edited-late")))
        return
    text, _, _ = content_of(message, bot.id)
    draft = add_content({**draft, "text": draft["before"]}, text, [], None)
    await state.set_data(draft)
    await show(views.ask(t, draft, "confirm"))


async def send(_event: Event, actor: Actor, state: FSMContext, reports: Reports, use: Use, show: Show) -> None:
    draft = await state.get_data()
    await state.clear()
    await use(reports.report, actor, Report.from_draft(draft, actor.unit_id))
    await show.done()


async def back(
    _event: Event,
    raw_state: str,
    actor: Actor,
    state: FSMContext,
    reports: Reports,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    draft = await state.get_data()
    step = GROUP + before(draft, raw_state.removeprefix(GROUP))
    await state.set_state(step)
    await show(await prompt(step, draft, t, actor, reports, use))


def setup() -> Router:
    router = Router(name="reports")
    message, press = router.message, router.callback_query
    for event in (message, press):
        event.register(begin, Called("report"))
        event.register(begin_opinion, Called("opinion"))
    press.register(choose, StateFilter(Reporting), OwnChoice())
    press.register(turn_page, StateFilter(Reporting.unit), Chosen("page"))
    message.register(find_unit, StateFilter(Reporting.unit), Typed())
    message.register(find_other_unit, StateFilter(Reporting.concerns), Typed())
    message.register(take_content, StateFilter(Reporting.body_text, Reporting.confirm), Content())
    router.edited_message.register(take_edit, StateFilter(Reporting.confirm), Content())
    press.register(keep_text, StateFilter(Reporting.body_text), Chosen("keep"))
    press.register(send, StateFilter(Reporting.confirm), Chosen("send"))
    press.register(back, StateFilter(Reporting), To("back"))
    return router
