"""Sessions held with their rolls called, one of this morning whose roll is still to be called, sessions to come, and an
assessment that some units have submitted."""

from collections.abc import Iterator
from typing import Any

from bot.demo.past import Past
from domain.assessments import AssessmentPlan
from domain.studies import Mark, Plan, SessionKind

ADMIN, SECRETARY, ABSENT, AWAY_ON_LEAVE = "A001", "B0100", "B0105", "B0106"
BRANCH = "branch-01"
MORNING, AFTERNOON = (8, 30), (15, 0)
UNITS = 10
SUBMITTED = (2, 3, 5)


def fill(past: Past, material: dict[str, Any]) -> Iterator[None]:
    for row in material["sessions"]:
        title, place, words = row["words"]
        past.go_to(row["days"] - 4 if row["days"] < 0 else -3)
        starts = past.at(row["days"], *(AFTERNOON if row["days"] else MORNING))
        planner = past.actor(ADMIN if "units" in row else SECRETARY)
        units = tuple(past.unit(code) for code in row.get("units", [BRANCH]))
        plan = Plan(SessionKind(row["kind"]), title, starts, place, units, words)
        session = past.services.studies.plan(planner, plan)
        if row["days"] < 0:
            past.go_to(row["days"], 16, 30)
            marks = {past.person(ABSENT): Mark.ABSENT, past.person(AWAY_ON_LEAVE): Mark.ON_LEAVE}
            past.then(past.services.rolls.confirm, planner, session.id, past.unit(BRANCH), marks)
        yield
    yield from _assessments(past, material)


def _assessments(past: Past, material: dict[str, Any]) -> Iterator[None]:
    for row in material["assessments"]:
        title, words = row["words"]
        past.go_to(-10)
        heads = {past.unit(f"organ-{number:02d}"): past.person(f"U{number:02d}01") for number in range(1, UNITS + 1)}
        planned = past.services.assessments.plan(
            past.actor(ADMIN), AssessmentPlan(title, past.at(row["days"], 18), heads, words)
        )
        for number in SUBMITTED:
            past.go_to(-number, 11)
            unit = past.unit(f"organ-{number:02d}")
            head = past.actor(f"U{number:02d}01")
            past.then(past.services.assessments.submit, head, planned.id, unit, material["submitted"])
        yield
