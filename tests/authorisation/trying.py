"""How an entry is tried, and what may come of it."""

from dataclasses import dataclass
from typing import Any

from aiogram.filters.callback_data import CallbackData

from tests.authorisation.conftest import House
from tests.authorisation.things import ABSENT, Thing
from tests.talk import Person
from views import actions

YES, NO, UNKNOWN = "yes", "no", "–"

IN_DIALOGUES = frozenset({"nav:back"})
"""Buttons that are old ones wherever no dialogue is open."""

CARDS = {"pb": "pb:card", "ms": "pb:card", "as": "as:card", "ct": "ct:card", "qz": "qz:desk", "ss": "ss:card"} | {
    "rl": "rl:open",
    "nt": "nt:progress",
}
"""The button that shows the thing itself, by the kind of button."""

KINDS: dict[str, type[CallbackData]] = {
    kind.__prefix__: kind
    for kind in vars(actions).values()
    if isinstance(kind, type) and issubclass(kind, CallbackData) and kind is not CallbackData
}


@dataclass(frozen=True)
class Answer:
    """``YES``, ``NO`` (and why not), or ``UNKNOWN``: there is no such thing. ``code`` is the refusal's; ``old`` says
    that the button was one of a card that is no more."""

    answer: str
    code: str
    words: str
    old: bool = False


async def tried(house: House, column: str, entry: str, thing: Thing, refused: list[str]) -> Answer:
    """What this person is answered."""
    person = house.people[column]
    refused.clear()
    house.forget()
    if entry.startswith("/"):
        await person.says(entry)
    else:
        await person.presses(data_of(entry, thing), {"message_id": 900_000})
    answer = done(person, refused)
    assert not answer.old or entry in IN_DIALOGUES, f"{entry} on {thing} is an old button to {column}"
    return answer


def done(person: Person, refused: list[str]) -> Answer:
    """What came of it."""
    code = refused[-1] if refused else ""
    old = "过期" in person.toast
    if old:
        code = "not-found"
    words = "\n".join([person.toast, *(_shown(message, person.chat_id) for message in person.messages())])
    return Answer(UNKNOWN if code == "not-found" else NO if code else YES, code, words, old)


def _shown(message: dict[str, Any], chat_id: int) -> str:
    """The message as anybody would get it who is told the same: without its number and the reader's own."""
    shown = {name: value for name, value in message.items() if name not in {"chat_id", "message_id"}}
    return str(shown).replace(str(chat_id), "…")


def data_of(entry: str, thing: Thing) -> str:
    """The button's data, filled in with what the thing says of itself."""
    prefix, do = entry.split(":")
    kind = KINDS[prefix]
    first = next(iter(kind.model_fields))
    values: dict[str, Any] = {first: do} if do else {}
    for name in kind.model_fields:
        if name in thing and name not in values:
            values[name] = thing[name]
        elif kind.model_fields[name].is_required() and name not in values:
            values[name] = 0
    return kind(**values).pack()


def absent(thing: Thing) -> Thing:
    """The same thing with a number that nothing has."""
    number = "session" if "session" in thing else "id"
    return {**thing, number: ABSENT}
