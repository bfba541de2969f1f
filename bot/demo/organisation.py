"""The people of the demo: about three hundred, by post and letter, in ten units and twenty-one cities."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from domain.people import Organisation, PlannedPerson, PlannedUnit, RoleKind, UnitKind

SAMPLES = Path(__file__).parent.parent.parent / "samples"
CITIES = 21
BRANCHES = (12, 28, 46, 55, 7, 3, 2)
"""How many members the branches of the first units have, whoever leads them included."""

NEW_BRANCH = 5
NEW = WITH_BRANCH = len(BRANCHES) + 1
VACANT = 7
"""The branch whose secretary's post is vacant; a deputy of its unit signs meanwhile."""

FOUNDED_AGO, LONG = timedelta(days=900), timedelta(days=700)
TERM_ENDS_IN = {2: timedelta(days=-40), 3: timedelta(days=55)}
JOINT_BRANCH = 12
OFFICE_STAFF = 9
CITY_STAFF = 4
LAST_CITY = f"city-{CITIES:02d}"

MEMBER, SECRETARY, ADMIN = RoleKind.MEMBER, RoleKind.SECRETARY, RoleKind.ADMIN

Words = dict[str, str]


def material(language: str) -> dict[str, Any]:
    """Everything the demo says in one language: a text or a list of texts in the place of each pair of them."""
    plan: dict[str, Any] = json.loads((SAMPLES / "campaign.json").read_text(encoding="utf-8"))
    return {name: _in(language, part) for name, part in plan.items()}


def _in(language: str, part: Any) -> Any:
    if isinstance(part, list):
        return [_in(language, item) for item in part]
    if not isinstance(part, dict):
        return part
    if language in part and isinstance(part[language], str | list | dict):
        others = {name: value for name, value in part.items() if name not in {"zh", "en"}}
        return {**others, "words": part[language]} if others else part[language]
    return {name: _in(language, item) for name, item in part.items()}


def organisation(words: Words, organs: list[list[str]], today: date) -> Organisation:
    """``organs`` are pairs of a unit's name and the short name of its branch."""
    units = [PlannedUnit("office", words["office"], UnitKind.OFFICE)]
    people = list(_office(words))
    for number, (name, short) in enumerate(organs, 1):
        code = f"organ-{number:02d}"
        units.append(PlannedUnit(code, name, UnitKind.ORGAN, "office"))
        people += _leaders(words, number, code, name)
        if number <= len(BRANCHES):
            units.append(_planned_branch(number, words["branch"].format(name=short), code, today))
            people += _branch(words, number, code, short, BRANCHES[number - 1])
    number = len(BRANCHES) + 1
    name = organs[number - 1][1]
    units.append(_planned_branch(number, words["new-branch"].format(name=name), f"organ-{number:02d}", today))
    people += _branch(words, number, f"organ-{number:02d}", name, NEW_BRANCH)
    units.append(_planned_branch(9, words["joint-branch"], "office", today))
    people += _branch(words, 9, "branch-09", words["joint"], JOINT_BRANCH)
    for number in range(1, CITIES + 1):
        units.append(
            PlannedUnit(f"city-{number:02d}", words["city"].format(number=f"{number:02d}"), UnitKind.CITY, "office")
        )
        people += _city(words, f"{number:02d}")
    return Organisation(tuple(units), tuple(people))


def _planned_branch(number: int, name: str, over: str, today: date) -> PlannedUnit:
    """One was founded this year; of the others one elects too late and one soon."""
    new_year = date(today.year, 1, 1)
    founded_on = new_year + (today - new_year) / 2 if number == NEW else today - FOUNDED_AGO * number
    term_ends_on = today + TERM_ENDS_IN.get(number, LONG)
    return PlannedUnit(f"branch-{number:02d}", name, UnitKind.BRANCH, over, founded_on, term_ends_on)


