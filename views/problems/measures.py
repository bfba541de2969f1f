"""The measures of a problem: the list, one of them, and the steps in which they are written and proven."""

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from domain.files import File
from domain.problems import Action
from domain.visibility import Card, MeasureLine
from views.actions import MeasureAction, ProblemAction, Step
from views.home import cancel_button
from views.paging import paged
from views.screen import Button, Document, Screen, in_rows, lines, press
from views.texts import Translator
from views.when import deadline

EXTENSIONS = {
    "image/jpeg": ".jpg",
    "audio/ogg": ".ogg",
    "audio/webm": ".webm",
    "audio/mp4": ".m4a",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
}
# A document is kept as bytes without its name; these beginnings tell which program opens it.
_HEADS = ((b"%PDF", ".pdf"), (b"\xd0\xcf\x11\xe0", ".doc"), (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG", ".png"))
_PARTS = ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx"))


def listing(t: Translator, card: Card, page: int = 0, done: Text | str = "") -> Screen:
    """Every measure with how far it is; a button opens it. ``done`` says what was just done."""
    to_do = any(not measure.done for measure in card.measures)
    ask = "measures-title"
    if Action.PLAN in card.actions and (to_do or not card.measures):
        ask = "measures-ask" if card.measures else "measures-ask-first"
    text = lines(
        done,
        t(ask, count=len(card.measures)),
        deadline(t, card.deadline, card.left) if card.deadline is not None and card.left is not None else "",
        t("measures-of", number=Bold(card.number)),
    )
    buttons = [_button(t, card, place, measure) for place, measure in enumerate(card.measures, 1)]
    rows = paged(t, buttons, page, lambda to: MeasureAction(do="page", id=card.problem_id, measure=to))
    steps = [_do(t, card, "plan")] if Action.PLAN in card.actions else []
    if Action.REQUEST_CLOSURE in card.actions:
        data = ProblemAction(do=Action.REQUEST_CLOSURE, id=card.problem_id, seen=card.version)
        steps.append(press(t.plain("problem-do-request-closure"), data))
    return Screen(text).with_rows(*rows, steps, [_to_card(t, card)])


def one(t: Translator, card: Card, measure: MeasureLine, words: Sequence[str] = ()) -> Screen:
    """One measure, with the words of its evidence; files are sent beside it."""
    state = "measure-is-done" if measure.done else "measure-is-open"
    text = lines(
        t("measure-text", text=Bold(measure.text)),
        t(state),
        t("measure-evidence", count=measure.evidence),
        *(t("measure-words", words=said) for said in words),
        t("measures-of", number=card.number),
    )
    steps = []
    if Action.EVIDENCE in card.actions:
        steps.append(_on(t, card, measure, "prove"))
    if Action.FINISH in card.actions and not measure.done:
        steps.append(_on(t, card, measure, "finish"))
    looks = [_on(t, card, measure, "evidence")] if measure.evidence else []
    back = press(t.plain("back"), ProblemAction(do="measures", id=card.problem_id))
    return Screen(text).with_rows(*([step] for step in steps), looks, [back])


def ask_measure(t: Translator, number: str, count: int) -> Screen:
    """One message is one measure; ``count`` were written so far."""
    text = lines(t("measure-ask", count=count), t("measures-of", number=Bold(number)))
    return Screen(text).with_rows([press(t.plain("measure-enough"), Step(name="enough")), cancel_button(t)])


def ask_evidence(t: Translator, number: str, measure: str, count: int | None) -> Screen:
    """``count`` pieces were sent so far; None while an album arrives, whose end nobody announces."""
    ask = t("evidence-ask-album") if count is None else t("evidence-ask", count=count)
    text = lines(ask, t("measure-text", text=measure), t("measures-of", number=Bold(number)))
    return Screen(text).with_rows([press(t.plain("evidence-enough"), Step(name="enough")), cancel_button(t)])


def ask_helper(t: Translator, number: str, options: Sequence[tuple[int, str]]) -> Screen:
    buttons = [press(name, Step(name="helper", value=str(person_id))) for person_id, name in options]
    return Screen(t("helper-ask", number=Bold(number))).with_rows(*in_rows(buttons, 2), [cancel_button(t)])


def file(t: Translator, card: Card, place: int, count: int, kept: File, data: bytes) -> Screen:
    """One file, named by the problem's number: the name it came with may tell who sent it."""
    name = t.plain("file-name", number=card.number, place=place) + _extension(kept.mime, data)
    caption = t("file-caption", number=card.number, place=place, count=count)
    return Screen(caption, document=Document(name, data, kept.mime))


def _extension(mime: str, data: bytes) -> str:
    """What the file's name ends in, so that a device opens it; nothing where that cannot be told."""
    if mime in EXTENSIONS:
        return EXTENSIONS[mime]
    if data.startswith(b"PK"):
        return next((ending for part, ending in _PARTS if part in data), ".zip")
    return next((ending for head, ending in _HEADS if data.startswith(head)), "")


def _button(t: Translator, card: Card, place: int, measure: MeasureLine) -> Button:
    sign = t.plain("measure-mark-done" if measure.done else "measure-mark-open")
    words = t.plain("measure-line", mark=sign, place=place, text=measure.text[:30], count=measure.evidence)
    return press(words, MeasureAction(do="open", id=card.problem_id, measure=measure.measure_id))


def _on(t: Translator, card: Card, measure: MeasureLine, do: str) -> Button:
    return press(t.plain(f"measure-do-{do}"), MeasureAction(do=do, id=card.problem_id, measure=measure.measure_id))


def _do(t: Translator, card: Card, do: str) -> Button:
    return press(t.plain(f"problem-do-{do}"), ProblemAction(do=do, id=card.problem_id, seen=card.version))


def _to_card(t: Translator, card: Card) -> Button:
    return press(t.plain("problem-open-card"), ProblemAction(do="less", id=card.problem_id))
