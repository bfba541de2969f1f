"""Updates as somebody hostile would send them, or a messenger that has lost its mind."""

import random
import string
from typing import Any

from aiogram.filters.callback_data import CallbackData

from tests.authorisation.entries import entries
from tests.authorisation.trying import KINDS
from tests.faults.proofs.hostile.household import Household

ENTRIES = tuple(sorted(entries()))
COMMANDS = tuple(entry for entry in ENTRIES if entry.startswith("/"))
ASTRAL, BIDI, NUL, LONE = "\U0001f600", "\u202e\u2066\u200f", "\0", "\ud800"
NUMBERS = (0, 1, -1, 2**31, 2**52, 2**63 - 1, 2**63, 10**20)
WORDS = (
    "好",
    "1",
    "0",
    "²",
    "９",
    "",
    " ",
    ":",
    "::",
    "true",
    "null",
    "NaN",
    "2030-05-15",
    "23:59",
    "明天",
    "@x",
    "B003",
)


def update(dice: random.Random, number: int, house: Household) -> dict[str, Any]:
    """One update; most of them are well formed and say something strange, some are bent out of shape."""
    chat = dice.choice(house.chats)
    kind = dice.choices(("callback_query", "message", "edited_message", "my_chat_member"), (55, 38, 5, 2))[0]
    whole: dict[str, Any] = {"update_id": number, kind: _EVENTS[kind](dice, number, chat, house)}
    return _bent(dice, whole) if dice.random() < 0.12 else whole


def words(dice: random.Random) -> str:
    """Text that a person would not write."""
    made = (
        lambda: "".join(dice.choices(string.printable, k=dice.randint(1, 80))),
        lambda: ASTRAL * dice.choice((1, 200, 2048, 4096)),
        lambda: f"{BIDI}{dice.choice(WORDS)}{BIDI}",
        lambda: f"a{NUL}b",
        lambda: f"a{LONE}b",
        lambda: dice.choice(COMMANDS) + dice.choice(("", " ", " 1", "@bot", " " + "x" * 64, "\0")),
        lambda: "/start " + "".join(dice.choices(string.ascii_letters + "_-" + NUL, k=dice.randint(1, 64))),
        lambda: f"WT-{dice.choice((2030, 9999, 0))}-{dice.randint(0, 10**6)}",
        lambda: dice.choice(WORDS),
        lambda: "=1+1",
        lambda: dice.choice(WORDS) * dice.choice((1, 50, 4096)),
    )
    return dice.choice(made)()


def data(dice: random.Random, house: Household) -> str:
    """A button's data: of our own with strange numbers, of a step, or of nobody's."""
    roll = dice.random()
    if roll < 0.45:
        kind = dice.choice(list(KINDS.values()))
        return _filled(dice, kind, dice.choice(list(house.things.values())))[:64]
    if roll < 0.75:
        entry = dice.choice(ENTRIES)
        values = (*WORDS, *(str(one) for one in NUMBERS), *(str(one) for one in range(1, 12)))
        return ":".join([entry, *dice.choices(values, k=dice.randint(0, 4))])[:40]
    if roll < 0.85:
        return "go:" + ":".join(dice.choices((*WORDS, "menu", "report", "0", "1"), k=dice.randint(0, 5)))
    return "".join(dice.choices(string.printable, k=dice.randint(1, 64)))


def _filled(dice: random.Random, kind: type[CallbackData], thing: dict[str, Any]) -> str:
    does = [entry.partition(":")[2] for entry in ENTRIES if entry.startswith(f"{kind.__prefix__}:")] or ["x"]
    parts = [kind.__prefix__]
    for place, name in enumerate(kind.model_fields):
        if place == 0:
            parts.append(dice.choice(does))
        elif dice.random() < 0.6 and name in thing:
            parts.append(str(thing[name]))
        else:
            parts.append(str(dice.choice((*NUMBERS, "", "x", "present", "browser", *range(1, 9)))))
    return ":".join(parts + ["9"] * (dice.random() < 0.1))


def _message(dice: random.Random, number: int, chat: int, house: Household) -> dict[str, Any]:
    said: dict[str, Any] = {
        "message_id": number,
        "date": 1,
        "chat": {"id": chat, "type": "private"},
        "from": {"id": chat, "is_bot": False, "first_name": words(dice)[:64] or "x", "language_code": "zh"},
    }
    content = dice.choices(("text", "document", "photo", "voice", "location"), (80, 8, 4, 4, 4))[0]
    if content == "text":
        said["text"] = words(dice)
        if dice.random() < 0.2:
            said["entities"] = [{"type": "bold", "offset": dice.choice(NUMBERS), "length": dice.choice(NUMBERS)}]
        return said
    file = {"file_id": words(dice), "file_unique_id": "u", "file_size": dice.choice(NUMBERS)}
    bodies: dict[str, Any] = {
        "document": {**file, "file_name": f"../{words(dice)[:60]}", "mime_type": "text/plain"},
        "photo": [{**file, "width": 30_000, "height": 30_000}],
        "voice": {**file, "duration": dice.choice(NUMBERS)},
        "location": {"latitude": dice.choice((91.0, -1e308, 39.9)), "longitude": 0.0},
    }
    return {**said, content: bodies[content], "caption": words(dice)[:1000]}


def _press(dice: random.Random, number: int, chat: int, house: Household) -> dict[str, Any]:
    return {
        "id": str(number),
        "from": {"id": chat, "is_bot": False, "first_name": "x"},
        "chat_instance": "1",
        "data": data(dice, house),
        "message": {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "…"},
    }


def _edited(dice: random.Random, number: int, chat: int, house: Household) -> dict[str, Any]:
    return {**_message(dice, number, chat, house), "edit_date": 2}


def _membership(dice: random.Random, number: int, chat: int, house: Household) -> dict[str, Any]:
    user = {"id": chat, "is_bot": False, "first_name": "x"}
    status = {"user": {**user, "is_bot": True}, "status": dice.choice(("member", "left", "banished"))}
    return {
        "chat": {"id": chat, "type": "private"},
        "from": user,
        "date": 1,
        "old_chat_member": status,
        "new_chat_member": status,
    }


_EVENTS = {
    "message": _message,
    "callback_query": _press,
    "edited_message": _edited,
    "my_chat_member": _membership,
}


def _bent(dice: random.Random, whole: dict[str, Any]) -> dict[str, Any]:
    """One place of it missing, null, of another type, or more than anybody knows."""
    place: Any = whole[next(key for key in whole if key != "update_id")]
    while dice.random() < 0.5 and (below := [value for value in place.values() if isinstance(value, dict)]):
        place = dice.choice(below)
    if not place:
        return whole
    key = dice.choice(list(place))
    how = dice.randrange(5)
    if how == 0:
        del place[key]
    else:
        place[key if how < 4 else "unknown_field"] = (None, [], dice.choice(NUMBERS), {"a": 1})[how - 1]
    return whole
