"""Writing a notice and sending it: the words, the audience by tapping, the preview, the checks before the start."""

import re
from datetime import datetime
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.errors import DomainError
from domain.files import FileKind
from domain.notices import (
    MAX_BODY,
    MAX_REASON,
    MAX_TITLE,
    TYPED_ABOVE,
    Audience,
    Plan,
    checked,
    sending_paths,
    with_all_toggled,
    with_role_toggled,
    with_unit_toggled,
)
from domain.people import Actor, RoleKind
from domain.turn import Turn
from domain.use import Use
from handlers.asking_when import AskingWhen
from handlers.filters import Called, Chosen, Content, To, Typed
from handlers.incoming import content_of
from handlers.show import Event, Show
from handlers.steps import prompts
from services.notices.sending import Broadcasts
from views import broadcasts as views
from views.screen import Screen
from views.texts import Translator

Draft = dict[str, Any]
FILES = frozenset({FileKind.PHOTO.value, FileKind.DOCUMENT.value})


class Broadcasting(StatesGroup):
    title_text = State()
    body_text = State()
    units = State()
    roles = State()
    preview = State()
    attachment = State()
    later_text = State()
    reason_text = State()
    count_text = State()
    again = State()


BEFORE = {
    "body_text": Broadcasting.title_text,
    "units": Broadcasting.body_text,
    "roles": Broadcasting.units,
    "preview": Broadcasting.roles,
}
"""The step before; from everything behind the preview it is the preview."""

LATER = AskingWhen(lambda t: t("broadcast-ask-later"))


@prompts("Broadcasting", blank=("title_text",))
async def prompt(raw_state: str, draft: Draft, t: Translator, broadcasts: Broadcasts, use: Use) -> Screen:
    step = raw_state.partition(":")[2]
    if step == "units":
        units = await use(broadcasts.units, draft["paths"])
        return views.ask_units(t, draft, units, await use(broadcasts.size, Audience.from_json(draft)))
    if step == "roles":
        return views.ask_roles(t, draft, await use(broadcasts.size, Audience.from_json(draft)))
    if step == "preview":
        return views.preview(t, draft, await use(broadcasts.check, Plan.from_draft(draft)))
    plain = {
        "later_text": LATER.screen,
        "title_text": views.ask_title,
        "body_text": views.ask_body,
        "attachment": views.ask_file,
        "count_text": views.ask_count,
        "again": views.ask_again,
    }
    return plain[step](t, draft) if step in plain else views.ask_reason(t)


