"""Filters: classes only, because aiogram runs a lambda or magic filter in a thread. They give what they parsed.

``keys`` say what a filter looks for, in the words of ``key_of``: where an event has another, it need not be asked.
Neither need one that is ``in_groups`` or ``in_dialogues``, outside of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.problems import read_number
from handlers.steps import is_away, is_blank
from views.actions import Go

Parsed = bool | dict[str, Any]

ARGUED = frozenset({"join", "problem", "passphrase"})
"""Commands whose plain word may be followed by what they are about; of the others it is the whole message."""

LARGEST = 2**63 - 1
"""No row has a larger number."""

NO_COMMAND = frozenset({""})
"""What ``key_of`` gives for a message that means no command."""

TEXT_STEP = "_text"
"""A step whose name ends so takes what is typed as it is: a command's plain word is text there."""


class Called(Filter):
    """``/report``, its plain word in any language, or a button that means the same.

    Gives ``args``, what followed the command, and ``drop``, whether the draft in the way is given up.
    """

    def __init__(self, *commands: str) -> None:
        self.commands = frozenset(commands)
        self.keys = frozenset(f"/{command}" for command in commands)

    async def __call__(
        self, event: Message | CallbackQuery, command_words: Mapping[str, str], raw_state: str | None = None
    ) -> Parsed:
        if isinstance(event, CallbackQuery):
            return self._pressed(event.data or "")
        command, args = spoken(event.text or "", command_words, in_text=(raw_state or "").endswith(TEXT_STEP))
        return {"args": args, "drop": False} if command in self.commands else False

    def _pressed(self, data: str) -> Parsed:
        action = gone(data)
        return {"args": "", "drop": action.drop} if action is not None and action.command in self.commands else False


def gone(data: str) -> Go | None:
    """The button that means a command; None for any other, and for what was forged to look like one."""
    try:
        return Go.unpack(data) if data.startswith("go:") else None
    except (TypeError, ValueError):
        return None


def spoken(text: str, words: Mapping[str, str], *, in_text: bool) -> tuple[str, str]:
    """The command in a message and what follows it; an empty command when there is none."""
    first, _, rest = text.strip().partition(" ")
    if first.startswith("/"):
        return first[1:].partition("@")[0].casefold(), rest.strip()
    if in_text:
        return "", ""
    whole = words.get(text.strip().casefold())
    if whole is not None:
        return whole, ""
    command = words.get(first.casefold(), "")
    return (command, rest.strip()) if command in ARGUED else ("", "")


class Chosen(Filter):
    """A choice of the current step by its button; gives its ``value``."""

    def __init__(self, name: str) -> None:
        self.prefix = f"step:{name}:"
        self.keys = frozenset({f"step:{name}"})

    async def __call__(self, query: CallbackQuery) -> Parsed:
        data = query.data or ""
        value = data.removeprefix(self.prefix)
        return {"value": value} if data.startswith(self.prefix) and is_offered(value) else False


def is_offered(value: str) -> bool:
    """Whether a button of ours may carry this: a number stands in it in plain digits, and a row may have it."""
    return not value.isdigit() or (value.isascii() and int(value) <= LARGEST)


class Does(Filter):
    """A button of this kind that does this; gives it as ``callback_data``. Data that cannot be read matches nothing,
    so that an old release's button ends as a stale one."""

    def __init__(self, kind: type[CallbackData], do: str) -> None:
        self.kind = kind
        self.prefix = f"{kind.__prefix__}:{do}:"
        self.keys = frozenset({f"{kind.__prefix__}:{do}"})

    async def __call__(self, query: CallbackQuery) -> Parsed:
        data = query.data or ""
        if not data.startswith(self.prefix):
            return False
        try:
            action = self.kind.unpack(data)
        except (TypeError, ValueError):
            return False
        numbers = [value for _, value in action if isinstance(value, int)]
        return {"callback_data": action} if all(0 <= number <= LARGEST for number in numbers) else False


class AsksWhy(Filter):
    """The question under what was told unasked; gives its ``reason``."""

    async def __call__(self, query: CallbackQuery) -> Parsed:
        data = query.data or ""
        return {"reason": data.removeprefix("why:")} if data.startswith("why:") else False


