"""Choosing one person: those found as buttons, and what to type."""

from collections.abc import Sequence

from aiogram.utils.formatting import Text

from domain.people import Listed
from views.actions import Step
from views.home import back_and_cancel
from views.screen import Screen, in_rows, lines, press
from views.texts import Translator


def ask_person(t: Translator, question: Text, found: Sequence[Listed], *, typed: str) -> Screen:
    """``found`` are the last ones picked while nothing was typed."""
    hint = "pick-nobody" if typed and not found else "pick-type-more" if found else "pick-type"
    buttons = [
        press(t.plain("pick-person", name=one.name, unit=one.unit_name), Step(name="pick", value=str(one.person_id)))
        for one in found
    ]
    return Screen(lines(question, t(hint))).with_rows(*in_rows(buttons, 1), back_and_cancel(t))
