"""The roster as a spreadsheet: the template, the words understood in it, the preview; and the tree of units."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aiogram.utils.formatting import Bold

from domain.directory import UnitLine
from domain.people import PlannedPerson, RoleKind, UnitKind
from domain.roster import COLUMNS, SHOWN_ERRORS, Comparison, RowError, Vocabulary
from views import when
from views.actions import PeopleAction, Step
from views.home import cancel_button, go
from views.paging import SIZE, paged
from views.screen import Document, Screen, lines, press
from views.texts import LANGUAGES, Texts, Translator

Payload = Mapping[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_NAMES = 5
LINES = 30
COUNTED = ("units_added", "units_changed", "people_added", "people_changed", "missing")


def vocabulary(texts: Texts, t: Translator) -> Vocabulary:
    """The words of every language, since a file may come from somebody who reads another one."""
    voices = [texts.translator(language, t.zone) for language in LANGUAGES]
    return Vocabulary(
        columns={title(v, column).casefold(): column for v in voices for column in COLUMNS},
        kinds={kind_word(v, kind).casefold(): kind for v in voices for kind in UnitKind},
        roles={role_word(v, role).casefold(): role for v in voices for role in RoleKind},
        titles={column: title(t, column) for column in COLUMNS},
    )


def title(t: Translator, column: str) -> str:
    return t.plain(f"roster-column-{column.replace('_', '-')}")


def kind_word(t: Translator, kind: UnitKind) -> str:
    return t.plain(f"unit-kind-{kind.value}")


def role_word(t: Translator, role: RoleKind) -> str:
    return t.plain(f"role-{role.value.replace('_', '-')}")


def sheets(t: Translator, rows: Sequence[Sequence[str]]) -> dict[str, list[list[str]]]:
    """The template: the roster as it stands under the columns' names, and how to fill it in."""
    kinds = t.plain("list-separator").join(kind_word(t, kind) for kind in UnitKind)
    roles = _known_roles(t)
    guide = [[title(t, column), t.plain(f"roster-guide-{column.replace('_', '-')}")] for column in COLUMNS]
    notes = [["", t.plain(f"roster-guide-{note}")] for note in ("order", "missing")]
    guide += [
        ["", t.plain("roster-guide-kinds", kinds=kinds)],
        ["", t.plain("roster-guide-roles-words", roles=roles)],
        *notes,
    ]
    table = [[title(t, column) for column in COLUMNS], *[list(row) for row in rows]]
    return {t.plain("roster-sheet"): table, t.plain("roster-sheet-guide"): guide}


def hand_out(t: Translator, data: bytes) -> Screen:
    """The template, and what to do with it."""
    name = t.plain("roster-file-name") + ".xlsx"
    return Screen(t("roster-ask-file"), document=Document(name, data, XLSX)).with_rows([cancel_button(t)])


def ask_file(t: Translator) -> Screen:
    return Screen(t("roster-ask-file")).with_rows([cancel_button(t)])


def counted(comparison: Comparison) -> dict[str, Any]:
    """What a preview shows, as the dialogue keeps it: of each kind how many, and the first names."""
    names: dict[str, Any] = {name: getattr(comparison, name) for name in COUNTED}
    names["missing"] = [one.name for one in comparison.missing]
    counts: dict[str, Any] = {name: [len(found), list(found[:SHOWN_NAMES])] for name, found in names.items()}
    return counts | {"replaced": comparison.replaced[0] if comparison.replaced is not None else ""}


def preview(t: Translator, counts: Mapping[str, Any], left: Sequence[str] = (), *, again: bool = False) -> Screen:
    """What would change. Nothing is saved yet, and nobody is removed but those of whom it was said one by one."""
    text = lines(
        t("roster-preview-again" if again else "roster-preview"),
        *[_count(t, name, *counts[name]) for name in COUNTED if counts[name][0]],
        t("roster-replaces", unit=counts["replaced"]) if counts.get("replaced") else "",
        t("roster-preview-keeps", left=len(left)) if counts["missing"][0] else "",
    )
    save = press(t.plain("roster-save"), Step(name="save-roster"))
    who = [press(t.plain("roster-who-left"), Step(name="who-left"))] if counts["missing"][0] else []
    return Screen(text).with_rows([save], who, [cancel_button(t)])


