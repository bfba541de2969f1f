"""Taking part in a contest: the list, the desk before it, a question, handing in, the result and the review."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold, Text

from domain.banks import LETTERS
from domain.contests import QuestionKind, UnitLine
from domain.sittings import Desk, Option, Result, Sitting, Taken
from views.actions import QuizAction
from views.home import to_list
from views.screen import Button, Screen, in_rows, lines, press
from views.texts import Translator
from views.when import moment

SHORT = 24
"""Longer options do not fit a button and stand in the text as well."""

COUNTDOWN_MINUTES = 120
"""A longer time left is told by its end."""


def desks(t: Translator, found: Sequence[Desk]) -> Screen:
    if not found:
        return Screen(t("quiz-empty"))
    text = lines(t("quiz-list"), *[_desk_line(t, desk) for desk in found])
    buttons = [press(desk.title, QuizAction(do="desk", id=desk.contest_id)) for desk in found]
    return Screen(text).with_rows(*in_rows(buttons, 1))


def _desk_line(t: Translator, desk: Desk) -> Text:
    kind = "practice" if desk.practice else "contest"
    return t(f"quiz-line-{kind}", title=Bold(desk.title), state=_state(t, desk))


def _state(t: Translator, desk: Desk) -> str:
    return t.plain(f"quiz-taken-{desk.taken.replace('_', '-')}", when=moment(t, desk.closes_at))


def desk(t: Translator, found: Desk) -> Screen:
    """The rules before one begins: number, time, how several right options are judged."""
    if found.taken in {Taken.HANDED_IN, Taken.TIME_UP, Taken.MISSED, Taken.RESULT}:
        return Screen(_desk_line(t, found)).with_rows(_results(t, found), _again(t, found), [to_list(t, "quiz")])
    text = lines(
        t("quiz-ask-practice" if found.practice else "quiz-ask", title=Bold(found.title)),
        t("quiz-until", when=moment(t, found.closes_at)),
        rule(t, found.questions, found.minutes),
        t("quiz-rule-multiple"),
        t("quiz-rule-practice") if found.practice else t("quiz-rule-once"),
    )
    label = "quiz-start" if found.taken is Taken.NOT_YET else "quiz-continue"
    return Screen(text).with_rows(
        [press(t.plain(label), QuizAction(do="start", id=found.contest_id))], [to_list(t, "quiz")]
    )


def _results(t: Translator, found: Desk) -> list[Button]:
    if found.taken in {Taken.HANDED_IN, Taken.TIME_UP}:
        return []
    return [press(t.plain("quiz-result"), QuizAction(do="result", id=found.contest_id))]


def _again(t: Translator, found: Desk) -> list[Button]:
    if not found.repeatable:
        return []
    return [press(t.plain("quiz-practise-again"), QuizAction(do="again", id=found.contest_id))]


def rule(t: Translator, questions: int, minutes: int | None) -> Text:
    """How many questions, and in what time."""
    if minutes is None:
        return t("quiz-rule-open", count=questions)
    return t("quiz-rule", count=questions, minutes=minutes)


def question(t: Translator, here: Sitting) -> Screen:
    """A question to answer; in a practice round, once answered, with the right answer and the reason."""
    text = lines(_progress(t, here), _stem(t, here), *_options(t, here), *_verdict(t, here))
    rows = [] if here.revealed else [[_choice(here, number)] for number in range(len(here.options))]
    if here.kind is QuestionKind.MULTIPLE and not here.revealed:
        rows.append([press(t.plain("quiz-done"), _at("done", here, here.position))])
    return Screen(text).with_rows(*rows, *_ways(t, here))


def _progress(t: Translator, here: Sitting) -> Text:
    minutes = -(-int(here.left.total_seconds()) // 60)
    left = t.plain("quiz-minutes", minutes=minutes)
    if minutes > COUNTDOWN_MINUTES:
        left = t.plain("quiz-until", when=moment(t, here.deadline))
    return t("quiz-progress", at=here.position + 1, total=here.total, unanswered=len(here.unanswered), left=left)


def _stem(t: Translator, here: Sitting) -> Text:
    return t(f"quiz-stem-{here.kind}", stem=Bold(here.stem))


def _options(t: Translator, here: Sitting) -> list[str]:
    """The options in full where a button cannot hold them, and always once they are judged."""
    if not here.revealed and all(len(option.text) <= SHORT for option in here.options):
        return []
    judged = [_judged(t, option) if here.revealed else "" for option in here.options]
    return [_labelled(here, number) + said for number, said in enumerate(judged)]


def _labelled(here: Sitting, number: int) -> str:
    option = here.options[number]
    return f"{_mark(here, option)} {LETTERS[number]}. {option.text}"


def _judged(t: Translator, option: Option) -> str:
    """What is right and what was chosen, in words: signs alone are silent to who listens."""
    said = [t.plain(name) for name, holds in (("quiz-is-right", option.right), ("quiz-is-own", option.chosen)) if holds]
    return t.plain("quiz-judged", said=t.plain("list-separator").join(said)) if said else ""


def _mark(here: Sitting, option: Option) -> str:
    if here.revealed:
        return "✓" if option.right else ("✗" if option.chosen else "·")
    several = here.kind is QuestionKind.MULTIPLE
    return ("☑" if several else "●") if option.chosen else ("☐" if several else "○")


def _choice(here: Sitting, number: int) -> Button:
    option = here.options[number]
    on = here.kind is not QuestionKind.MULTIPLE or not option.chosen
    label = _labelled(here, number)
    short = label if len(option.text) <= SHORT else label[: SHORT + 5] + "…"
    return press(short, QuizAction(do="pick", id=here.contest_id, at=here.position, pick=number, on=on))


def _verdict(t: Translator, here: Sitting) -> list[Text]:
    if not here.revealed:
        return []
    right = t.plain("list-separator").join(
        LETTERS[number] for number, option in enumerate(here.options) if option.right
    )
    unanswered = not any(option.chosen for option in here.options)
    verdict = "quiz-right" if here.right else "quiz-unanswered" if unanswered else "quiz-wrong"
    said = [t(verdict, answer=right)]
    return [*said, t("quiz-reason", reason=here.reason)] if here.reason else said


def _ways(t: Translator, here: Sitting) -> list[list[Button]]:
    """Back, next, on to what is unanswered, and the end."""
    steps = []
    if here.position > 0:
        steps.append(press(t.plain("quiz-before"), _at("at", here, here.position - 1)))
    if here.position + 1 < here.total:
        steps.append(press(t.plain("quiz-after"), _at("at", here, here.position + 1)))
    others = [place for place in here.unanswered if place != here.position]
    following = next((place for place in others if place > here.position), others[0] if others else None)
    open_ones = []
    if following is not None:
        label = t.plain("quiz-to-unanswered", at=following + 1)
        open_ones.append(press(label, _at("at", here, following)))
    return [steps, open_ones, [press(t.plain("quiz-finish"), _at("finish", here, here.position))]]


def _at(do: str, here: Sitting, place: int) -> QuizAction:
    return QuizAction(do=do, id=here.contest_id, at=place)


def ask_finish(t: Translator, here: Sitting) -> Screen:
    """Something is unanswered: hand in all the same?"""
    hand_in = press(t.plain("quiz-hand-in"), _at("hand", here, 0))
    on = press(t.plain("quiz-go-on"), _at("at", here, here.unanswered[0]))
    text = lines(
        t("quiz-ask-finish", count=len(here.unanswered) - here.unconfirmed),
        t("quiz-unconfirmed", count=here.unconfirmed) if here.unconfirmed else "",
    )
    return Screen(text).with_rows([on], [hand_in])


def result(t: Translator, found: Result) -> Screen:
    own = t("quiz-no-attempt")
    if found.score is not None:
        own = _score(t, found.score, found.right, found.total)
    middle = _median(t, found.median, found.took_part)
    text = lines(t("quiz-result-title", title=Bold(found.title)), own, middle, *table(t, found.table))
    review = [press(t.plain("quiz-review"), QuizAction(do="review", id=found.contest_id))]
    return Screen(text).with_rows(review if found.score is not None else [], [to_list(t, "quiz")])


def _score(t: Translator, score: int, right: int, total: int) -> Text:
    return t("quiz-score", score=Bold(str(score)), right=right, total=total)


def _median(t: Translator, median: int | None, took_part: int) -> Text | str:
    """Nothing where so few took part that there is no median."""
    return "" if median is None else t("quiz-median", median=median, count=took_part)


def table(t: Translator, found: Sequence[UnitLine]) -> list[Text]:
    """Units by how many took part and their mean; nobody's own score can be read from it."""
    if not found:
        return []
    return [t("quiz-table"), *[_unit(t, line) for line in found]]


