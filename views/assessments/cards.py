"""An assessment's steps, its card, and the lists of what one owes and what one planned."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold, Text

from domain.assessments import AssessmentCard, OwedLine, PeoplePage, Responsible
from views.actions import AssessmentAction, Step
from views.home import back_and_cancel, go
from views.screen import Button, Screen, in_rows, lines, press
from views.texts import Translator
from views.when import deadline, moment, with_year

STEPS = 5
LINES = 20
BUTTONS = 8


def question(t: Translator, step: str) -> Text:
    place = ("title", "due", "units", "material", "check").index(step) + 1
    return t(f"assessment-ask-{step}", step=place, steps=STEPS)


def ask_title(t: Translator) -> Screen:
    return Screen(question(t, "title")).with_rows(back_and_cancel(t))


def ask_check(t: Translator, draft: Mapping[str, Any], people: Sequence[Responsible]) -> Screen:
    """Everything once more, with who answers for each unit; a unit without anybody must get somebody first."""
    at, files = datetime.fromisoformat(draft["at"]), len(draft.get("files", ()))
    missing = sum(one.person_id is None for one in people)
    text = lines(
        question(t, "check"),
        Bold(draft["title"]),
        t("assessment-due-year", when=with_year(t, at)),
        t("material-words", words=draft["material"]) if draft.get("material") else "",
        t("material-files", count=files) if files else "",
        *(_who(t, one) for one in people[:LINES]),
        t("assessment-more-units", count=len(people) - LINES) if len(people) > LINES else "",
        t("assessment-missing", count=missing) if missing else t("assessment-change-how"),
    )
    # Those without anybody come first, so that they are never beyond the last button.
    ordered = sorted(people, key=lambda one: one.person_id is not None)[: BUTTONS * 2]
    changes = [
        press(t.plain("assessment-change", unit=one.unit_name[:30]), Step(name="who", value=str(one.unit_id)))
        for one in ordered
    ]
    confirm = [] if missing else [press(t.plain("assessment-plan"), Step(name="plan"))]
    return Screen(text).with_rows(confirm, *in_rows(changes, 2), back_and_cancel(t))


def ask_person(t: Translator, unit_name: str, page: PeoplePage) -> Screen:
    """Who answers for a unit: tapped, or found by typing part of the name."""
    buttons = [press(name, Step(name="person", value=str(person_id))) for person_id, name in page.people]
    turns = [
        press(t.plain(label), Step(name="people-page", value=str(to)))
        for label, to, there in (
            ("page-before", page.page - 1, page.page > 0),
            ("page-after", page.page + 1, page.page + 1 < page.pages),
        )
        if there
    ]
    text = lines(t("assessment-ask-person", unit=unit_name), t("assessment-typing") if buttons else t("people-none"))
    return Screen(text).with_rows(*in_rows(buttons, 2), turns, back_and_cancel(t))


def ask_submission(t: Translator, title: str, unit_name: str) -> Screen:
    text = lines(t("assessment-ask-submission"), Bold(title), t("assessment-of-unit", unit=unit_name))
    plain = press(t.plain("assessment-submit-plain"), Step(name="submit"))
    return Screen(text).with_rows([plain], back_and_cancel(t))


def card(t: Translator, found: AssessmentCard) -> Screen:
    text = lines(
        _asked(t, found),
        deadline(t, found.due_at, found.left) if _is_open(found) else moment(t, found.due_at),
        Bold(found.title),
        t("material-words", words=found.material) if found.material else "",
        t("assessment-counts", submitted=found.submitted, total=len(found.lines)) if found.planned else "",
        *(_line(t, one) for one in found.lines[:LINES]),
        t("assessment-more-units", count=len(found.lines) - LINES) if len(found.lines) > LINES else "",
    )
    owed = [] if found.is_cancelled else [[_submit(t, found, one)] for one in found.owed_by_me[:2]]
    material = t.plain("session-do-material", count=found.files)
    rows = [*owed, [_do(t, "material", found, label=material)] if found.files else []]
    more = any(one.files for one in found.lines) or (not found.is_cancelled and _changes(found))
    return Screen(text).with_rows(*rows, [_do(t, "more", found)] if more else [])


def more(t: Translator, found: AssessmentCard) -> Screen:
    """What else: files that came, somebody else to answer, calling it off."""
    came = [
        _do(t, "files", found, one.unit_id, t.plain("assessment-files", unit=one.unit_name, count=one.files))
        for one in found.lines
        if one.files
    ][:BUTTONS]
    changes = [
        _do(t, "who", found, one.unit_id, t.plain("assessment-change", unit=one.unit_name[:30]))
        for one in found.lines
        if one.submitted_at is None and not found.is_cancelled
    ][: BUTTONS * 2]
    cancel = [_do(t, "cancel", found)] if found.planned and not found.is_cancelled else []
    back = [_do(t, "card", found, label=t.plain("back"))]
    screen = card(t, found)
    return Screen(screen.text).with_rows(*in_rows(came, 1), *in_rows(changes, 2), cancel, back)


def ask_cancel(t: Translator, found: AssessmentCard) -> Screen:
    text = lines(t("assessment-ask-cancel"), Bold(found.title))
    return Screen(text).with_rows([_do(t, "cancel-yes", found), _do(t, "card", found, label=t.plain("back"))])


def listing(t: Translator, owed: Sequence[AssessmentCard], planned: Sequence[AssessmentCard]) -> Screen:
    """What the reader owes, then what the reader planned, each by its deadline."""
    if not owed and not planned:
        return Screen(t("assessments-empty")).with_rows([go(t, "study"), go(t, "menu")])
    text = lines(
        t("assessments-owed", count=len(owed)) if owed else "",
        *(_owed(t, one) for one in owed[:BUTTONS]),
        t("assessments-planned") if planned else "",
        *(_planned(t, one) for one in planned[:BUTTONS]),
    )
    shown = {one.assessment_id: one for one in (*owed[:BUTTONS], *planned[:BUTTONS])}
    buttons = [_do(t, "card", one, label=one.title[:40]) for one in shown.values()]
    return Screen(text).with_rows(*in_rows(buttons, 1), [go(t, "study"), go(t, "menu")])


def _asked(t: Translator, found: AssessmentCard) -> Text | str:
    """Line 1: what is asked of the reader, or how it stands."""
    if found.is_cancelled:
        return t("assessment-is-cancelled")
    if found.owed_by_me:
        return t("assessment-please")
    return t("assessment-all-in") if found.submitted == len(found.lines) else ""


def _is_open(found: AssessmentCard) -> bool:
    """Whether the days still count: nobody is late with what is in or called off."""
    return not found.is_cancelled and found.submitted < len(found.lines)


def _changes(found: AssessmentCard) -> bool:
    return found.planned or bool(found.owed_by_me)


def _who(t: Translator, one: Responsible) -> Text:
    if one.person_id is None:
        return t("assessment-who-none", unit=one.unit_name)
    return t("assessment-who", unit=one.unit_name, person=one.person_name)


def _line(t: Translator, one: OwedLine) -> Text:
    if one.submitted_at is None:
        return t("assessment-line-owed", unit=one.unit_name, person=one.person_name)
    values = {"unit": one.unit_name, "when": moment(t, one.submitted_at), "person": one.person_name}
    return t("assessment-line-in-note", note=one.note, **values) if one.note else t("assessment-line-in", **values)


def _owed(t: Translator, one: AssessmentCard) -> Text:
    return t("assessments-owed-line", title=Bold(one.title), by=deadline(t, one.due_at, one.left))


def _planned(t: Translator, one: AssessmentCard) -> Text:
    counts = {"submitted": one.submitted, "total": len(one.lines)}
    return t("assessments-planned-line", title=Bold(one.title), when=moment(t, one.due_at), **counts)


def _submit(t: Translator, found: AssessmentCard, one: OwedLine) -> Button:
    words = "assessment-do-submit" if len(found.owed_by_me) == 1 else "assessment-submit-unit"
    return press(
        t.plain(words, unit=one.unit_name), AssessmentAction(do="submit", id=found.assessment_id, unit=one.unit_id)
    )


def _do(t: Translator, do: str, found: AssessmentCard, unit_id: int = 0, label: str = "") -> Button:
    action = AssessmentAction(do=do, id=found.assessment_id, unit=unit_id, seen=found.version)
    return press(label or t.plain(f"assessment-do-{do}"), action)
