"""A problem as tests of rules need it."""

from datetime import UTC, datetime

from domain.problems import Concerns, Level, Problem, State


def a_problem(level: Level = Level.DEPARTMENT, state: State = State.SUBMITTED, **values: object) -> Problem:
    known = {
        "number": "WT-2030-000001",
        "level": level,
        "category": "service",
        "concerns": Concerns.MINE,
        "text": "x",
        "reporter_id": 1,
        "reporter_unit_id": 5,
        "created_at": datetime(2030, 5, 13, 2, tzinfo=UTC),
        "state": state,
    }
    return Problem(**{**known, **values})  # type: ignore[arg-type]  # the test's own values
