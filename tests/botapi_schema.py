"""What the Bot API accepts: ``check("sendMessage", {"chat_id": 1, "text": ""})`` answers with a list of complaints."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

_SCHEMA = json.loads(Path(__file__).with_name("botapi_schema.json").read_text(encoding="utf-8"))

VERSION: str = _SCHEMA["version"]

Fields = Mapping[str, Mapping[str, Any]]

METHODS: Mapping[str, Fields] = _SCHEMA["methods"]
TYPES: Mapping[str, Fields] = _SCHEMA["types"]
UNIONS: Mapping[str, list[str]] = _SCHEMA["unions"]

# Texts and the entities that mark places in them, wherever the two stand side by side.
MARKED = (
    ("text", "entities"),
    ("caption", "caption_entities"),
    ("quote", "quote_entities"),
    ("question", "question_entities"),
    ("explanation", "explanation_entities"),
)
LOOKS_OF_A_BUTTON = {"text", "icon_custom_emoji_id", "style"}
COMMAND = re.compile(r"[a-z0-9_]+")
SECRET = re.compile(r"[A-Za-z0-9_-]+")


def check(method: str, payload: Mapping[str, Any], files: Collection[str] = ()) -> list[str]:
    """Complaints about one call. ``payload`` is plain JSON; ``files`` names the parts that are uploaded with it."""
    fields = METHODS.get(method)
    if fields is None:
        return [f"no such method: {method}"]
    given = {name: f"attach://{name}" for name in files if name in fields} | dict(payload)
    return [*_Check(files).fields("", fields, given), *_RULES.get(method, _no_rule)(method, given)]


def decoded(method: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The values of a form, whose fields are all text, as what the method takes them for."""
    fields = METHODS.get(method, {})
    return {name: _decoded(fields[name]["type"] if name in fields else "", text) for name, text in form.items()}


