"""What is said unasked or once: a screen for every kind and version of delivery, rendered when it is sent."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold

from views import broadcasts, notices, people, quiz, replies, reports, roster, setup, why
from views.assessments import told as assessment_told
from views.home import go
from views.joining import asking, confirming
from views.problems import told
from views.screen import Screen, lines
from views.studies import told as session_told
from views.texts import TextError, Translator
from views.when import deadline, moment

Payload = Mapping[str, Any]
Render = Callable[[Payload, Translator], Screen]


def _problem_filed(payload: Payload, t: Translator) -> Screen:
    return reports.receipt(t, payload["number"], payload["problem"], opinion=payload.get("opinion", False))


def _report_album(_payload: Payload, t: Translator) -> Screen:
    return reports.album(t)


def _digest(payload: Payload, t: Translator) -> Screen:
    parts = [t("digest-title", count=len(payload["items"]))]
    for item in payload["items"]:
        at = datetime.fromisoformat(item["at"])
        by, when = deadline(t, at, item["left"]), moment(t, at)
        parts += [t(f"digest-{item['kind']}", subject=Bold(item["subject"]), title=item["title"], by=by, when=when)]
    return Screen(lines(*parts)).with_rows([go(t, "due")])


RENDERS: Mapping[tuple[str, int], Render] = {
    ("problem-filed", 1): _problem_filed,
    ("report-album", 1): _report_album,
    **replies.RENDERS,
    **told.RENDERS,
    **broadcasts.RENDERS,
    **notices.RENDERS,
    **quiz.RENDERS,
    **asking.RENDERS,
    **confirming.RENDERS,
    **people.RENDERS,
    **roster.RENDERS,
    **setup.RENDERS,
    **session_told.RENDERS,
    **assessment_told.RENDERS,
    ("digest", 1): _digest,
}
"""Old versions stay: a row written by the last release is sent by this one."""


def render(kind: str, payload: Payload, t: Translator) -> Screen:
    """The delivery in the reader's language. Raises TextError for a kind or version nobody can word."""
    found = RENDERS.get((kind, int(payload.get("v", 0))))
    if found is None:
        raise TextError(f"no words for delivery {kind} version {payload.get('v')}")
    screen = found(payload, t)
    return screen.with_rows([why.button(t, kind)]) if kind in why.REASONS else screen
