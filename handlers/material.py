"""Material of something planned: words and files in any number, and files handed out again."""

from collections.abc import Sequence
from typing import Any

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from domain.audiences import fitting
from domain.errors import DomainError
from domain.studies import MAX_FILES, MAX_MATERIAL
from domain.use import Use
from handlers.incoming import files_of
from handlers.show import Show
from services.files import Files
from views import material as views
from views.screen import Screen
from views.texts import Translator


async def gather(message: Message, bot: Bot, state: FSMContext) -> tuple[dict[str, Any], bool]:
    """Add what a message brings to the draft. Gives back the draft, and whether to answer: the pieces of an album
    come one by one and get one answer."""
    draft = await state.get_data()
    words = "\n".join(part for part in (draft.get("material", ""), message.text or message.caption or "") if part)
    files = [*draft.get("files", []), *files_of(message, bot.id)]
    if len(files) > MAX_FILES:
        raise DomainError("files-too-many", limit=MAX_FILES)
    group = message.media_group_id
    answers = group is None or draft.get("group") != group
    draft = {**draft, "material": fitting(words, MAX_MATERIAL), "files": files, "group": group}
    await state.set_data(draft)
    return draft, answers


async def hand_out(ids: Sequence[int], title: str, files: Files, use: Use, show: Show, t: Translator) -> None:
    """Each file as a message of its own; what is still on its way is said to be."""
    waiting = 0
    for place, file_id in enumerate(ids, 1):
        kept = await use(files.find, file_id)
        if kept is None:
            waiting += 1
            continue
        caption = t("material-caption", title=title, place=place, count=len(ids))
        await show(views.document(t, caption, place, *kept), fresh=True)
    if waiting:
        await show(Screen(t("material-waiting", count=waiting)), fresh=True)