def utf16(text: str) -> int:
    """The Bot API counts a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _decoded(kind: str, text: str) -> Any:
    if "String" in kind and not kind.startswith("Array"):
        # A number may also be the address of a chat: "Integer or String".
        return int(text) if "Integer" in kind and re.fullmatch(r"-?\d+", text) else text
    try:
        return json.loads(text)
    except ValueError:
        return text


class _Check:
    """``path`` says where in the payload a value stands, such as ``reply_markup.inline_keyboard.0.1``."""

    def __init__(self, files: Collection[str]) -> None:
        self._files = files

    def fields(self, path: str, fields: Fields, given: Mapping[str, Any]) -> Iterator[str]:
        for name in given.keys() - fields.keys():
            yield f"{_at(path, name)} is unknown"
        for name, field in fields.items():
            if name in given:
                yield from self.value(_at(path, name), field["type"], given[name])
                yield from _limits(_at(path, name), field, given[name])
            elif field.get("required"):
                yield f"{_at(path, name)} is missing"
        yield from _formatting(path, given)

    def value(self, path: str, kind: str, value: Any) -> Iterator[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                yield f"{path} should be a list"
                return
            for number, member in enumerate(value):
                yield from self.value(_at(path, str(number)), kind.removeprefix("Array of "), member)
            return
        kinds = UNIONS.get(kind) or re.split(r", | or | and ", kind)
        # Of several possible kinds the one that fits best was meant.
        yield from min((list(self._one(path, each, value)) for each in _meant(kinds, value)), key=len)

    def _one(self, path: str, kind: str, value: Any) -> Iterator[str]:
        if kind == "InputFile":
            yield from self._file(path, value)
        elif kind in TYPES:
            if not isinstance(value, dict):
                yield f"{path} should be an object"
                return
            yield from self.fields(path, TYPES[kind], value)
            yield from _RULES.get(kind, _no_rule)(path, value)
        elif not _BASIC.get(kind, _anything)(value):
            yield f"{path} should be {kind}, not {type(value).__name__}"

    def _file(self, path: str, value: Any) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path} should be a file"
        elif value.startswith("attach://") and value.removeprefix("attach://") not in self._files:
            yield f"{path} names a file that was not sent"


def _meant(kinds: list[str], value: Any) -> list[str]:
    """Those of the kinds whose constants, such as ``type``, the value has; all of them where none fits."""
    if not isinstance(value, dict):
        # The text that stands for a file is looked at as a file, not as any text.
        return ["InputFile"] if "InputFile" in kinds else kinds
    return [kind for kind in kinds if _constants(kind).items() <= value.items()] or kinds


def _constants(kind: str) -> dict[str, str]:
    return {name: field["constant"] for name, field in TYPES.get(kind, {}).items() if "constant" in field}


def _limits(path: str, field: Mapping[str, Any], value: Any) -> Iterator[str]:
    if "constant" in field and value != field["constant"]:
        yield f"{path} should be {field['constant']!r}"
    if "max" not in field:
        return
    size = _size(field["unit"], value)
    if size is not None and not field["min"] <= size <= field["max"]:
        yield f"{path} is {size} {field['unit']}, outside {field['min']}-{field['max']}"


def _size(unit: str, value: Any) -> int | None:
    """None where the value has another type, about which there is a complaint already."""
    if unit == "items":
        return len(value) if isinstance(value, list) else None
    if unit == "value":
        return value if isinstance(value, int) else None
    if not isinstance(value, str):
        return None
    # What is only white space is cut away, and nothing is left to send.
    return len(value.encode("utf-8", "surrogatepass")) if unit == "bytes" else utf16(value) if value.strip() else 0


def _formatting(path: str, given: Mapping[str, Any]) -> Iterator[str]:
    for text, entities in MARKED:
        marked, marks = given.get(text), given.get(entities)
        if isinstance(marked, str) and isinstance(marks, list):
            for number, mark in enumerate(marks):
                if isinstance(mark, dict):
                    yield from _place(_at(path, f"{entities}.{number}"), marked, mark)
    if given.get("parse_mode"):
        # Marks are sent as entities everywhere; a text that is parsed could be broken by what a person wrote into it.
        yield f"{_at(path, 'parse_mode')} is not used here"


def _place(path: str, text: str, mark: Mapping[str, Any]) -> Iterator[str]:
    offset, length = mark.get("offset"), mark.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        return
    if offset < 0 or length <= 0 or offset + length > utf16(text):
        yield f"{path} lies outside the text"
        return
    units = text.encode("utf-16-le", "surrogatepass")
    if any(0xDC <= units[2 * edge + 1] <= 0xDF for edge in (offset, offset + length) if 2 * edge < len(units)):
        yield f"{path} cuts a character in two"


def _button(path: str, button: Mapping[str, Any]) -> Iterator[str]:
    actions = sorted(button.keys() - LOOKS_OF_A_BUTTON)
    if len(actions) != 1:
        yield f"{path} should have exactly one action, not {len(actions)}: {', '.join(actions)}"
    if not str(button.get("text", "")).strip():
        yield f"{path}.text is empty"


def _entity(path: str, entity: Mapping[str, Any]) -> Iterator[str]:
    needed = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}.get(
        str(entity.get("type"))
    )
    if needed and needed not in entity:
        yield f"{path}.{needed} is missing"


def _command(path: str, command: Mapping[str, Any]) -> Iterator[str]:
    if not COMMAND.fullmatch(str(command.get("command", ""))):
        yield f"{path}.command should be of a-z, 0-9 and _"


def _edit(_method: str, given: Mapping[str, Any]) -> Iterator[str]:
    # The schema calls each of them optional, because one of two ways to say what is edited is enough.
    if "inline_message_id" not in given:
        yield from (f"{name} is missing" for name in ("chat_id", "message_id") if name not in given)


def _webhook(_method: str, given: Mapping[str, Any]) -> Iterator[str]:
    if not SECRET.fullmatch(str(given.get("secret_token", "none"))):
        yield "secret_token should be of A-Z, a-z, 0-9, _ and -"


def _no_rule(_path: str, _value: Mapping[str, Any]) -> Iterator[str]:
    return iter(())


def _anything(_value: Any) -> bool:
    return True


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


_RULES = {
    "InlineKeyboardButton": _button,
    "MessageEntity": _entity,
    "BotCommand": _command,
    "setWebhook": _webhook,
    **{method: _edit for method in METHODS if method.startswith("editMessage")},
}

_BASIC = {
    "String": lambda value: isinstance(value, str),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "True": lambda value: value is True,
}
