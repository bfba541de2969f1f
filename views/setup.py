"""Setting up: a card for each of the steps, and what is asked in them."""

from collections.abc import Callable, Mapping
from typing import Any

from aiogram.utils.formatting import Bold

from domain.setup import STEPS, SetUpCard
from views.actions import Go, SetUpAction
from views.home import cancel_button, go
from views.screen import Button, Screen, in_rows, lines, press
from views.texts import Translator

Payload = Mapping[str, Any]

WAYS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("language",),
    "hours": ("holidays",),
    "roster": ("import", "units"),
    "secretaries": ("people",),
    "notice": ("broadcast",),
}
"""The commands that do what a step is about; there is no second way to do it."""

OWN: Mapping[str, str] = {"organisation": "name", "hours": "times", "notice": "trial"}
"""What a step does by itself."""


def step(t: Translator, card: SetUpCard, number: int) -> Screen:
    """The step with this number, or that all are behind."""
    if not 1 <= number <= len(STEPS):
        return _finished(t, card)
    name = STEPS[number - 1]
    text = lines(
        t("setup-title", step=number, steps=len(STEPS), what=Bold(t.plain(f"setup-{name}"))),
        t(f"setup-{name}-state", **_values(card, name)),
        t(f"setup-{name}-how"),
        t("setup-leave"),
    )
    own = [press(t.plain(f"setup-{OWN[name]}-do"), SetUpAction(do=OWN[name], step=number))] if name in OWN else []
    before = [press(t.plain("back"), SetUpAction(do="show", step=number - 1))] if number > 1 else []
    onward = press(t.plain("setup-last" if number == len(STEPS) else "setup-next"), SetUpAction(do="next", step=number))
    return Screen(text).with_rows(own, *in_rows([go(t, command) for command in WAYS[name]], 2), [*before, onward])


def _values(card: SetUpCard, name: str) -> dict[str, str | int]:
    hours = {"start": card.day_start.strftime("%H:%M"), "end": card.day_end.strftime("%H:%M")}
    values: dict[str, dict[str, str | int]] = {
        "organisation": {"name": card.name},
        "hours": {**hours},
        "roster": {"units": card.units, "people": card.people},
        "secretaries": {"count": card.secretaries, "joined": card.joined},
    }
    return values.get(name, {})


def _finished(t: Translator, card: SetUpCard) -> Screen:
    steps = [
        press(t.plain("setup-step", step=number, what=t.plain(f"setup-{name}")), SetUpAction(do="show", step=number))
        for number, name in enumerate(STEPS, 1)
    ]
    return Screen(t("setup-finished", name=Bold(card.name))).with_rows(*in_rows(steps, 1), [go(t, "menu")])


def ask_name(t: Translator, step: int) -> Screen:
    return _asked(t, "setup-ask-name", step)


def ask_times(t: Translator, step: int) -> Screen:
    return _asked(t, "setup-ask-times", step)


def _asked(t: Translator, question: str, step: int) -> Screen:
    return Screen(t(question)).with_rows([_back_to(t, step), cancel_button(t)])


def _back_to(t: Translator, step: int) -> Button:
    return press(t.plain("back"), SetUpAction(do="show", step=step))


def _trial(payload: Payload, t: Translator) -> Screen:
    onward = press(t.plain("command-setup-word"), Go(command="setup"))
    return Screen(t("setup-trial", name=Bold(payload["unit"]))).with_rows([onward])


RENDERS: Mapping[tuple[str, int], Callable[[Payload, Translator], Screen]] = {("setup-trial", 1): _trial}