class To(Filter):
    """Back, cancel, continue."""

    def __init__(self, to: str) -> None:
        self.data = f"nav:{to}"
        self.keys = frozenset({self.data})

    async def __call__(self, query: CallbackQuery) -> bool:
        return query.data == self.data


class Typed(Filter):
    """Text that is not a slash command; gives ``text``."""

    async def __call__(self, message: Message) -> Parsed:
        if message.text is None or message.text.startswith("/"):
            return False
        return {"text": message.text}


class Numbered(Filter):
    """A bare problem number, typed where no text is asked for; gives ``number`` as it is written."""

    keys = NO_COMMAND

    async def __call__(self, message: Message, raw_state: str | None = None) -> Parsed:
        if (raw_state or "").endswith(TEXT_STEP):
            return False
        found = read_number(message.text or "")
        return {"number": found} if found is not None else False


class Busy(Filter):
    """Something is being filled in already."""

    async def __call__(self, _query: CallbackQuery, state: FSMContext, raw_state: str | None = None) -> bool:
        return raw_state is not None and not is_blank(raw_state, await state.get_data())


class Content(Filter):
    """Something a report can be made of: words that are no command, a photo, a file, a voice, a place."""

    keys = NO_COMMAND

    async def __call__(self, message: Message, command_words: Mapping[str, str], raw_state: str | None = None) -> bool:
        if message.text is not None:
            return not spoken(message.text, command_words, in_text=(raw_state or "").endswith(TEXT_STEP))[0]
        return any((message.photo, message.document, message.voice, message.location))


class InGroup(Filter):
    in_groups = True

    async def __call__(self, event: Message | CallbackQuery) -> bool:
        return is_in_group(event)


def is_in_group(event: Message | CallbackQuery) -> bool:
    message = event if isinstance(event, Message) else event.message
    return message is not None and message.chat.type != "private"


class IsCommand(Filter):
    """Any slash command; gives its name."""

    async def __call__(self, message: Message) -> Parsed:
        text = message.text or ""
        if not text.startswith("/"):
            return False
        command, _ = spoken(text, {}, in_text=True)
        return {"command": command}


class Interrupts(Filter):
    """A command that begins a dialogue, sent in the middle of another; gives ``command``."""

    in_dialogues = True

    def __init__(self, beginning: frozenset[str]) -> None:
        self.beginning = beginning

    async def __call__(
        self, event: Message | CallbackQuery, command_words: Mapping[str, str], raw_state: str | None = None
    ) -> Parsed:
        command = meant(event, command_words, raw_state)
        return {"command": command} if raw_state is not None and command in self.beginning else False


class Leaves(Filter):
    """A command that only looks, in the middle of a dialogue that was not left before."""

    in_dialogues = True

    def __init__(self, beginning: frozenset[str]) -> None:
        self.staying = beginning | {"", "cancel"}

    async def __call__(
        self,
        event: Message | CallbackQuery,
        command_words: Mapping[str, str],
        commands: Sequence[str],
        raw_state: str | None = None,
    ) -> bool:
        command = meant(event, command_words, raw_state)
        return raw_state is not None and not is_away(raw_state) and command in commands and command not in self.staying


class Continues(Filter):
    """A button of a step that was left."""

    in_dialogues = True

    async def __call__(self, query: CallbackQuery, raw_state: str | None = None) -> bool:
        return is_away(raw_state) and (query.data or "").startswith(("step:", "nav:back"))


def key_of(event: Message | CallbackQuery, words: Mapping[str, str], raw_state: str | None) -> str:
    """What handlers can be looked up by: ``/report`` for a command, its word or its button, ``qz:pick`` for another
    button; empty for anything else."""
    if isinstance(event, Message):
        command, _ = spoken(event.text or "", words, in_text=(raw_state or "").endswith(TEXT_STEP))
        return f"/{command}" if command else ""
    kind, _, rest = (event.data or "").partition(":")
    does = rest.partition(":")[0]
    return f"/{does}" if kind == "go" else f"{kind}:{does}"


def meant(event: Message | CallbackQuery, words: Mapping[str, str], raw_state: str | None) -> str:
    """The command that a message or a button means; empty when it is none, or gives up the draft in its way."""
    if isinstance(event, Message):
        return spoken(event.text or "", words, in_text=(raw_state or "").endswith(TEXT_STEP))[0]
    data = event.data or ""
    action = gone(data)
    return action.command if action is not None and not action.drop else ""
