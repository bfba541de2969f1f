"""Everything said unasked can be asked why."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from views import deliveries, why
from views.texts import LANGUAGES, Texts

ZONE = ZoneInfo("Asia/Shanghai")
TEXTS = Texts()
AT = datetime(2030, 5, 20, 18, tzinfo=ZONE).isoformat()

ASKED_FOR = frozenset(
    {
        "assessment-cancel-done",
        "assessment-planned",
        "assessment-submitted",
        "contest-handed-in",
        "first-admin",
        "join-begin",
        "join-confirmed",
        "join-confirmed-many",
        "join-refused",
        "join-used",
        "join-waiting",
        "joined",
        "notice-card",
        "notice-done",
        "notice-stopped",
        "problem-filed",
        "reply",
        "report-album",
        "roster-saved",
        "session-cancel-done",
        "session-move-done",
        "session-planned",
        "setup-trial",
    }
)
"""What answers something the reader did: they know why."""

SAMPLE: dict[str, Any] = {
    "v": 1,
    "count": 0,
    "cards": [],
    "at": AT,
    "closes": AT,
    "before": AT,
    "from": AT,
    "opens": AT,
    "deadline": AT,
    "left": 3,
    "number": "WT-2030-000001",
    "problem": 7,
    "title": "某事",
    "body": "某文",
    "sender": "某单位",
    "file": False,
    "notice": 5,
    "recipient": 6,
    "contest": 8,
    "practice": False,
    "questions": 5,
    "minutes": 20,
    "score": 80,
    "right": 4,
    "median": None,
    "took_part": 3,
    "session": 9,
    "kind": "class",
    "place": "某处",
    "assessment": 10,
    "unit": "某单位",
    "units": ["某单位"],
    "state": "in_progress",
    "reason": "某因",
    "items": [],
    "request": 2**52,
    "version": 12,
    "name": "某人",
    "staff_number": "N1",
    "known_as": "x",
    "platform": "telegram",
    "has_account": True,
    "role": "point_officer",
    "urgent_reason": "",
}
TOLD = sorted((kind, version) for kind, version in deliveries.RENDERS if kind not in ASKED_FOR)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "version"), TOLD)
def test_what_is_said_unasked_has_a_button_for_why(kind: str, version: int, language: str) -> None:
    t = TEXTS.translator(language, ZONE)
    payload = {**SAMPLE, "v": version, "unit": 3 if kind == "assessment-new" else SAMPLE["unit"]}
    buttons = [button for row in deliveries.render(kind, payload, t).rows for button in row]
    assert [button.text for button in buttons].count(t.plain("why-me")) == 1
    assert len(buttons) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_fits_over_a_button(language: str) -> None:
    t = TEXTS.translator(language, ZONE)
    for name in set(why.REASONS.values()):
        words = why.reason(t, name)
        assert words is not None
        assert len(words.as_kwargs()["text"]) <= 190


def test_a_reason_of_another_release_has_no_words() -> None:
    assert why.reason(TEXTS.translator("zh", ZONE), "weather") is None
