"""How a report is filled in: which steps there are for whom, in which order, and what each may hold.

A draft is a plain dictionary of what was filled in so far; it lives in the dialogue and survives JSON.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.errors import DomainError
from domain.problems import MAX_TEXT, Concerns, Level

CATEGORIES = ("style", "service", "formalism", "study", "organisation", "discipline", "office", "other")
SOURCES = ("visit", "meeting", "phone", "letter")
MAX_FILES = 20

Draft = dict[str, Any]

_ASKED = ("level", "concerns", "category", "body_text")
_ASKED_OF_MYSELF = ("level", "category", "body_text")
_ASKED_OF_POINT = ("unit", "source", "category", "body_text")


def steps(draft: Mapping[str, Any]) -> tuple[str, ...]:
    """All steps of this draft up to the confirmation.

    At the individual level one names a shortcoming of one's own, so no unit is asked for. An opinion that a
    supervision point collected names its unit and its source. Content that was sent before is not asked for again.
    """
    if draft.get("opinion"):
        asked = list(_ASKED_OF_POINT)
    elif draft.get("level") == Level.INDIVIDUAL:
        asked = list(_ASKED_OF_MYSELF)
    else:
        asked = list(_ASKED)
        if draft.get("concerns") == Concerns.OTHER:
            asked.insert(2, "unit")
    if draft.get("kept"):
        asked.remove("body_text")
    return (*asked, "confirm")


def place(draft: Mapping[str, Any], step: str) -> tuple[int, int]:
    """Which step of how many this is; choosing another unit belongs to the step before it."""
    counted = [name for name in steps(draft) if name != "confirm" and (name != "unit" or draft.get("opinion"))]
    number = counted.index(step) + 1 if step in counted else counted.index("concerns") + 1
    return number, len(counted)


def after(draft: Mapping[str, Any], step: str) -> str:
    order = steps(draft)
    return order[order.index(step) + 1]


def before(draft: Mapping[str, Any], step: str) -> str:
    """The step before this one; the first has none and stays."""
    order = steps(draft)
    return order[max(0, order.index(step) - 1)] if step in order else order[0]


def fill(draft: Mapping[str, Any], step: str, value: str) -> Draft:
    """The draft with one choice more. A value that no button offers raises DomainError ``choice-unknown``."""
    filled = dict(draft)
    if step == "unit":
        if not value.isdigit():
            raise DomainError("choice-unknown")
        filled["concerned_unit"] = int(value)
        return filled
    if value not in _offered(step):
        raise DomainError("choice-unknown")
    filled[step] = value
    if filled.get("level") == Level.INDIVIDUAL:
        filled["concerns"] = Concerns.MINE.value
    return filled


def add_content(draft: Mapping[str, Any], text: str, files: list[Draft], place: tuple[float, float] | None) -> Draft:
    """The draft with one message's content more: a text stands below what was written before, files are added.

    Raises DomainError ``text-too-long``, ``too-many-files``.
    """
    filled = dict(draft)
    if text:
        filled["text"] = check_length("\n".join(part for part in (draft.get("text", ""), text) if part))
    if place is not None:
        filled["latitude"], filled["longitude"] = place
    if files:
        filled["files"] = [*draft.get("files", []), *files]
        if len(filled["files"]) > MAX_FILES:
            raise DomainError("too-many-files", limit=MAX_FILES)
    return filled


def check_length(text: str) -> str:
    """The text, unless it is longer than a report may be: DomainError ``text-too-long``."""
    if len(text) > MAX_TEXT:
        raise DomainError("text-too-long", limit=MAX_TEXT, length=len(text))
    return text


def _offered(step: str) -> frozenset[str]:
    offered: Mapping[str, Sequence[str]] = {
        "level": list(Level),
        "concerns": list(Concerns),
        "category": CATEGORIES,
        "source": SOURCES,
    }
    return frozenset(str(value) for value in offered.get(step, ()))
