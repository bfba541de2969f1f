"""Everything with a date that concerns the reader, from every area, by date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from domain.assessments import AssessmentCard
from domain.studies import SessionCard
from domain.visibility import Card
from views.actions import AssessmentAction, ProblemAction, ProblemList, SessionAction
from views.home import go
from views.paging import paged
from views.problems import cards
from views.screen import Button, Screen, press
from views.texts import Translator
from views.when import moment


@dataclass(frozen=True)
class Line:
    """One thing with a date, and the button that opens it."""

    at: datetime
    late: bool
    words: str
    opens: CallbackData


def of_problem(card: Card) -> list[Line]:
    if card.deadline is None or card.left is None:
        return []
    words = f"{card.number} {cards.title(card)}".strip()
    return [Line(card.deadline, card.left < 0, words, ProblemAction(do="card", id=card.problem_id))]


def of_assessment(card: AssessmentCard) -> list[Line]:
    """Once for each unit the reader answers for."""
    return [
        Line(
            card.due_at,
            card.left < 0,
            f"{card.title} {line.unit_name}",
            AssessmentAction(do="card", id=card.assessment_id, unit=line.unit_id),
        )
        for line in card.owed_by_me
    ]


def of_session(card: SessionCard) -> list[Line]:
    if not card.attends or card.on_leave or card.is_cancelled or not card.is_open:
        return []
    return [Line(card.starts_at, False, card.title, SessionAction(do="card", id=card.session_id))]


def listing(
    t: Translator,
    problems: Sequence[Card],
    assessments: Sequence[AssessmentCard],
    sessions: Sequence[SessionCard],
    page: int = 0,
) -> Screen:
    """A page of what is due, the nearest first; when there is nothing, what will come by itself."""
    lines = [
        *(line for card in problems for line in of_problem(card)),
        *(line for card in assessments for line in of_assessment(card)),
        *(line for card in sessions for line in of_session(card)),
    ]
    if not lines:
        return Screen(t("due-empty")).with_rows([go(t, "menu")])
    buttons = [_button(t, line) for line in sorted(lines, key=lambda line: (line.at, line.words))]
    rows = paged(t, buttons, page, lambda to: ProblemList(name="due", page=to))
    return Screen(t("due-title", count=len(lines))).with_rows(*rows)


def _button(t: Translator, line: Line) -> Button:
    words = "due-late" if line.late else "due-line"
    return press(t.plain(words, when=moment(t, line.at), what=line.words), line.opens)
