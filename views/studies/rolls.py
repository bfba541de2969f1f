"""The roll: names to tap, one confirmation, and afterwards numbers by unit."""

from collections.abc import Callable, Mapping, Sequence

from aiogram.utils.formatting import Bold, Text

from domain.studies import Mark, RollPlace, RollSheet, UnitCount
from views.actions import RollAction, Step
from views.home import cancel_button, go
from views.screen import Button, Screen, in_rows, lines, press
from views.studies.cards import roll_button
from views.texts import Translator
from views.when import moment

PAGE = 16
PLACES = 8
NEXT = {Mark.PRESENT: Mark.ABSENT, Mark.ABSENT: Mark.ON_LEAVE, Mark.ON_LEAVE: Mark.PRESENT}
"""What a tap on a name makes of its mark."""


def places(t: Translator, found: Sequence[RollPlace]) -> Screen:
    """The rolls that wait first, then those already called."""
    if not found:
        return Screen(t("roll-empty")).with_rows([go(t, "session_new"), go(t, "menu")])
    ordered = sorted(found, key=lambda place: place.called)[:PLACES]
    rows = [
        t("roll-place", title=Bold(one.title), when=moment(t, one.starts_at), unit=one.unit_name) for one in ordered
    ]
    waiting = sum(not one.called for one in found)
    text = lines(t("roll-list", count=waiting), *rows)
    return Screen(text).with_rows(*([roll_button(t, one, title=one.title)] for one in ordered))


def sheet(t: Translator, found: RollSheet, marks: Mapping[int, Mark], page: int) -> Screen:
    """The open roll: a tap changes a name's mark, nothing is kept before the confirmation."""
    lines_now = [(person, name, marks.get(person, mark)) for person, name, mark in found.lines]
    text = lines(
        t("roll-ask"),
        *_head(t, found),
        _counts(t, [mark for _, _, mark in lines_now]),
        t("roll-how"),
    )
    names = [
        press(_name(t, name, mark), Step(name="mark", value=f"{person}-{NEXT[mark].value}"))
        for person, name, mark in _page(lines_now, page)
    ]
    turns = _turns(t, len(lines_now), page, lambda label, to: press(label, Step(name="roll-page", value=str(to))))
    confirm = press(t.plain("roll-confirm"), Step(name="roll-confirm"))
    return Screen(text).with_rows(*in_rows(names, 2), turns, [confirm], [cancel_button(t)])


def called(t: Translator, found: RollSheet, counts: Sequence[UnitCount]) -> Screen:
    """The confirmed roll as numbers by unit, in roster order."""
    told = t("roll-called", by=found.called_by, at=moment(t, found.called_at)) if found.called_at else ""
    text = lines(told, *_head(t, found), *_by_unit(t, counts))
    place = found.place
    correct = press(t.plain("roll-correct"), RollAction(do="correct", session=place.session_id, unit=place.unit_id))
    return Screen(text).with_rows([correct] if found.correctable else [], [go(t, "roll"), go(t, "menu")])


def correcting(t: Translator, found: RollSheet, page: int) -> Screen:
    """A confirmed roll, each name with the mark that a tap would set right at once."""
    place = found.place

    def act(do: str, page: int = 0, person: int = 0, mark: str = "") -> RollAction:
        return RollAction(do=do, session=place.session_id, unit=place.unit_id, person=person, mark=mark, page=page)

    names = [
        press(_name(t, name, mark), act("set", person=person, mark=NEXT[mark].value, page=page))
        for person, name, mark in _page(found.lines, page)
    ]
    turns = _turns(t, len(found.lines), page, lambda label, to: press(label, act("correct", page=to)))
    text = lines(t("roll-correcting"), *_head(t, found), _counts(t, [mark for _, _, mark in found.lines]))
    done = press(t.plain("roll-corrected"), act("open"))
    return Screen(text).with_rows(*in_rows(names, 2), turns, [done])


def _head(t: Translator, found: RollSheet) -> list[Text | str]:
    place = found.place
    return [Bold(place.title), t("roll-where", when=moment(t, place.starts_at), unit=place.unit_name)]


def _name(t: Translator, name: str, mark: Mark) -> str:
    return t.plain(f"roll-name-{mark.value.replace('_', '-')}", name=name)


def _counts(t: Translator, marks: Sequence[Mark]) -> Text:
    return t(
        "roll-counts",
        expected=len(marks),
        present=marks.count(Mark.PRESENT),
        absent=marks.count(Mark.ABSENT),
        leave=marks.count(Mark.ON_LEAVE),
    )


def _by_unit(t: Translator, counts: Sequence[UnitCount]) -> list[Text]:
    return [
        t(
            "roll-unit",
            unit=one.unit_name,
            expected=one.expected,
            present=one.present,
            absent=one.absent,
            leave=one.on_leave,
        )
        for one in counts
    ]


def _page(found: Sequence[tuple[int, str, Mark]], page: int) -> Sequence[tuple[int, str, Mark]]:
    return found[page * PAGE : (page + 1) * PAGE]


def _turns(t: Translator, count: int, page: int, turn: Callable[[str, int], Button]) -> list[Button]:
    there = [("page-before", page - 1, page > 0), ("page-after", page + 1, (page + 1) * PAGE < count)]
    return [turn(t.plain(label), to) for label, to, exists in there if exists]