def _unit(t: Translator, line: UnitLine) -> Text:
    values = {"unit": line.name or t.plain("quiz-small-units"), "took": line.took_part, "people": line.people}
    if line.mean is None:
        return t("quiz-unit-line-few", **values)
    return t("quiz-unit-line", mean=line.mean, **values)


def review(t: Translator, here: Sitting) -> Screen:
    """One question of one's own paper with the right answer."""
    place = t("quiz-review-place", at=here.position + 1, total=here.total)
    steps = []
    if here.position > 0:
        steps.append(press(t.plain("quiz-before"), _at("review", here, here.position - 1)))
    if here.position + 1 < here.total:
        steps.append(press(t.plain("quiz-after"), _at("review", here, here.position + 1)))
    back = press(t.plain("quiz-result"), _at("result", here, 0))
    text = lines(place, _stem(t, here), *_options(t, here), *_verdict(t, here))
    return Screen(text).with_rows(steps, [back])


def _opened(payload: Mapping[str, Any], t: Translator) -> Screen:
    text = lines(
        t("quiz-ask-practice" if payload["practice"] else "quiz-ask", title=Bold(payload["title"])),
        t("quiz-until", when=moment(t, datetime.fromisoformat(payload["closes"]))),
        rule(t, payload["questions"], payload["minutes"]),
    )
    return Screen(text).with_rows([press(t.plain("quiz-open"), QuizAction(do="desk", id=payload["contest"]))])


def _handed_in(payload: Mapping[str, Any], t: Translator) -> Screen:
    what = t("quiz-handed-in", title=Bold(payload["title"]), answered=payload["answered"], total=payload["questions"])
    if payload["score"] is not None:
        look = press(t.plain("quiz-result"), QuizAction(do="result", id=payload["contest"]))
        return Screen(lines(what, t("quiz-score-now", score=Bold(str(payload["score"]))))).with_rows([look])
    later = t("quiz-later", when=moment(t, datetime.fromisoformat(payload["closes"])))
    return Screen(lines(what, later)).with_rows([to_list(t, "quiz")])


def _result_told(payload: Mapping[str, Any], t: Translator) -> Screen:
    text = lines(
        t("quiz-result-told", title=Bold(payload["title"])),
        _score(t, payload["score"], payload["right"], payload["questions"]),
        _median(t, payload["median"], payload["took_part"]),
    )
    return Screen(text).with_rows([press(t.plain("quiz-look-result"), QuizAction(do="result", id=payload["contest"]))])


RENDERS: Mapping[tuple[str, int], Callable[[Mapping[str, Any], Translator], Screen]] = {
    ("contest-open", 1): _opened,
    ("contest-handed-in", 1): _handed_in,
    ("contest-result", 1): _result_told,
}
