"""The steps of assigning a problem and of moving its deadline, and every step that asks for a reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold

from domain.rectification import TERMS
from views.actions import Step
from views.home import back_and_cancel, cancel_button
from views.paging import paged
from views.screen import Button, Screen, in_rows, lines, press
from views.texts import Translator
from views.when import moment

Draft = Mapping[str, Any]


def ask_unit(t: Translator, draft: Draft) -> Screen:
    """A place in the tree: this unit itself, or one below it. What the reporter named stands first."""
    text = lines(
        t("assign-ask-unit", steps=4),
        t("assign-no-unit") if draft.get("typed") and not draft["options"] else "",
        t("assign-of", number=Bold(draft["number"])),
    )
    first = []
    if draft.get("named"):
        first.append(_option("unit", (draft["named"][0], t.plain("assign-named", unit=draft["named"][1]))))
    if draft.get("here"):
        first.append(_option("unit", (draft["here"][0], t.plain("assign-this", unit=draft["here"][1]))))
    options = [_option("open" if inner else "unit", (unit_id, name)) for unit_id, name, inner in draft["options"]]
    rows = paged(t, options, int(draft.get("page", 0)), lambda page: Step(name="page", value=str(page)))
    up = [_option("open", (draft["up"] or "", t.plain("assign-up")))] if "up" in draft else []
    return Screen(text).with_rows(*in_rows(first, 1), *rows, up, [cancel_button(t)])


def ask_person(t: Translator, draft: Draft, step: str) -> Screen:
    """The accountable person or the verifier, out of those picked lately or found by what was typed."""
    place = 2 if step == "accountable" else 3
    text = lines(
        t(f"assign-ask-{step}", step=place, steps=4),
        t("assign-unit", unit=draft["unit_name"]) if step == "accountable" else "",
        t(f"assign-no-{step}") if draft.get("typed") and not draft["options"] else "",
        t("assign-type-name" if draft["options"] else "assign-type-only"),
        t("assign-of", number=Bold(draft["number"])),
    )
    buttons = [_option(step, option) for option in draft["options"]]
    return Screen(text).with_rows(*in_rows(buttons, 2), back_and_cancel(t))


def terms(t: Translator) -> tuple[tuple[Button, ...], ...]:
    """The usual terms as buttons."""
    buttons = [press(t.plain("assign-term", days=days), Step(name="term", value=str(days))) for days in TERMS]
    return in_rows(buttons, 2)


def ask_confirm(t: Translator, draft: Draft) -> Screen:
    text = lines(
        t("assign-confirm"),
        t("assign-until", when=Bold(moment(t, datetime.fromisoformat(draft["at"])))),
        t("assign-day-off") if draft["day_off"] else "",
        t("assign-of", number=Bold(draft["number"])),
        t(
            "assign-people",
            unit=draft["unit_name"],
            accountable=draft["accountable_name"],
            verifier=draft["verifier_name"],
        ),
    )
    return Screen(text).with_rows([press(t.plain("assign-do"), Step(name="assign"))], back_and_cancel(t))


def ask_reason(t: Translator, do: str, number: str, until: tuple[datetime, bool] | None = None) -> Screen:
    """Why: the one whom it concerns will read it. ``until`` reads back a new deadline, and whether one works then."""
    text = lines(
        t(f"reason-{do.replace('_', '-')}"),
        t("assign-until", when=Bold(moment(t, until[0]))) if until is not None else "",
        t("assign-day-off") if until is not None and not until[1] else "",
        t("assign-of", number=Bold(number)),
    )
    return Screen(text).with_rows([cancel_button(t)])


def ask_strike(t: Translator, number: str, reason: str) -> Screen:
    """What cannot be brought back is read back first."""
    text = lines(t("strike-sure"), t("assign-of", number=Bold(number)), t("told-reason", reason=reason))
    return Screen(text).with_rows([press(t.plain("strike-yes"), Step(name="strike"))], [cancel_button(t)])


def ask_supply(t: Translator, number: str, reason: str, texts: Sequence[str], files: int) -> Screen:
    """What is missing, that several messages may come, and what has come so far."""
    text = lines(
        t("supply-more" if texts or files else "supply-ask"),
        t("supply-reason", reason=reason),
        t("assign-of", number=Bold(number)),
        t("supply-words", words=" / ".join(texts)) if texts else "",
        t("supply-files", count=files) if files else "",
    )
    send = [press(t.plain("supply-send"), Step(name="supply"))] if texts or files else []
    return Screen(text).with_rows(send, [cancel_button(t)])


def _option(name: str, option: Sequence[Any]) -> Button:
    return press(str(option[1]), Step(name=name, value=str(option[0])))
