"""The files of the chat page: the worker keeps all of them, and browsers of 2021 understand them."""

import re

import pytest

from platforms.web.shell import STATIC

# What came to all browsers after 2021 and breaks a page that uses it: a rule is dropped, a module does not even load.
TOO_NEW = {
    ".css": {
        "the parent selector": r":has\(",
        "nested rules": r"(?m)^\s*&|[{;]\s*&",
        "layers and containers": r"@(layer|container|scope|starting-style|property)\b",
        "colours that are computed": r"color-mix\(|oklch\(|light-dark\(",
        "a height that follows the bars, without the older one before it": r"(?<!height: 100vh; )height: 100[dsl]vh",
    },
    ".js": {
        "waiting outside a function": r"(?m)^(const .+ = )?await ",
        "counting from the end": r"\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with)\(",
        "copies and groups": r"structuredClone|Object\.(hasOwn|groupBy)|Array\.fromAsync|Promise\.(any|withResolvers)",
        "private parts and blocks of classes": r"(?m)^\s+(#\w+|static \{)",
        "looking back in a pattern": r"\(\?<[=!]",
        "an end to waiting": r"AbortSignal\.(timeout|any)",
        "importing data": r"import .+ (with|assert) \{",
    },
}
ASKED_FOR_FIRST = {
    "showModal": "if (box.showModal)",
    "crypto.randomUUID": "if (crypto.randomUUID)",
    "navigator.locks": "navigator.locks ?",
    "navigator.setAppBadge": "if (!navigator.setAppBadge)",
    "new ResizeObserver": "if (window.ResizeObserver)",
}


def too_new(kind: str, source: str) -> list[str]:
    return [what for what, pattern in TOO_NEW[kind].items() if re.search(pattern, source)]


def unasked(source: str) -> list[str]:
    return [name for name, question in ASKED_FOR_FIRST.items() if name in source and question not in source]


def test_the_worker_keeps_every_file_of_the_page() -> None:
    worker = (STATIC / "worker.js").read_text(encoding="utf-8")
    listed = re.search(r"FILES = \[(.+?)\]", worker, re.DOTALL)
    assert listed is not None
    served = {path.name for path in STATIC.iterdir()} - {"worker.js", "chat.html"}
    assert set(re.findall(r'"(.+?)"', listed[1])) == served


def test_browsers_of_2021_understand_every_file() -> None:
    sources = {path.name: path for path in STATIC.iterdir() if path.suffix in TOO_NEW}
    assert {"chat.css", "chat.js"} <= set(sources)
    found = {name: too_new(path.suffix, path.read_text(encoding="utf-8")) for name, path in sources.items()}
    missing = {name: unasked(path.read_text(encoding="utf-8")) for name, path in sources.items()}
    assert {name: what for name, what in found.items() if what} == {}
    assert {name: what for name, what in missing.items() if what} == {}


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        (".css", ".line:has(> b) { gap: 0; }"),
        (".css", ".line { gap: 0; &:hover { gap: 1px; } }"),
        (".css", "@container (width > 30rem) { b { gap: 0; } }"),
        (".css", "body { height: 100dvh; }"),
        (".js", 'const words = await fetch("hello");'),
        (".js", "const last = all.at(-1);"),
        (".js", "class Log {\n  #box = null;\n}"),
        (".js", "const copy = structuredClone(one);"),
    ],
)
def test_what_is_too_new_is_noticed(kind: str, source: str) -> None:
    assert too_new(kind, source)


def test_what_is_not_asked_for_first_is_noticed() -> None:
    assert unasked("box.showModal();") == ["showModal"]
