"""The card of a problem: what is asked of the reader, by when, which one, and the steps that are open."""

from datetime import datetime

from aiogram.utils.formatting import Bold, Text

from domain.errors import Outdated
from domain.problems import OPEN, Action, Level, Part, State, shortened
from domain.visibility import Card, Facet, TimelineLine
from views.actions import ProblemAction
from views.screen import Button, Screen, in_rows, lines, press
from views.texts import Translator
from views.when import deadline, moment

SHOWN = 3
"""So many buttons stand on a card; the rest are behind More."""

# In the order in which they are offered. Those asked of a reader come before those that only look.
OFFERED = (
    Action.ACCEPT,
    Action.ASSIGN,
    Action.SUPPLY,
    Action.SIGN,
    Action.CLOSE,
    Action.ASK,
    Action.RETURN,
    Action.SEND_BACK,
    Action.REQUEST_CLOSURE,
    Action.DECLINE,
    Action.CORRECT,
    Action.WITHDRAW,
)
# Seldom wanted, and not to be pressed by mistake: behind everything else.
SELDOM = (Action.MOVE_DEADLINE, Action.STRIKE)
_WORKING = frozenset({Part.ACCOUNTABLE, Part.HELPER})
# What a reader is asked for, the most pressing first.
ASKED = (Action.ACCEPT, Action.ASSIGN, Action.SUPPLY, Action.SIGN, Action.CLOSE)


def show(t: Translator, card: Card, queue: str = "") -> Screen:
    """The card with its first buttons. ``queue`` is the list that is worked through, to which one comes back."""
    buttons = _buttons(t, card)
    if len(buttons) <= SHOWN + 1:
        return Screen(body(t, card)).with_rows(*in_rows(buttons, 1))
    do = f"{queue}-more" if queue else "more"
    more = press(t.plain("problem-more"), ProblemAction(do=do, id=card.problem_id, seen=card.version))
    return Screen(body(t, card)).with_rows(*in_rows(buttons[:SHOWN], 1), [more])


def show_more(t: Translator, card: Card, queue: str = "") -> Screen:
    """The card with the buttons that were behind More."""
    back = press(t.plain("back"), ProblemAction(do=f"{queue}-less" if queue else "less", id=card.problem_id))
    return Screen(body(t, card)).with_rows(*in_rows(_buttons(t, card)[SHOWN:], 2), [back])


def ask_close(t: Translator, card: Card) -> Screen:
    """Closing is for good, so it is read back."""
    text = lines(t("problem-close-sure"), t("problem-head", number=Bold(card.number), state=title(card)))
    yes = press(t.plain("problem-close-yes"), ProblemAction(do="close-yes", id=card.problem_id, seen=card.version))
    back = press(t.plain("back"), ProblemAction(do="verify-less", id=card.problem_id))
    return Screen(text).with_rows([yes], [back])


def overtaken(t: Translator, error: Outdated, card: Card) -> Screen:
    """Somebody decided first: who and when, over the card as it is now."""
    now = show(t, card)
    by, at = str(error.values["by"]), error.values["at"]
    who = t("problem-overtaken", by=by, at=moment(t, at) if isinstance(at, datetime) else "")
    return Screen(lines(who, now.text), now.rows)


def body(t: Translator, card: Card) -> Text:
    state = t.plain(f"state-{card.state.replace('_', '-')}")
    return lines(
        _asked(t, card),
        _when(t, card),
        t("problem-head", number=Bold(card.number), state=state),
        t("problem-text", text=card.text) if card.text else "",
        t("problem-struck") if card.struck else "",
        t("problem-reason", reason=card.reason) if card.reason else "",
        t("problem-concerns", unit=card.concerned) if card.concerned else "",
        t("problem-kind", level=t.plain(f"level-{card.level}"), category=t.plain(f"category-{card.category}")),
        _people(t, card),
    )


def title(card: Card, length: int = 24) -> str:
    """The first words of a report, for a button or a line of a list."""
    return shortened(card.text.partition("\n")[0], length)


