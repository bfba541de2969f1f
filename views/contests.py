"""A contest as its organiser sees it: the list, the import of a bank, the steps of planning, the card."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold, Text

from domain.banks import COLUMNS, LETTERS, OPTIONS, BankWords, PlannedBank
from domain.contests import BankLine, ContestCard, Phase, QuestionKind
from views.actions import ContestAction, Step
from views.home import back_and_cancel, cancel_button, go
from views.paging import paged
from views.quiz import rule, table
from views.screen import Button, Document, Screen, in_rows, lines, press
from views.texts import LANGUAGES, Texts, Translator
from views.when import moment, with_year

Draft = Mapping[str, Any]

STEPS = ("title_text", "bank", "count_text", "opens_text", "closes_text", "minutes_text", "practice", "audience")
COUNTS = (5, 10, 20, 30, 50)
MINUTES = (10, 20, 30, 60)
MAX_ERRORS = 10
MAX_CHAPTERS = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def overview(t: Translator, found: Sequence[tuple[int, str, Phase]], banks: Sequence[BankLine]) -> Screen:
    parts = [t("contest-overview"), t("contest-banks", count=len(banks))]
    parts += [
        t("contest-line", title=Bold(title), phase=t.plain(f"contest-phase-{phase}")) for _, title, phase in found
    ]
    buttons = [press(title, ContestAction(do="card", id=number)) for number, title, _ in found]
    new = [press(t.plain("contest-new"), ContestAction(do="new"))] if banks else []
    load = press(t.plain("bank-import"), ContestAction(do="import"))
    return Screen(lines(*parts)).with_rows(new, [load, _template_button(t)], *in_rows(buttons, 1))


def _phase(t: Translator, phase: Phase) -> str:
    return t.plain(f"contest-phase-{phase}")


def _template_button(t: Translator) -> Button:
    return press(t.plain("bank-template"), ContestAction(do="template"))


# Banks


def ask_bank_file(t: Translator) -> Screen:
    return Screen(t("bank-ask-file")).with_rows([_template_button(t), cancel_button(t)])


def template_rows(t: Translator) -> dict[str, list[list[str]]]:
    """The sheet to fill in, with a line of each kind."""
    head = [_title(t, column) for column in COLUMNS if column not in OPTIONS[6:]]
    examples = []
    for kind, answer, count in (("single", "A", 4), ("multiple", "AC", 4), ("truefalse", "A", 2)):
        words = [t.plain(f"bank-example-{kind}-{number}") for number in range(1, count + 1)]
        row = [t.plain(f"bank-kind-{kind}"), t.plain("bank-example-chapter"), t.plain(f"bank-example-{kind}")]
        examples.append([*row, answer, t.plain("bank-example-reason"), *words])
    return {t.plain("bank-sheet"): [head, *examples]}


def _title(t: Translator, column: str) -> str:
    if column in OPTIONS:
        return t.plain("bank-column-option", letter=column.removeprefix("option-"))
    return t.plain(f"bank-column-{column}")


def template(t: Translator, data: bytes) -> Screen:
    return Screen(t("bank-template-text"), document=Document(t.plain("bank-template-file"), data, XLSX))


def bank_words(texts: Texts, t: Translator) -> BankWords:
    """The words of every language, since a file may come from somebody who reads another one. An option's column may
    also be called by its letter alone."""
    voices = [texts.translator(language, t.zone) for language in LANGUAGES]
    kinds = {voice.plain(f"bank-kind-{kind}").casefold(): kind.value for voice in voices for kind in QuestionKind}
    columns = {_title(voice, column).casefold(): column for voice in voices for column in COLUMNS}
    letters = {letter.casefold(): option for letter, option in zip(LETTERS, OPTIONS, strict=True)}
    return BankWords(
        kinds={kind.value: kind.value for kind in QuestionKind} | kinds,
        columns=letters | columns,
        titles={column: _title(t, column) for column in COLUMNS},
    )


def summary(bank: PlannedBank, name: str) -> dict[str, Any]:
    """What the dialogue keeps of a bank that was read: counts and the first errors."""
    chapters = sorted(bank.by_chapter().items(), key=lambda item: -item[1])
    return {
        "title": bank.title,
        "kinds": bank.by_kind(),
        "chapters": chapters[:MAX_CHAPTERS],
        "more": max(0, len(chapters) - MAX_CHAPTERS),
        "errors": [[error.row, error.code] for error in bank.errors[:MAX_ERRORS]],
        "error_count": len(bank.errors),
        "rows": not name.casefold().endswith(".json"),
    }


def preview(t: Translator, draft: Draft) -> Screen:
    """Counts, and what is wrong. Only a bank without errors can be saved."""
    between = t.plain("list-separator")
    kinds = [t.plain(f"bank-count-{kind}", count=count) for kind, count in draft["kinds"].items()]
    chapters = [t.plain("bank-count-chapter", name=name or "—", count=count) for name, count in draft["chapters"]]
    parts: list[Text | str] = [
        t("bank-preview", title=Bold(draft["title"]), count=sum(draft["kinds"].values())),
        between.join(kinds),
        between.join(chapters),
        t("bank-more-chapters", count=draft["more"]) if draft["more"] else "",
        t("bank-known") if draft["known"] else "",
    ]
    if not draft["error_count"]:
        save = press(t.plain("bank-save"), Step(name="bank-save"))
        return Screen(lines(*parts, t("bank-confirm"))).with_rows([save], [cancel_button(t)])
    parts.append(t("bank-errors", count=draft["error_count"]))
    where = "row" if draft["rows"] else "item"
    parts += [t(f"bank-error-{where}", row=row, what=t.plain(f"bank-fault-{code}")) for row, code in draft["errors"]]
    return Screen(lines(*parts, t("bank-mend"))).with_rows([_template_button(t), cancel_button(t)])


def saved(t: Translator, bank: BankLine) -> Screen:
    text = t("bank-saved", title=Bold(bank.title), count=bank.size)
    return Screen(text).with_rows([press(t.plain("contest-new"), ContestAction(do="new"))], [go(t, "contest")])


# Planning


def ask(t: Translator, draft: Draft, step: str) -> Screen:
    """The question of a step that needs nothing but the draft."""
    question = question_of(t, step)
    if step == "count_text":
        text = lines(question, t("contest-bank-size", title=Bold(draft["bank_title"]), count=draft["size"]))
        offered = [count for count in COUNTS if count < draft["size"]]
        buttons = [press(str(count), Step(name="count", value=str(count))) for count in offered]
        everything = press(
            t.plain("contest-count-all", count=draft["size"]), Step(name="count", value=str(draft["size"]))
        )
        return Screen(text).with_rows(*in_rows([*buttons, everything], 3), back_and_cancel(t))
    if step == "minutes_text":
        buttons = [
            press(t.plain("contest-minutes", count=count), Step(name="minutes", value=str(count))) for count in MINUTES
        ]
        none = press(t.plain("contest-minutes-none"), Step(name="minutes", value="0"))
        return Screen(question).with_rows(*in_rows(buttons, 2), [none], back_and_cancel(t))
    if step == "practice":
        buttons = [
            press(t.plain(f"contest-practice-{value}"), Step(name="practice", value=value)) for value in ("no", "yes")
        ]
        return Screen(question).with_rows(*in_rows(buttons, 1), back_and_cancel(t))
    return Screen(question).with_rows([cancel_button(t)])


def question_of(t: Translator, step: str) -> Text:
    name = step.removesuffix("_text")
    return t(f"contest-ask-{name}", step=STEPS.index(step) + 1, steps=len(STEPS))


def opens_now(t: Translator) -> Button:
    return press(t.plain("contest-opens-now"), Step(name="opens-now"))


def ask_bank(t: Translator, draft: Draft, banks: Sequence[BankLine]) -> Screen:
    buttons = [
        press(
            t.plain("contest-bank", title=bank.title, count=bank.size, when=moment(t, bank.imported_at)),
            Step(name="bank", value=str(bank.id)),
        )
        for bank in banks
    ]
    return _listed(t, draft, "bank", buttons, [])


def ask_audience(t: Translator, draft: Draft, units: Sequence[tuple[int, str]]) -> Screen:
    everybody = press(t.plain("contest-everybody"), Step(name="unit", value="0"))
    return _listed(
        t, draft, "audience", [press(name, Step(name="unit", value=str(one))) for one, name in units], [everybody]
    )


def _listed(t: Translator, draft: Draft, step: str, buttons: Sequence[Button], first: Sequence[Button]) -> Screen:
    rows = paged(t, buttons, int(draft.get("page", 0)), lambda page: Step(name="page", value=str(page)))
    return Screen(question_of(t, step)).with_rows(first, *rows, back_and_cancel(t))


def check(t: Translator, draft: Draft) -> Screen:
    """Everything read back before it is saved."""
    text = lines(
        t("contest-check"),
        *_facts(t, draft),
        t("contest-for", unit=draft["unit_name"] or t.plain("contest-everybody"), count=draft["people"]),
    )
    return Screen(text).with_rows([press(t.plain("contest-save"), Step(name="contest-save"))], back_and_cancel(t))


def _facts(t: Translator, draft: Draft) -> list[Text]:
    opens, closes = datetime.fromisoformat(draft["opens"]), datetime.fromisoformat(draft["closes"])
    return [
        t("contest-title-practice" if draft["practice"] else "contest-title", title=Bold(draft["title"])),
        t("contest-from-bank", title=draft["bank_title"]),
        t("contest-window", opens=with_year(t, opens), closes=with_year(t, closes)),
        rule(t, draft["count"], draft["minutes"]),
    ]


def planned(t: Translator, title: str, people: int) -> Screen:
    return Screen(t("contest-planned", title=Bold(title), count=people)).with_rows([go(t, "contest")])


def card(t: Translator, found: ContestCard) -> Screen:
    facts = {
        "title": found.title,
        "bank_title": found.bank,
        "opens": found.opens_at.isoformat(),
        "closes": found.closes_at.isoformat(),
        "count": found.question_count,
        "minutes": found.minutes,
        "practice": found.practice,
    }
    text = lines(
        *_facts(t, facts),
        t("contest-for", unit=found.unit or t.plain("contest-everybody"), count=found.people),
        t(
            "contest-took-part",
            phase=t.plain(f"contest-phase-{found.phase}"),
            took=found.took_part,
            people=found.people,
        ),
        *table(t, found.table),
        t("contest-published") if found.published else "",
    )
    publish = press(t.plain("contest-publish"), ContestAction(do="publish", id=found.id))
    may = found.phase is Phase.CLOSED and not found.published
    remove = press(t.plain("contest-remove"), ContestAction(do="ask-remove", id=found.id))
    planned_yet = found.phase is Phase.PLANNED
    return Screen(text).with_rows([publish] if may else [], [remove] if planned_yet else [], [go(t, "contest")])


def ask_remove(t: Translator, found: ContestCard) -> Screen:
    yes = press(t.plain("contest-remove"), ContestAction(do="remove", id=found.id))
    no = press(t.plain("back"), ContestAction(do="card", id=found.id))
    return Screen(t("contest-ask-remove", title=Bold(found.title))).with_rows([yes], [no])


def removed(t: Translator) -> Screen:
    return Screen(t("contest-removed")).with_rows([go(t, "contest")])
