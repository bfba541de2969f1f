"""What is told about joining, roles and the roster can be worded in every language, and its buttons fit."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.roster import RowError
from views import deliveries, people, roster
from views.joining import asking, confirming
from views.texts import LANGUAGES, Texts

ZONE = ZoneInfo("Asia/Shanghai")
TEXTS = Texts()
CARD: dict[str, Any] = {
    "request_id": 2**52,
    "version": 12,
    "name": "某人",
    "staff_number": "N1",
    "unit_name": "某单位",
    "known_as": "x",
    "platform": "telegram",
    "has_account": True,
    "twice": True,
}
SAMPLE: dict[str, Any] = {
    "v": 1,
    "request": 2**52,
    "version": 12,
    "name": "某人",
    "staff_number": "N1",
    "unit": "某单位",
    "known_as": "x",
    "platform": "telegram",
    "has_account": True,
    "role": "point_officer",
    "units_added": 1,
    "units_changed": 2,
    "people_added": 3,
    "people_changed": 4,
    "missing": 5,
    "left": 1,
    "setup": True,
    "count": 41,
    "cards": [CARD, {**CARD, "has_account": False, "twice": False}],
}
KINDS = sorted({*asking.RENDERS, *confirming.RENDERS, *people.RENDERS, *roster.RENDERS})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "version"), KINDS)
def test_every_message_has_words(kind: str, version: int, language: str) -> None:
    screen = deliveries.render(kind, {**SAMPLE, "v": version}, TEXTS.translator(language, ZONE))
    assert screen.as_json()["text"]
    assert all(len(button.data.encode()) <= 64 for row in screen.rows for button in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mistake_in_a_row_has_words(language: str) -> None:
    t = TEXTS.translator(language, ZONE)
    known = [name.removeprefix("roster-error-") for name in TEXTS.ids(language) if name.startswith("roster-error-")]
    assert len(known) == 14
    said = roster.errors(t, [RowError(7, code, "x") for code in known]).text.as_kwargs()["text"]
    assert said.count("7") == 10


def test_words_of_a_file_are_told_apart_in_every_language() -> None:
    words = roster.vocabulary(TEXTS, TEXTS.translator("zh", ZONE))
    assert (len(words.columns), len(words.kinds), len(words.roles)) == (18, 10, 10)
