"""Lists of problems: queues that are worked one by one, and lists to choose from."""

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from domain.problems import OPEN, Action, State
from domain.visibility import Card, Totals
from views.actions import ProblemAction, ProblemList
from views.home import go
from views.paging import paged
from views.problems import cards
from views.screen import Button, Screen, lines, press
from views.texts import Translator
from views.when import moment


def queue(t: Translator, name: str, place: int, count: int, chosen: Card | None, done: Text | str = "") -> Screen:
    """One of a queue, which of how many it is and the way to the next; ``done`` says what was just done with the one
    before."""
    if chosen is None:
        return Screen(lines(done, t(f"{name}-empty"))).with_rows([go(t, "menu")])
    screen = cards.show(t, chosen, name)
    text = lines(done, t(f"{name}-title", place=place, count=count), screen.text)
    return Screen(text, screen.rows).with_rows(_next(t, name, chosen) if count > 1 else [])


def done(t: Translator, card: Card, action: Action) -> Text:
    """What was just decided, over the next card."""
    return t("queue-done", number=Bold(card.number), what=t.plain(f"timeline-{action.replace('_', '-')}"))


def mine(t: Translator, reported: Sequence[Card], owned: Sequence[Card], page: int = 0) -> Screen:
    """What waits for the reader's answer, what they answer for and is to be done, what they reported, and what is over
    of the first."""
    if not reported and not owned:
        return Screen(t("my-empty")).with_rows([go(t, "report")])
    text: Text = t("my-title", reported=len(reported), owned=len(owned))
    asked = [card for card in reported if card.state is State.NEEDS_INFO]
    open_ones = [card for card in owned if card.state in OPEN]
    buttons = [_line(t, card) for card in dict.fromkeys((*asked, *open_ones, *reported, *owned))]
    return Screen(text).with_rows(*paged(t, buttons, page, lambda to: ProblemList(name="my", page=to)))


def ask_number(t: Translator, totals: Totals | None = None) -> Screen:
    """``totals`` stand below for those who see no more of other people's problems."""
    text = lines(t("problem-ask-number"), *(_totals(t, totals) if totals is not None else ()))
    return Screen(text).with_rows([go(t, "my"), go(t, "due")])


def _totals(t: Translator, totals: Totals) -> list[Text]:
    """All of them, then each state in the order of the life cycle."""
    states = [state for state in State if totals.by_state.get(state)]
    each = [
        t("problem-totals-state", state=t.plain(f"state-{state.replace('_', '-')}"), count=totals.by_state[state])
        for state in states
    ]
    return [t("problem-totals", count=sum(totals.by_state.values()), late=totals.late), *each]


def _line(t: Translator, card: Card) -> Button:
    state = t.plain(f"state-{card.state.replace('_', '-')}")
    dated = card.deadline is not None and card.state in OPEN
    note = moment(t, card.deadline) if card.deadline is not None and dated else state
    line = "problem-line-late" if dated and (card.left or 0) < 0 else "problem-line"
    words = t.plain(line, number=card.number, note=note, title=cards.title(card))
    return press(words.strip(), ProblemAction(do="card", id=card.problem_id))


def _next(t: Translator, name: str, card: Card) -> list[Button]:
    return [press(t.plain("queue-next"), ProblemAction(do=f"{name}-next", id=card.problem_id))]
