"""The words of the demo's strip: its clock, how far it is filled, what is new for whom, and what to try."""

import csv
import io
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from domain.roster import COLUMNS, MAY_LACK
from views.chat_page import persona
from views.roster import title
from views.texts import Translator
from views.when import moment


class Step(Protocol):
    """One thing to try, and who acts in it."""

    @property
    def name(self) -> str: ...
    @property
    def persona(self) -> str: ...


def state(
    t: Translator,
    now: datetime,
    progress: int,
    steps: Sequence[Step],
    done: Collection[str],
) -> dict[str, Any]:
    """Everything the strip shows. The next step is the first that was not done."""
    open_ones = [step for step in steps if step.name not in done]
    return {
        "now": t.plain("demo-now", when=moment(t, now)),
        "progress": progress,
        "filling": t.plain("demo-filling", progress=progress) if progress < 100 else "",
        "next": _next(t, open_ones),
        "count": t.plain("demo-tries", done=len(steps) - len(open_ones), all=len(steps)),
        "tries": [
            {
                "text": t.plain(f"demo-try-{step.name}"),
                "who": persona(t, step.persona),
                "persona": step.persona,
                "done": step.name in done,
                "state": t.plain("demo-try-done" if step.name in done else "demo-try-open"),
            }
            for step in steps
        ],
        "texts": {
            **{
                name: t.plain(f"demo-{name}")
                for name in ("hour", "day", "next", "roster", "afresh", "afresh-ask", "unread")
            },
            "cancel": t.plain("cancel"),
        },
        "languages": {code: t.plain(f"language-name-{code}") for code in ("zh", "en")},
    }


def _next(t: Translator, open_ones: Sequence[Step]) -> str:
    if not open_ones:
        return t.plain("demo-all-done")
    step = open_ones[0]
    return t.plain("demo-next-try", who=t.plain(f"persona-{step.persona}"), what=t.plain(f"demo-try-{step.name}"))


def roster(t: Translator, rows: Sequence[Sequence[str]]) -> bytes:
    """A roster to import, as a spreadsheet program saves it; some of its rows are wrong on purpose."""
    text = io.StringIO()
    csv.writer(text).writerows([[title(t, column) for column in COLUMNS if column not in MAY_LACK], *rows])
    return text.getvalue().encode("utf-8-sig")


def phone(t: Translator, address: str) -> dict[str, str]:
    """The way to the demo from another device: a picture to photograph, the address, and where the password stands."""
    return {
        "button": t.plain("demo-phone"),
        "picture": "/demo/phone.svg",
        "address": address,
        "text": t.plain("demo-phone-how"),
    }
