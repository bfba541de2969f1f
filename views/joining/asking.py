"""Asking to join: what a newcomer reads first, what is asked, and what they are told."""

from collections.abc import Callable, Mapping
from typing import Any

from aiogram.utils.formatting import Bold, Text

from views.actions import JoinAction
from views.home import back_and_cancel, cancel_button, go
from views.screen import Screen, lines, press
from views.texts import Translator

Payload = Mapping[str, Any]


def privacy(t: Translator) -> Screen:
    """What is kept, who sees it, for how long, how to leave: the same for everybody, at any time."""
    return Screen(_privacy(t)).with_rows([go(t, "start")])


PRIVACY = ("kept", "seen", "how-long", "leave")
"""What whoever joins can read first: what is kept, who sees it, for how long, and how to leave."""


def before(t: Translator, unit: str) -> Screen:
    """Nobody is asked for a name before they could read what becomes of it."""
    begin = press(t.plain("join-begin-do"), JoinAction(do="begin", id=0))
    return Screen(lines(t("join-begin", unit=Bold(unit)), _privacy(t))).with_rows([begin])


def reminder(t: Translator, unit: str, asked: bool) -> Screen:
    """Where joining stands, for whoever writes something else meanwhile."""
    if asked:
        return Screen(t("join-waiting", unit=Bold(unit)))
    card = before(t, unit)
    return Screen(lines(t("join-not-begun"), card.text), card.rows)


def _privacy(t: Translator) -> Text:
    return lines(*(t(f"privacy-{part}", what=Bold(t.plain(f"privacy-{part}-what"))) for part in PRIVACY))


def ask(t: Translator, step: str, unit: str) -> Screen:
    """A newcomer's step: the code, the name, the staff number."""
    if step == "code":
        return Screen(t("join-ask-code")).with_rows([cancel_button(t)])
    leave = [cancel_button(t)] if step == "name" else back_and_cancel(t)
    return Screen(t(f"join-ask-{step}", unit=Bold(unit))).with_rows(leave)


def wrong_code(t: Translator) -> Screen:
    """The same for a code that is wrong, spent or expired."""
    return Screen(t("join-wrong-code")).with_rows([go(t, "join")])


def no_match(t: Translator, unit: str) -> Screen:
    """Nobody learns which of the two was wrong, or who else is on the roster."""
    return Screen(lines(t("join-no-match"), t("join-ask-name", unit=Bold(unit)))).with_rows([cancel_button(t)])


def _said(kind: str, *commands: str) -> Callable[[Payload, Translator], Screen]:
    """A fact in one sentence, and where to go from it."""

    def render(payload: Payload, t: Translator) -> Screen:
        words = {name: Bold(value) for name, value in payload.items() if name in {"name", "unit"}}
        return Screen(t(kind, **words)).with_rows([go(t, command) for command in commands])

    return render


def _begin(payload: Payload, t: Translator) -> Screen:
    return before(t, payload["unit"])


RENDERS: Mapping[tuple[str, int], Callable[[Payload, Translator], Screen]] = {
    ("join-begin", 1): _begin,
    ("join-waiting", 1): _said("join-waiting"),
    ("joined", 1): _said("joined", "start", "privacy"),
    ("join-used", 1): _said("join-used"),
    ("join-refused", 1): _said("join-refused", "join"),
    ("join-undone", 1): _said("join-undone", "join"),
    ("first-admin", 1): _said("first-admin", "setup", "start"),
}
