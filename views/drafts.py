"""What is said of something half filled in: in the way of something else, left behind, or waiting for a button."""

import re

from views.actions import Go, Nav
from views.screen import Button, Screen, lines, press
from views.texts import Translator


def interrupted(t: Translator, about: str, command: str) -> Screen:
    """A command in the middle of another: go on with the draft, or give it up for the command."""
    return _asked(t, about, press(t.plain("draft-discard"), Go(command=command, drop=True)))


def busy(t: Translator, about: str) -> Screen:
    """The same for a button, which must be pressed again."""
    return _asked(t, about, press(t.plain("draft-discard"), Nav(to="discard")))


def left(t: Translator, about: str) -> Screen:
    """Something was sent while the draft was out of sight: it is not taken into it."""
    on, off = press(t.plain("draft-continue"), Nav(to="continue")), press(t.plain("draft-discard"), Nav(to="cancel"))
    return Screen(t("draft-left", what=name(t, about))).with_rows([on, off])


def by_button(t: Translator, step: Screen) -> Screen:
    """Words were sent where one taps."""
    return Screen(lines(t("draft-by-button"), step.text), step.rows, picker=step.picker)


def reopened(t: Translator, step: Screen) -> Screen:
    """Where one left off, said in so many words: the button that was pressed did nothing else."""
    return Screen(lines(t("draft-reopened"), step.text), step.rows, picker=step.picker)


def name(t: Translator, about: str) -> str:
    """What is half filled in: ``Reporting`` stands in the texts as ``draft-of-reporting``."""
    return t.plain("draft-of-" + re.sub(r"(?<!^)(?=[A-Z])", "-", about).lower())


def _asked(t: Translator, about: str, discard: Button) -> Screen:
    on = press(t.plain("draft-continue"), Nav(to="continue"))
    return Screen(t("draft-interrupted", what=name(t, about))).with_rows([on, discard])