def _office(words: Words) -> Iterator[PlannedPerson]:
    yield _person(words["admin"], "A001", "office", [(ADMIN, "office")], persona="admin")
    for letter, staff_number, unit, persona in SUPERVISORS:
        duties = [(RoleKind.SUPERVISOR, "office")]
        yield _person(words["supervisor"].format(letter=letter), staff_number, unit, duties, persona=persona)
    for number, letter in enumerate(_letters(OFFICE_STAFF)):
        yield _person(words["staff"].format(letter=letter), f"A{number + 10:03d}", "office", [(MEMBER, "office")])


def signs_for(number: int) -> str:
    """The staff number of whoever signs for a unit: the secretary of its branch, or where there is none a deputy."""
    return f"B{number:02d}00" if number <= WITH_BRANCH and number != VACANT else f"U{number:02d}02"


def _leaders(words: Words, number: int, code: str, unit: str) -> Iterator[PlannedPerson]:
    """The head, who answers for the unit, and two deputies; one of them signs where no branch has a secretary."""
    yield _person(words["head"].format(unit=unit), f"U{number:02d}01", code, [(MEMBER, code)], heads=code)
    for place, letter in enumerate("AB"):
        name = words["deputy"].format(unit=unit, letter=letter)
        staff_number = f"U{number:02d}{place + 2:02d}"
        duties = [(MEMBER, code), *([(SECRETARY, code)] if staff_number == signs_for(number) else [])]
        yield _person(name, staff_number, code, duties)


def _branch(words: Words, number: int, over: str, short: str, size: int) -> Iterator[PlannedPerson]:
    """A branch's secretary, who is that for the whole unit ``over``, and its members; where that post is vacant, the
    secretary's deputy. The joint branch's has three roles: a city's point is looked after from there as well."""
    code = f"branch-{number:02d}"
    leads = [] if number == VACANT else [(SECRETARY, over)]
    duties = [*leads, (MEMBER, code), *([(RoleKind.POINT_OFFICER, LAST_CITY)] if code == over else [])]
    persona = "secretary" if number == 1 else ""
    name = words["deputy-secretary" if number == VACANT else "secretary"].format(name=short)
    yield _person(name, f"B{number:02d}00", code, duties, persona=persona)
    for place, letter in enumerate(_letters(size - 1), 1):
        persona = {1: "member", 2: "accountable"}.get(place, "") if number == 1 else ""
        name = words["member"].format(name=short, letter=letter)
        yield _person(name, f"B{number:02d}{place:02d}", code, [(MEMBER, code)], persona=persona)


def _city(words: Words, number: str) -> Iterator[PlannedPerson]:
    code = f"city-{number}"
    persona = "point-officer" if number == "01" else ""
    officer = words["officer"].format(number=number)
    yield _person(officer, f"P{number}00", code, [(RoleKind.POINT_OFFICER, code)], persona=persona)
    for place, letter in enumerate(_letters(CITY_STAFF - 1), 1):
        name = words["city-member"].format(number=number, letter=letter)
        yield _person(name, f"P{number}{place:02d}", code, [(MEMBER, code)])


def _person(
    name: str, number: str, unit: str, roles: list[tuple[RoleKind, str]], heads: str = "", persona: str = ""
) -> PlannedPerson:
    return PlannedPerson(
        name, number, unit, tuple(roles), heads=heads, persona=persona, joined=number not in AWAY.union(NEWCOMERS)
    )


SUPERVISORS = (("A", "A002", "office", "supervisor"), ("B", "A003", "organ-10", ""))
"""The second is of another unit: what is about the office is not dispatched by its own people."""

AWAY = frozenset({"B0111", "B0227"})
"""Two people have never joined, so nothing reaches them."""

NEWCOMERS = ("B0108", "B0109", "B0110")
"""Three who have just asked to join."""


def _letters(count: int) -> list[str]:
    """A to Z, then AA, AB and so on."""
    pairs = (first + second for first in ascii_uppercase for second in ascii_uppercase)
    return [*ascii_uppercase, *pairs][:count]
