"""A report as its reporter sees it: the steps, the confirmation, the receipt."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram.utils.formatting import Bold, Text

from domain.people import Unit
from domain.problems import Concerns, Level
from domain.reporting import CATEGORIES, SOURCES, place
from views.actions import Nav, ProblemAction, Step
from views.home import back_and_cancel, cancel_button, go
from views.paging import paged
from views.screen import Button, Screen, in_rows, lines, press
from views.texts import Translator

Draft = Mapping[str, Any]


def ask(t: Translator, draft: Draft, step: str, units: Sequence[Unit] = ()) -> Screen:
    """The question of one step, with its number, its buttons, back and cancel."""
    if step == "confirm":
        return _confirm(t, draft)
    number, total = place(draft, step)
    question = t(f"report-{step.replace('_', '-')}", step=number, steps=total)
    first = number == 1 and (step != "unit" or bool(draft.get("opinion")))
    leave = [cancel_button(t)] if first else back_and_cancel(t)
    text = lines(question, t("report-warning")) if first else question
    if step == "unit":
        return Screen(text).with_rows(*_units(t, draft, units), leave)
    if step == "body_text" and (draft.get("text") or draft.get("files")):
        keep = press(t.plain("report-keep"), Step(name="keep"))
        return Screen(lines(text, t("report-what", text=_words(t, draft)))).with_rows([keep], leave)
    return Screen(text).with_rows(*_choices(t, step), leave)


def _choices(t: Translator, step: str) -> tuple[tuple[Button, ...], ...]:
    values: dict[str, tuple[Sequence[str], str, int]] = {
        "level": (tuple(Level), "level", 1),
        "concerns": (tuple(Concerns), "concerns", 1),
        "category": (CATEGORIES, "category", 2),
        "source": (SOURCES, "source", 2),
    }
    offered, prefix, width = values.get(step, ((), "", 1))
    buttons = [press(t.plain(f"{prefix}-{value}"), Step(name=step, value=str(value))) for value in offered]
    return in_rows(buttons, width)


def _units(t: Translator, draft: Draft, units: Sequence[Unit]) -> tuple[tuple[Button, ...], ...]:
    buttons = [press(unit.name, Step(name="unit", value=str(unit.id))) for unit in units]
    return paged(t, buttons, int(draft.get("page", 0)), lambda page: Step(name="page", value=str(page)))


def _words(t: Translator, draft: Draft) -> Bold:
    return Bold(draft.get("text") or t.plain("report-no-text"))


def _about(t: Translator, draft: Draft) -> Text:
    """What was chosen: level, unit, category, and of an opinion where it comes from."""
    level, concerns = draft.get("level"), draft.get("concerns")
    unit = draft.get("unit_name") or t.plain(f"concerns-{concerns}")
    chosen = [
        "" if draft.get("opinion") else t.plain(f"level-{level}"),
        "" if level == Level.INDIVIDUAL else unit,
        t.plain(f"category-{draft['category']}"),
        t.plain(f"source-{draft['source']}") if draft.get("source") else "",
    ]
    return t("report-about", chosen=t.plain("report-dot").join(part for part in chosen if part))


def _confirm(t: Translator, draft: Draft) -> Screen:
    """What was chosen and written, and who will see it, is said before it is filed."""
    files = len(draft.get("files", ()))
    seen_by = "self" if draft.get("level") == Level.INDIVIDUAL else "unit"
    text = lines(
        t("report-confirm"),
        _about(t, draft),
        t("report-what", text=_words(t, draft)),
        t("report-files", count=files) if files else "",
        t("report-place") if draft.get("latitude") is not None else "",
        t(f"report-seen-by-{seen_by}"),
    )
    send = press(t.plain("report-send"), Step(name="send"))
    return Screen(text).with_rows([send], back_and_cancel(t))


def album(t: Translator) -> Screen:
    """One answer for all the pieces of an album, which come one by one."""
    return Screen(t("report-album")).with_rows([press(t.plain("report-album-open"), Nav(to="continue"))])


def ask_to_file(t: Translator) -> Screen:
    """Something was sent outside any dialogue; it is kept while the question stands."""
    return Screen(t("report-file-this")).with_rows(
        [press(t.plain("report-file-yes"), Step(name="file", value="yes"))],
        [press(t.plain("report-file-no"), Step(name="file", value="no"))],
    )


def receipt(t: Translator, number: str, problem_id: int, *, opinion: bool) -> Screen:
    text = lines(t("report-filed", number=Bold(number)), t("report-filed-next"))
    rows = [press(t.plain("problem-open"), ProblemAction(do="card", id=problem_id))]
    return Screen(text).with_rows(rows, [go(t, "opinion")] if opinion else [])


def ask_correction(t: Translator, number: str) -> Screen:
    return Screen(t("report-correct-ask", number=Bold(number))).with_rows([cancel_button(t)])


def ask_withdrawal(t: Translator, number: str, problem_id: int, seen: int) -> Screen:
    yes = press(t.plain("report-withdraw-yes"), ProblemAction(do="withdraw-yes", id=problem_id, seen=seen))
    no = press(t.plain("back"), ProblemAction(do="card", id=problem_id))
    return Screen(t("report-withdraw-ask", number=Bold(number))).with_rows([yes], [no])