async def go(
    step: State, draft: Draft, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    """Come to a step. The preview notes the numbers it shows, since by sending the sender agrees to them."""
    if step == Broadcasting.preview:
        check = await use(broadcasts.check, Plan.from_draft(draft))
        if check.count == 0:
            raise DomainError("notice-nobody")
        same = check.same_at.isoformat() if check.same_at is not None else ""
        draft = {**draft, "count": check.count, "same": same, "again": False}
    await state.set_data(draft)
    await state.set_state(step)
    await show(await prompt(step.state or "", draft, t, broadcasts, use))


async def begin(
    _event: Event, actor: Actor, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    """A secretary most likely writes to all of the own units."""
    draft = new_draft(actor)
    if not draft["admin"]:
        draft["units"] = [unit.id for unit in await use(broadcasts.units, draft["paths"])]
    await go(Broadcasting.title_text, draft, state, show, t, broadcasts, use)


def new_draft(actor: Actor) -> Draft:
    """What the steps must know of the sender; at first it goes to everybody in the units still to be chosen."""
    return {
        "paths": list(sending_paths(actor)),
        "sender": actor.unit_name,
        "admin": actor.has(RoleKind.ADMIN),
        "units": [],
        "roles": [RoleKind.MEMBER.value],
    }


async def take_title(
    _event: Event, text: str, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    draft = {**await state.get_data(), "title": checked(text, MAX_TITLE)}
    await go(Broadcasting.body_text, draft, state, show, t, broadcasts, use)


async def take_body(
    message: Message, bot: Bot, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    """The text, or a photo or file with the text as its caption; a file alone still wants its text."""
    draft = await state.get_data()
    text, files = one_file(message, bot)
    if files:
        draft["file"] = files[0]
    if text.strip() or not files:
        draft["body"] = checked(text, MAX_BODY)
    step = Broadcasting.units if draft.get("body") else Broadcasting.body_text
    await go(step, draft, state, show, t, broadcasts, use)


def one_file(message: Message, bot: Bot) -> tuple[str, list[Draft]]:
    text, files, place = content_of(message, bot.id)
    if place is not None or any(file["kind"] not in FILES for file in files):
        raise DomainError("notice-file-kind")
    return text, files


async def keep(
    _event: Event, raw_state: str, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    step = Broadcasting.units if raw_state == Broadcasting.body_text.state else Broadcasting.body_text
    await go(step, await state.get_data(), state, show, t, broadcasts, use)


async def toggle_unit(
    _event: Event, value: str, actor: Actor, state: FSMContext, show: Show, t: Translator, **services: Any
) -> None:
    broadcasts, use = services["broadcasts"], services["use"]
    draft = await as_of_now(state, actor)
    units = await use(broadcasts.units, draft["paths"])
    if value == "all":
        draft["units"] = list(with_all_toggled(draft["units"], units))
    else:
        draft["units"] = list(with_unit_toggled(draft["units"], number(value), units))
    await go(Broadcasting.units, draft, state, show, t, broadcasts, use)


async def turn_page(
    _event: Event, value: str, actor: Actor, state: FSMContext, show: Show, t: Translator, **services: Any
) -> None:
    draft = {**await as_of_now(state, actor), "page": number(value)}
    await go(Broadcasting.units, draft, state, show, t, services["broadcasts"], services["use"])


async def as_of_now(state: FSMContext, actor: Actor) -> Draft:
    """The draft with the units the sender may write to now: the right may have been lost since the beginning."""
    return {**await state.get_data(), "paths": list(sending_paths(actor))}


async def toggle_role(
    _event: Event, value: str, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    draft = await state.get_data()
    if value in {role.value for role in RoleKind}:
        chosen = with_role_toggled([RoleKind(role) for role in draft["roles"]], RoleKind(value))
        draft["roles"] = [role.value for role in chosen]
    await go(Broadcasting.roles, draft, state, show, t, broadcasts, use)


async def audience_chosen(
    _event: Event, raw_state: str, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    """Units without anybody in them are refused at once, whatever roles were chosen before."""
    draft = await state.get_data()
    if raw_state != Broadcasting.units.state:
        await go(Broadcasting.preview, draft, state, show, t, broadcasts, use)
        return
    await use(broadcasts.require_anybody, draft["units"])
    await go(Broadcasting.roles, draft, state, show, t, broadcasts, use)


async def change(
    _event: Event, value: str, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    steps = {"file": Broadcasting.attachment, "urgent": Broadcasting.reason_text}
    step = steps.get(value, Broadcasting.title_text)
    await go(step, await state.get_data(), state, show, t, broadcasts, use)


async def ask_later(
    _event: Event, state: FSMContext, turn: Turn, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    draft = {**await state.get_data(), **LATER.begin(turn, t)}
    await go(Broadcasting.later_text, draft, state, show, t, broadcasts, use)


async def take_later(
    _event: Event, at: datetime, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    """What has a time of its own is not urgent."""
    draft = {**await state.get_data(), "at": at.isoformat(), "urgent": ""}
    await go(Broadcasting.preview, draft, state, show, t, broadcasts, use)


async def send_now(
    _event: Event, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    draft = {**await state.get_data(), "at": ""}
    await go(Broadcasting.preview, draft, state, show, t, broadcasts, use)


async def take_file(
    message: Message, bot: Bot, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    _, files = one_file(message, bot)
    if not files:
        raise DomainError("notice-file-kind")
    draft = {**await state.get_data(), "file": files[0]}
    await go(Broadcasting.preview, draft, state, show, t, broadcasts, use)


async def drop_file(
    _event: Event, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    draft = {**await state.get_data(), "file": None}
    await go(Broadcasting.preview, draft, state, show, t, broadcasts, use)


async def take_reason(
    _event: Event, text: str, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    draft = {**await state.get_data(), "urgent": checked(text, MAX_REASON), "at": ""}
    await go(Broadcasting.preview, draft, state, show, t, broadcasts, use)


async def send(
    _event: Event, actor: Actor, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    """From the preview on: a large audience wants its number typed, the same text again wants a yes."""
    draft = await state.get_data()
    if draft["count"] > TYPED_ABOVE and draft.get("typed") != draft["count"]:
        await go(Broadcasting.count_text, draft, state, show, t, broadcasts, use)
    elif draft["same"] and not draft["again"]:
        await go(Broadcasting.again, draft, state, show, t, broadcasts, use)
    else:
        await state.clear()
        await use(broadcasts.start, actor, Plan.from_draft(draft))
        await show.done()


async def take_count(
    event: Event, text: str, actor: Actor, state: FSMContext, show: Show, t: Translator, **services: Any
) -> None:
    draft = await state.get_data()
    if number(re.sub(r"[\s,，人]", "", text)) != draft["count"]:
        raise DomainError("notice-count-wrong")
    await state.set_data({**draft, "typed": draft["count"]})
    await send(event, actor, state, show, t, services["broadcasts"], services["use"])


async def send_again(
    event: Event, actor: Actor, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    await state.update_data(again=True)
    await send(event, actor, state, show, t, broadcasts, use)


async def back(
    _event: Event, raw_state: str, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    step = BEFORE.get(raw_state.partition(":")[2], Broadcasting.preview)
    await go(step, await state.get_data(), state, show, t, broadcasts, use)


async def misplaced(
    _event: Event, raw_state: str, state: FSMContext, show: Show, t: Translator, broadcasts: Broadcasts, use: Use
) -> None:
    """Words where a button is awaited: the step is shown again and nothing changes."""
    await show(await prompt(raw_state, await state.get_data(), t, broadcasts, use))


def number(text: str) -> int:
    """The whole number in a text of digits of any script, else one that nothing has."""
    return int(text) if text.isdecimal() else -1


def setup() -> Router:
    router = Router(name="broadcasts")
    message, press = router.message, router.callback_query
    for event in (message, press):
        event.register(begin, Called("broadcast"))
    press.register(keep, StateFilter(Broadcasting.title_text, Broadcasting.body_text), Chosen("keep"))
    message.register(take_title, StateFilter(Broadcasting.title_text), Typed())
    message.register(take_body, StateFilter(Broadcasting.body_text), Content())
    press.register(toggle_unit, StateFilter(Broadcasting.units), Chosen("unit"))
    press.register(turn_page, StateFilter(Broadcasting.units), Chosen("page"))
    press.register(toggle_role, StateFilter(Broadcasting.roles), Chosen("role"))
    press.register(audience_chosen, StateFilter(Broadcasting.units, Broadcasting.roles), Chosen("next"))
    press.register(change, StateFilter(Broadcasting.preview), Chosen("change"))
    message.register(take_file, StateFilter(Broadcasting.attachment), Content())
    press.register(drop_file, StateFilter(Broadcasting.attachment), Chosen("no-file"))
    press.register(ask_later, StateFilter(Broadcasting.preview), Chosen("later"))
    LATER.register(router, Broadcasting.later_text, take_later)
    press.register(send_now, StateFilter(Broadcasting.preview), Chosen("now"))
    message.register(take_reason, StateFilter(Broadcasting.reason_text), Typed())
    press.register(send, StateFilter(Broadcasting.preview), Chosen("send"))
    message.register(take_count, StateFilter(Broadcasting.count_text), Typed())
    press.register(send_again, StateFilter(Broadcasting.again), Chosen("again"))
    press.register(back, StateFilter(Broadcasting), To("back"))
    message.register(misplaced, StateFilter(Broadcasting), Content())
    return router
