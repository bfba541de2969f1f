"""The steps of planning a session."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold, Text

from domain.audiences import UnitPage
from domain.studies import SessionKind
from views.actions import Step
from views.home import back_and_cancel, cancel_button
from views.screen import Screen, in_rows, lines, press
from views.studies.cards import kind_word
from views.texts import Translator
from views.units import names
from views.when import with_year

STEPS = 7


def ask_what(t: Translator) -> Screen:
    """A session, or a deadline."""
    buttons = [press(t.plain(f"plan-{what}"), Step(name=f"plan-{what}")) for what in ("session", "assessment")]
    return Screen(t("plan-ask-what")).with_rows(*in_rows(buttons, 1), [cancel_button(t)])


def ask_kind(t: Translator) -> Screen:
    buttons = [press(kind_word(t, kind), Step(name="kind", value=kind.value)) for kind in SessionKind]
    return Screen(question(t, "kind")).with_rows(*in_rows(buttons, 2), back_and_cancel(t))


def ask_words(t: Translator, step: str) -> Screen:
    return Screen(question(t, step)).with_rows(back_and_cancel(t))


def question(t: Translator, step: str) -> Text:
    place = ("kind", "title", "start", "place", "units", "material", "check").index(step) + 1
    return t(f"session-ask-{step}", step=place, steps=STEPS)


def ask_material(t: Translator, ask: Text, draft: Mapping[str, Any]) -> Screen:
    """Words and files come in any number until "next" is pressed."""
    words, files = draft.get("material", ""), len(draft.get("files", ()))
    text = lines(
        ask,
        t("material-words", words=words) if words else "",
        t("material-files", count=files) if files else "",
    )
    label = "material-next" if words or files else "material-none"
    return Screen(text).with_rows([press(t.plain(label), Step(name="material"))], back_and_cancel(t))


def ask_check(t: Translator, draft: Mapping[str, Any], page: UnitPage, *, is_workday: bool) -> Screen:
    """Everything once more, and how many people that is exactly."""
    at, files = datetime.fromisoformat(draft["at"]), len(draft.get("files", ()))
    text = lines(
        question(t, "check"),
        Bold(draft["title"]),
        with_year(t, at),
        t("session-where", kind=kind_word(t, SessionKind(draft["kind"])), place=draft["place"]),
        t("session-day-off") if not is_workday else "",
        t("material-words", words=draft["material"]) if draft.get("material") else "",
        t("material-files", count=files) if files else "",
        t("session-for", units=names(t, page.chosen_names), count=page.people),
    )
    return Screen(text).with_rows([press(t.plain("session-plan"), Step(name="plan"))], back_and_cancel(t))
