"""A session's card, and the lists of what comes and what was."""

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from domain.studies import Mark, RollPlace, SessionCard, SessionKind
from views.actions import AssessmentAction, RollAction, SessionAction, Step
from views.home import back_and_cancel, go, to_list
from views.paging import SIZE, paged
from views.screen import Button, Screen, lines, press
from views.texts import Translator
from views.units import names
from views.when import moment


def kind_word(t: Translator, kind: SessionKind) -> str:
    return t.plain(f"session-kind-{kind.value.replace('_', '-')}")


def card(t: Translator, found: SessionCard, *, more: bool = False) -> Screen:
    """A session with what its reader may do; ``more`` shows what else its planner may."""
    text = lines(
        _status(t, found),
        Bold(found.title),
        moment(t, found.starts_at),
        t("session-where", kind=kind_word(t, found.kind), place=found.place),
        t("session-units", units=names(t, found.units)),
        t("material-words", words=found.material) if found.material else "",
    )
    rows = _planner(t, found) if more else _reader(t, found)
    return Screen(text).with_rows(*rows)


def _status(t: Translator, found: SessionCard) -> Text | str:
    """Line 1: what is asked of the reader, or how it stands."""
    if found.is_cancelled:
        return t("session-is-cancelled")
    if found.mark is not None:
        return t("session-your-mark", mark=t.plain(f"mark-{found.mark.value.replace('_', '-')}"))
    if found.on_leave:
        return t("session-your-leave")
    return t("session-please-come") if found.attends and found.is_open else ""


def _reader(t: Translator, found: SessionCard) -> list[list[Button]]:
    rows = []
    if found.files:
        rows.append([_do(t, "material", found, label=t.plain("session-do-material", count=found.files))])
    if found.attends and found.is_open:
        rows.append([_do(t, "can-come" if found.on_leave else "cannot-come", found)])
    rows += [[roll_button(t, place)] for place in found.rolls[:SIZE]]
    if found.changeable:
        rows.append([_do(t, "more", found)])
    return [*rows, [to_list(t, "study")]]


def _planner(t: Translator, found: SessionCard) -> list[list[Button]]:
    rows = [[_do(t, "move", found), _do(t, "cancel", found)]] if found.changeable else []
    return [*rows, [_do(t, "card", found, label=t.plain("back"))]]


def ask_leave(t: Translator, title: str) -> Screen:
    text = lines(t("session-ask-reason"), Bold(title))
    return Screen(text).with_rows([press(t.plain("session-no-reason"), Step(name="no-reason"))], back_and_cancel(t))


def ask_cancel(t: Translator, found: SessionCard) -> Screen:
    """Calling a session off is asked about once more: it tells people."""
    text = lines(t("session-ask-cancel"), Bold(found.title), moment(t, found.starts_at))
    yes = _do(t, "cancel-yes", found)
    return Screen(text).with_rows([yes, _do(t, "card", found, label=t.plain("back"))])


def upcoming(t: Translator, cards: Sequence[SessionCard], owed: int, page: int) -> Screen:
    """What comes, the nearest first; the way to what was, and to the deadlines."""
    text = lines(
        t("study-title", count=len(cards)) if cards else t("study-empty"),
        *(_line(t, one) for one in cards[page * SIZE : (page + 1) * SIZE]),
        t("study-owed", count=owed) if owed else "",
    )
    buttons = [press(t.plain("study-open", title=one.title[:40]), _card(one)) for one in cards]
    below = [
        press(t.plain("study-past"), SessionAction(do="past", id=0)),
        press(t.plain("study-deadlines"), AssessmentAction(do="list", id=0)),
    ]
    turns = paged(t, buttons, page, lambda to: SessionAction(do="list", id=to))
    return Screen(text).with_rows(*turns, below)


def past(t: Translator, cards: Sequence[SessionCard]) -> Screen:
    """What was, the newest first, each with how the reader stood."""
    rows = [
        t("study-past-line", title=Bold(one.title), when=moment(t, one.starts_at), mark=_own_mark(t, one))
        for one in cards
    ]
    text = lines(t("study-past-title") if cards else t("study-past-empty"), *rows)
    return Screen(text).with_rows([go(t, "study"), go(t, "menu")])


def _own_mark(t: Translator, one: SessionCard) -> str:
    if one.mark is None:
        return t.plain("mark-none")
    return t.plain(f"mark-{one.mark.value.replace('_', '-')}")


def _line(t: Translator, one: SessionCard) -> Text:
    sign = "study-line-leave" if one.on_leave or one.mark is Mark.ON_LEAVE else "study-line"
    return t(sign, title=Bold(one.title), when=moment(t, one.starts_at), place=one.place)


def _card(one: SessionCard) -> SessionAction:
    return SessionAction(do="card", id=one.session_id)


def _do(t: Translator, do: str, found: SessionCard, label: str = "") -> Button:
    action = SessionAction(do=do, id=found.session_id, seen=found.version)
    return press(label or t.plain(f"session-do-{do}"), action)


def roll_button(t: Translator, place: RollPlace, title: str = "") -> Button:
    """``title`` names the session where that does not stand above."""
    words = t.plain("roll-look" if place.called else "roll-call", unit=place.unit_name)
    if title:
        words = t.plain("roll-of-session", roll=words, title=title[:40])
    return press(words, RollAction(do="open", session=place.session_id, unit=place.unit_id))
