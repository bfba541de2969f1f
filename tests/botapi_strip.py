"""Makes botapi_schema.json from the schema that aiogram's source archive carries:
``python -m tests.botapi_strip FOLDER > tests/botapi_schema.json``, where FOLDER is the unpacked archive of aiogram.

Only what can be checked is kept: names, types, what is required, and the limits that stand as words in descriptions.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CONSTANT = re.compile(r"(?:always|must be) '?([a-z0-9_]+)'?$")
LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
COUNT = re.compile(r"(?:list of|include) (\d+)-(\d+) |(?:[Uu]p to|[Aa]t most) (\d+) (?:items|identifiers|commands)")
VALUE = re.compile(r"(?:[Vv]alues between |[,;] )(\d+)-(\d+)(?: are accepted|\.|$)")

Item = dict[str, Any]


def main(folder: Path) -> None:
    schema = json.loads((folder / ".butcher/schema/schema.json").read_text(encoding="utf-8"))
    items = {item["name"]: item for section in schema["items"] for item in section["children"]}
    methods = {name: item for name, item in items.items() if item["category"] == "methods"}
    types = {name: items[name] for name in sorted(_reached(methods, items))}
    parts = {
        "origin": "The Bot API's schema as shipped in aiogram's source archive (.butcher/schema/schema.json), "
        "without its descriptions; made by tests/botapi_strip.py.",
        "licence": (folder / "LICENSE").read_text(encoding="utf-8"),
        "version": schema["api"]["version"],
        "methods": {name: _fields(item) for name, item in sorted(methods.items())},
        "types": {name: _fields(item) for name, item in types.items() if item["annotations"]},
        "unions": {name: members for name, item in types.items() if (members := _members(item))},
    }
    sys.stdout.write(_lines(parts))


def _reached(methods: dict[str, Item], items: dict[str, Item]) -> set[str]:
    """The types that a parameter can hold, at any depth."""
    found: set[str] = set()
    waiting = list(methods.values())
    while waiting:
        for name in _named(waiting.pop()):
            if name in items and name not in found:
                found.add(name)
                waiting.append(items[name])
    return found


def _named(item: Item) -> Iterator[str]:
    yield from _members(item)
    for field in item["annotations"]:
        yield from re.findall(r"[A-Z]\w+", field["type"])


def _members(item: Item) -> list[str]:
    if item["annotations"]:
        return []
    return re.findall(r"^ - ([A-Z]\w+)", item["description"], re.MULTILINE)


def _fields(item: Item) -> dict[str, Item]:
    return {field["name"]: _field(field) for field in item["annotations"]}


def _field(field: Item) -> Item:
    kept: Item = {"type": field["type"]}
    if field["required"]:
        kept["required"] = True
    words = " ".join(field["description"].split())
    if field["type"] == "String" and (constant := CONSTANT.search(words)):
        kept["constant"] = constant[1]
    return kept | _limits(field["type"], words)


def _limits(kind: str, words: str) -> Item:
    if kind == "String" and (length := LENGTH.search(words)):
        return {"min": int(length[1]), "max": int(length[2]), "unit": length[3].lower()}
    if kind.startswith("Array") and (count := COUNT.search(words)):
        return {"min": int(count[1] or 0), "max": int(count[2] or count[3]), "unit": "items"}
    if kind == "Integer" and (value := VALUE.search(words)):
        return {"min": int(value[1]), "max": int(value[2]), "unit": "value"}
    return {}


def _lines(parts: dict[str, Any]) -> str:
    """JSON with a line for each method and type, so that a change of the Bot API can be read in a comparison."""
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {_part(part)}" for name, part in parts.items()) + "\n}\n"


def _part(part: Any) -> str:
    if isinstance(part, str):
        return json.dumps(part)
    return "{\n" + ",\n".join(f" {json.dumps(name)}: {json.dumps(value)}" for name, value in part.items()) + "\n}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
