"""What is told about a session: asked of whom, when, which one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold

from domain.studies import SessionKind
from views.actions import SessionAction
from views.screen import Button, Screen, lines, press
from views.studies.cards import kind_word
from views.texts import Translator
from views.when import moment

Payload = Mapping[str, Any]


def _to_attend(asks: str, *, may_excuse: bool) -> Callable[[Payload, Translator], Screen]:
    """Line 1 what is asked, line 2 when, line 3 which one and where."""

    def render(payload: Payload, t: Translator) -> Screen:
        kind = kind_word(t, SessionKind(payload["kind"]))
        text = lines(
            t(asks),
            t("session-moved-when", when=_when(t, payload, "at"), before=_when(t, payload, "before"))
            if "before" in payload
            else _when(t, payload, "at"),
            Bold(payload["title"]),
            t("session-where", kind=kind, place=payload["place"]),
        )
        excuse = [_button(t, payload, "cannot-come")] if may_excuse else []
        return Screen(text).with_rows([_button(t, payload, "open")], excuse)

    return render


def _cancelled(payload: Payload, t: Translator) -> Screen:
    text = lines(t("session-told-cancelled"), t("session-was", when=_when(t, payload, "at")), Bold(payload["title"]))
    return Screen(text)


def _receipt(said: str) -> Callable[[Payload, Translator], Screen]:
    """What was saved, and how many hear of it from when on; or that the planner must say it."""

    def render(payload: Payload, t: Translator) -> Screen:
        told, people = payload["told"], payload["people"]
        text = lines(
            t(said),
            _when(t, payload, "at"),
            Bold(payload["title"]),
            t("session-being-told", count=told, when=_when(t, payload, "from")) if told else "",
            t("session-not-you") if told and payload.get("attends") else "",
            t("session-tell-yourself", count=people) if people and not told else "",
        )
        return Screen(text).with_rows([_button(t, payload, "open")])

    return render


def _button(t: Translator, payload: Payload, do: str) -> Button:
    action = "card" if do == "open" else do
    return press(t.plain(f"session-do-{do}"), SessionAction(do=action, id=payload["session"]))


def _when(t: Translator, payload: Payload, name: str) -> str:
    return moment(t, datetime.fromisoformat(payload[name]))


RENDERS: Mapping[tuple[str, int], Callable[[Payload, Translator], Screen]] = {
    ("session-new", 1): _to_attend("session-told-new", may_excuse=True),
    ("session-moved", 1): _to_attend("session-told-moved", may_excuse=True),
    ("session-hour", 1): _to_attend("session-told-hour", may_excuse=False),
    ("session-cancelled", 1): _cancelled,
    ("session-planned", 1): _receipt("session-planned"),
    ("session-move-done", 1): _receipt("session-move-done"),
    ("session-cancel-done", 1): _receipt("session-cancel-done"),
}
