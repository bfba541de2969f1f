"""What is told about a problem: asked of whom, by when, which one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold, Text

from domain.problems import Action
from views.actions import ProblemAction
from views.screen import Button, Screen, lines, press
from views.texts import Translator
from views.when import deadline, moment

Payload = Mapping[str, Any]


def _to_worker(kind: str) -> Callable[[Payload, Translator], Screen]:
    """Line 1 what is asked, line 2 by when, line 3 which one; then why, where somebody wrote why."""

    def render(payload: Payload, t: Translator) -> Screen:
        due = payload.get("deadline")
        text = lines(
            t(kind),
            deadline(t, datetime.fromisoformat(due), payload["left"]) if due else "",
            t("told-which", number=Bold(payload["number"]), title=payload.get("title", "")),
            t("told-reason", reason=payload["reason"]) if payload.get("reason") else "",
        )
        return Screen(text).with_rows([_open(t, payload)], [_why(t, payload)])

    return render


def _to_reporter(kind: str) -> Callable[[Payload, Translator], Screen]:
    def render(payload: Payload, t: Translator) -> Screen:
        text = lines(
            t(kind, number=Bold(payload["number"])),
            t("told-reason", reason=payload["reason"]) if payload.get("reason") else "",
        )
        return Screen(text).with_rows([_open(t, payload)])

    return render


def _needs_info(payload: Payload, t: Translator) -> Screen:
    text = lines(
        t("problem-told-needs-info"),
        t("told-reason", reason=payload["reason"]),
        Text(Bold(payload["number"])),
    )
    supply = press(t.plain("problem-do-supply"), ProblemAction(do=Action.SUPPLY, id=payload["problem"]))
    return Screen(text).with_rows([supply], [_open(t, payload)])


def _card(payload: Payload, t: Translator) -> Screen:
    """The reporter's one card: how it stands."""
    due = payload.get("deadline")
    text = lines(
        t("told-card", number=Bold(payload["number"]), state=t.plain(f"state-{payload['state'].replace('_', '-')}")),
        t("told-card-unit", unit=payload["unit"]) if payload.get("unit") else "",
        t("told-card-due", when=moment(t, datetime.fromisoformat(due))) if due else "",
    )
    return Screen(text).with_rows([_open(t, payload)])


def _open(t: Translator, payload: Payload) -> Button:
    return press(t.plain("problem-open"), ProblemAction(do="card", id=payload["problem"]))


def _why(t: Translator, payload: Payload) -> Button:
    return press(t.plain("why-me"), ProblemAction(do="why", id=payload["problem"]))


WORKERS = (
    "problem-assigned",
    "problem-named",
    "problem-returned",
    "problem-to-plan",
    "problem-to-verify",
    "problem-sent-back",
    "problem-deadline-moved",
    "problem-done",
)

RENDERS: Mapping[tuple[str, int], Callable[[Payload, Translator], Screen]] = {
    **{(kind, 1): _to_worker(kind.replace("problem-", "told-", 1)) for kind in WORKERS},
    ("problem-accepted", 1): _to_reporter("problem-told-accepted"),
    ("problem-declined", 1): _to_reporter("problem-told-declined"),
    ("problem-closed", 1): _to_reporter("problem-told-closed"),
    ("problem-needs-info", 1): _needs_info,
    ("problem-card", 1): _card,
}
