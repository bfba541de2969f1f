"""What is told about an assessment: asked of whom, by when, which one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold

from views.actions import AssessmentAction
from views.screen import Button, Screen, lines, press
from views.texts import Translator
from views.units import names
from views.when import deadline, moment

Payload = Mapping[str, Any]


def _new(payload: Payload, t: Translator) -> Screen:
    text = lines(
        t("assessment-told-new"),
        deadline(t, _at(payload), payload["left"]),
        Bold(payload["title"]),
        t("assessment-told-units", units=names(t, tuple(payload["units"]))),
    )
    submit = [_button(t, payload, "submit")] if payload["unit"] else []
    return Screen(text).with_rows([_button(t, payload, "open")], submit)


def _cancelled(payload: Payload, t: Translator) -> Screen:
    return Screen(
        lines(t("assessment-told-cancelled"), t("session-was", when=_when(t, payload)), Bold(payload["title"]))
    )


def _planned(payload: Payload, t: Translator) -> Screen:
    counts = t("assessment-planned-for", units=payload["units"], people=payload["told"])
    text = lines(t("assessment-planned"), _when(t, payload), Bold(payload["title"]), counts)
    return Screen(text).with_rows([_button(t, payload, "open")])


def _submitted(payload: Payload, t: Translator) -> Screen:
    text = lines(t("assessment-submitted", unit=payload["unit"]), Bold(payload["title"]))
    return Screen(text).with_rows([_button(t, payload, "open")])


def _cancel_done(payload: Payload, t: Translator) -> Screen:
    return Screen(lines(t("assessment-cancel-done", count=payload["told"]), Bold(payload["title"])))


def _button(t: Translator, payload: Payload, do: str) -> Button:
    action = AssessmentAction(
        do="card" if do == "open" else do, id=payload["assessment"], unit=payload["unit"] if do == "submit" else 0
    )
    return press(t.plain(f"assessment-do-{do}"), action)


def _at(payload: Payload) -> datetime:
    return datetime.fromisoformat(payload["at"])


def _when(t: Translator, payload: Payload) -> str:
    return moment(t, _at(payload))


RENDERS: Mapping[tuple[str, int], Callable[[Payload, Translator], Screen]] = {
    ("assessment-new", 1): _new,
    ("assessment-cancelled", 1): _cancelled,
    ("assessment-planned", 1): _planned,
    ("assessment-submitted", 1): _submitted,
    ("assessment-cancel-done", 1): _cancel_done,
}