def timeline(t: Translator, card: Card, steps: list[TimelineLine]) -> Screen:
    """Every step so far, the old dates with it."""
    text = lines(t("timeline-title", number=Bold(card.number)), *(_step(t, step) for step in steps))
    back = press(t.plain("back"), ProblemAction(do="less", id=card.problem_id))
    return Screen(text).with_rows([back])


def why(t: Translator, card: Card) -> Text:
    """Why this came to the reader: the parts they play in it."""
    parts = t.plain("list-separator").join(t.plain(f"part-{part}") for part in Part if part in card.parts)
    return t("problem-why-is", number=card.number, parts=parts)


def _asked(t: Translator, card: Card) -> Text:
    if Action.SIGN in card.actions and Action.RETURN not in card.actions:
        return t("problem-ask-sign-again")
    for action in ASKED:
        if action in card.actions:
            return t(f"problem-ask-{action.replace('_', '-')}")
    if card.parts & _WORKING and Action.PLAN in card.actions and card.state is State.SIGNED:
        return t("problem-ask-plan")
    if card.parts & _WORKING and Action.EVIDENCE in card.actions:
        if card.reason:
            return t("problem-ask-redo")
        proven = card.measures and all(measure.done and measure.evidence for measure in card.measures)
        return t("problem-ask-request-closure" if proven else "problem-ask-rectify")
    return t("problem-now", state=t.plain(f"state-{card.state.replace('_', '-')}"))


def _when(t: Translator, card: Card) -> str:
    if card.deadline is not None and card.left is not None and card.state in OPEN:
        return deadline(t, card.deadline, card.left)
    return t.plain("problem-filed-at", when=moment(t, card.created_at))


def _people(t: Translator, card: Card) -> Text | str:
    if not card.unit_name:
        return ""
    people = t("problem-people", unit=card.unit_name, accountable=card.accountable, verifier=card.verifier)
    between = t.plain("list-separator")
    return lines(people, t("problem-helpers", names=between.join(card.helpers)) if card.helpers else "")


def _step(t: Translator, step: TimelineLine) -> Text:
    who = t.plain("timeline-who", part=t.plain(f"part-{step.part}"), name=step.name)
    what = t.plain(f"timeline-{step.action.replace('_', '-')}")
    line = t("timeline-line", when=moment(t, step.at), who=who.strip(), what=what)
    moved = ""
    if step.before is not None and step.after is not None:
        moved = t.plain("timeline-moved", before=moment(t, step.before), after=moment(t, step.after))
    return lines(line, moved, t("timeline-note", note=step.note) if step.note else "")


def _buttons(t: Translator, card: Card) -> list[Button]:
    """Every button this reader has, the steps before the looking."""
    made = [_button(t, card, action) for action in OFFERED if action in card.actions]
    looking = []
    if card.measures or Action.PLAN in card.actions:
        looking.append(_look(t, card, "measures", count=len(card.measures)))
    if Action.PLAN in card.actions:
        # The measures are the work itself, so they stand before what comes at its end.
        made, looking = [*looking, *made], []
        if card.level is not Level.INDIVIDUAL:
            looking.append(_look(t, card, "helper"))
    if card.files:
        looking.append(_look(t, card, "files", count=card.files))
    if Facet.TIMELINE in card.facets:
        looking.append(_look(t, card, "timeline"))
    if Part.TRIAGE in card.parts and Facet.REPORTER in card.facets and Part.REPORTER not in card.parts:
        looking.append(_look(t, card, "who"))
    seldom = [_button(t, card, action) for action in SELDOM if action in card.actions]
    why = press(t.plain("why-me"), ProblemAction(do="why", id=card.problem_id))
    return [*made, *looking, why, *seldom]


def _button(t: Translator, card: Card, action: Action) -> Button:
    data = ProblemAction(do=action, id=card.problem_id, seen=card.version)
    return press(t.plain(f"problem-do-{action.replace('_', '-')}"), data)


def _look(t: Translator, card: Card, do: str, **values: int) -> Button:
    return press(t.plain(f"problem-{do}", **values), ProblemAction(do=do, id=card.problem_id, seen=card.version))
