"""A reply that its messenger had no room for: the words are those it was shown with."""

from collections.abc import Callable, Mapping
from typing import Any

from aiogram.types import MessageEntity
from aiogram.utils.formatting import Text

from views.screen import Button, Screen
from views.texts import Translator


def _reply(payload: Mapping[str, Any], _t: Translator) -> Screen:
    entities = [MessageEntity(**entity) for entity in payload.get("entities") or []]
    keyboard = (payload.get("reply_markup") or {}).get("inline_keyboard", [])
    rows = [[Button(one["text"], one.get("callback_data", ""), one.get("url", "")) for one in row] for row in keyboard]
    return Screen(Text.from_entities(payload["text"], entities)).with_rows(*rows)


RENDERS: Mapping[tuple[str, int], Callable[[Mapping[str, Any], Translator], Screen]] = {("reply", 1): _reply}