def who_left(t: Translator, missing: Sequence[PlannedPerson], left: Collection[str], place: int) -> Screen:
    """Those the file does not name, by the page with this place in it. Each stays until their own button is pressed,
    and again when it is pressed once more."""
    buttons = [
        press(
            t.plain(
                "roster-leaver" if one.staff_number in left else "roster-stayer", name=one.name, number=one.staff_number
            ),
            Step(name="left", value=str(place)),
        )
        for place, one in enumerate(missing)
    ]
    rows = paged(t, buttons, place // SIZE, lambda page: Step(name="who-left", value=str(page * SIZE)))
    back = press(t.plain("back"), Step(name="preview"))
    return Screen(t("roster-who-left-ask", count=len(missing), left=len(left))).with_rows(*rows, [back])


def _count(t: Translator, name: str, count: int, names: Sequence[str]) -> Any:
    shown = t.plain("list-separator").join(names)
    more = "yes" if count > len(names) else "no"
    return t(f"roster-{name.replace('_', '-')}", count=count, names=shown, more=more)


def nothing_changes(t: Translator, counts: Mapping[str, Any]) -> Screen:
    missing = _count(t, "missing", *counts["missing"]) if counts["missing"][0] else ""
    return Screen(lines(t("roster-no-changes"), missing)).with_rows([go(t, "units")])


def errors(t: Translator, found: Sequence[RowError]) -> Screen:
    """The first of the rows that cannot be taken, by the numbers the spreadsheet shows."""
    rows = [_error(t, error) for error in found[:SHOWN_ERRORS]]
    more = len(found) - len(rows)
    text = lines(
        t("roster-errors", count=len(found)),
        *rows,
        t("roster-errors-more", count=more) if more else "",
        t("roster-errors-next"),
    )
    return Screen(text).with_rows([cancel_button(t)])


def _error(t: Translator, error: RowError) -> Any:
    what = t.plain(f"roster-error-{error.code}", value=error.value, roles=_known_roles(t))
    return t("roster-error", row=error.row, what=what)


def _known_roles(t: Translator) -> str:
    return t.plain("list-separator").join(role_word(t, role) for role in RoleKind)


def tree(t: Translator, found: Sequence[UnitLine], page: int) -> Screen:
    """The units with head counts, each indented below the one above it."""
    if not found:
        return Screen(t("units-empty")).with_rows([go(t, "import")])
    last = (len(found) - 1) // LINES
    page = min(max(page, 0), last)
    shown = found[page * LINES : (page + 1) * LINES]
    rows = [_unit(t, line) for line in shown]
    turns = []
    if page > 0:
        turns.append(press(t.plain("page-before"), PeopleAction(do="tree", page=page - 1)))
    if page < last:
        turns.append(press(t.plain("page-after"), PeopleAction(do="tree", page=page + 1)))
    text = lines(t("units-title", count=len(found)), *rows)
    return Screen(text).with_rows(turns, [go(t, "people"), go(t, "import")])


def _unit(t: Translator, line: UnitLine) -> Any:
    # A messenger drops ordinary spaces at the beginning of a line.
    indent = "　" * line.depth
    name = Bold(line.name)
    text = t(
        "units-line", indent=indent, name=name, kind=kind_word(t, line.kind), people=line.people, joined=line.joined
    )
    due = when.day(t, line.term_ends_on) if line.term_ends_on is not None else ""
    return lines(text, *(t(f"units-{note}", indent=f"{indent}　", when=due) for note in line.notes))


def _saved(payload: Payload, t: Translator) -> Screen:
    text = t("roster-saved", **{name: int(payload[name]) for name in COUNTED})
    return Screen(text).with_rows([go(t, "units"), go(t, "people")])


def _saved_with_leavers(payload: Payload, t: Translator) -> Screen:
    said = _saved(payload, t)
    left = int(payload["left"])
    return replace(said, text=lines(said.text, t("roster-saved-left", count=left))) if left else said


def _saved_on_the_way(payload: Payload, t: Translator) -> Screen:
    """While setting up, the way on stands first."""
    said = _saved_with_leavers(payload, t)
    return replace(said, rows=((go(t, "setup"),), *said.rows)) if payload["setup"] else said


RENDERS: Mapping[tuple[str, int], Callable[[Payload, Translator], Screen]] = {
    ("roster-saved", 1): _saved,
    ("roster-saved", 2): _saved_with_leavers,
    ("roster-saved", 3): _saved_on_the_way,
}
