"""The roster as a whole: bringing it in as a spreadsheet, and the tree of units."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from domain.errors import DomainError
from domain.fetch import Fetch
from domain.files import FileKind, Incoming
from domain.people import Actor, RoleKind, UnitKind
from domain.roster import Comparison, RosterFile
from domain.use import Use
from handlers.filters import Called, Chosen, Content, Does
from handlers.show import Event, Show
from handlers.steps import prompts
from services.roster import Roster, read_roster, write_template
from views import roster as views
from views.actions import PeopleAction
from views.screen import Screen
from views.texts import Texts, Translator


class Importing(StatesGroup):
    file = State()
    check = State()


@prompts("Importing", blank=("file",))
async def prompt(raw_state: str, draft: dict[str, Any], t: Translator) -> Screen:
    if raw_state != Importing.check.state:
        return views.ask_file(t)
    return views.preview(t, draft["counts"], draft.get("left", ()))


async def begin(
    _event: Event, actor: Actor, state: FSMContext, roster: Roster, use: Use, show: Show, t: Translator
) -> None:
    """Hand out the template: it carries the roster as it stands."""
    roles = {role: views.role_word(t, role) for role in RoleKind}
    kinds = {kind.value: views.kind_word(t, kind) for kind in UnitKind}
    rows = await use(roster.rows, actor, roles, kinds)
    data = await use(write_template, views.sheets(t, rows))
    await state.set_state(Importing.file)
    await state.set_data({})
    await show(views.hand_out(t, data))


async def take_file(message: Message, bot: Bot, texts: Texts, fetch: Fetch, **data: Any) -> None:
    """Read it, and show what it would change or what is wrong in it. Another file takes the place of the one before."""
    actor, use, t, roster = data["actor"], data["use"], data["t"], data["roster"]
    roster.may_import(actor)
    document = message.document
    if document is None:
        raise DomainError("roster-send-file")
    content = await fetch(Incoming(FileKind.DOCUMENT, bot.id, document.file_id, document.file_size or 0))
    file = await use(read_roster, content, document.file_name or "", views.vocabulary(texts, t))
    found = await use(roster.compare, actor, file)
    state: FSMContext = data["state"]
    await state.set_state(Importing.file)
    if found.errors:
        await data["show"](views.errors(t, found.errors))
    elif not found.changes and not found.missing:
        await state.clear()
        await data["show"](views.nothing_changes(t, views.counted(found)))
    else:
        await _check(file, found, state, data["show"], t)


async def _check(
    file: RosterFile, found: Comparison, state: FSMContext, show: Show, t: Translator, *, again: bool = False
) -> None:
    counts = views.counted(found)
    await state.set_state(Importing.check)
    await state.set_data({"file": file.as_draft(), "counts": counts, "digest": found.digest(), "left": []})
    await show(views.preview(t, counts, again=again))


async def save(
    _event: Event, actor: Actor, state: FSMContext, roster: Roster, use: Use, show: Show, t: Translator
) -> None:
    """Save what was previewed; where the roster has changed since, show anew what would change."""
    draft = await state.get_data()
    file = RosterFile.from_draft(draft["file"])
    found = await use(roster.compare, actor, file)
    if found.errors:
        await state.set_state(Importing.file)
        await show(views.errors(t, found.errors))
    elif found.digest() != draft["digest"]:
        await _check(file, found, state, show, t, again=True)
    else:
        await state.clear()
        await use(roster.save, actor, file, draft["digest"], draft.get("left", ()))
        await show.done()


async def who_left(
    _event: Event, value: str, actor: Actor, state: FSMContext, roster: Roster, use: Use, show: Show, t: Translator
) -> None:
    """Whom the file does not name; ``value`` is a place on the page to show."""
    draft = await state.get_data()
    found = await use(roster.compare, actor, RosterFile.from_draft(draft["file"]))
    await show(views.who_left(t, found.missing, draft["left"], int(value) if value.isdigit() else 0))


async def mark_left(
    event: Event, value: str, actor: Actor, state: FSMContext, roster: Roster, use: Use, show: Show, t: Translator
) -> None:
    """One of them has left, or stays after all; saved with the rest."""
    draft = await state.get_data()
    found = await use(roster.compare, actor, RosterFile.from_draft(draft["file"]))
    if found.digest() != draft["digest"]:
        await _check(RosterFile.from_draft(draft["file"]), found, state, show, t, again=True)
        return
    if not value.isdigit() or int(value) >= len(found.missing):
        raise DomainError("choice-unknown")
    number = found.missing[int(value)].staff_number
    left = [other for other in draft["left"] if other != number]
    await state.update_data(left=left if len(left) < len(draft["left"]) else [*left, number])
    await who_left(event, value, actor, state, roster, use, show, t)


async def back_to_preview(_event: Event, state: FSMContext, show: Show, t: Translator) -> None:
    draft = await state.get_data()
    await show(views.preview(t, draft["counts"], draft["left"]))


async def units(_event: Event, actor: Actor, roster: Roster, use: Use, show: Show, t: Translator) -> None:
    await show(views.tree(t, await use(roster.tree, actor), 0))


async def turn_page(
    _event: Event, callback_data: PeopleAction, actor: Actor, roster: Roster, use: Use, show: Show, t: Translator
) -> None:
    await show(views.tree(t, await use(roster.tree, actor), callback_data.page))


def setup() -> Router:
    router = Router(name="roster")
    message, press = router.message, router.callback_query
    for event in (message, press):
        event.register(begin, Called("import"))
        event.register(units, Called("units"))
    message.register(take_file, StateFilter(Importing), Content())
    check = StateFilter(Importing.check)
    choices: dict[str, Callable[..., Awaitable[None]]] = {
        "save-roster": save,
        "who-left": who_left,
        "left": mark_left,
        "preview": back_to_preview,
    }
    for name, handler in choices.items():
        press.register(handler, check, Chosen(name))
    press.register(turn_page, Does(PeopleAction, "tree"))
    return router
