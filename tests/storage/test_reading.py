"""What a unit of work reads anew and what it need not."""

import pytest
from sqlalchemy import event

from domain.people import Actor
from domain.problems import Concerns, Level, Problem
from storage.engine import Database
from storage.people import People
from storage.unit_of_work import Store
from tests.conftest import MONDAY
from tests.services.outcomes import on_postgres


@on_postgres
def test_what_is_locked_is_read_again_though_it_was_known(store: Store, actors: dict[str, Actor]) -> None:
    reporter = actors["member"]
    assert reporter.person_id is not None
    assert reporter.unit_id is not None
    report = Problem(
        "WT-2030-000001",
        Level.DEPARTMENT,
        "service",
        Concerns.UNSURE,
        "文字",
        reporter.person_id,
        reporter.unit_id,
        MONDAY,
    )
    with store.work() as work:
        problem_id = work.problems.add(report).id
    with store.work() as slow:
        known = slow.problems.find(problem_id)
        with store.work() as quick:
            problem = quick.problems.take(problem_id)
            assert problem is not None
            problem.text = "改过的文字"
        taken = slow.problems.take(problem_id)
        assert taken is known
        assert taken is not None
        assert taken.text == "改过的文字"


@pytest.mark.usefixtures("actors")
def test_a_reading_session_reads_no_row_twice(database: Database) -> None:
    said: list[str] = []
    with database.reading() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *call: said.append(call[2]))
        people = People(session)
        assert people.unit(1) is not None
        assert people.unit(1) is not None
    assert len([statement for statement in said if "FROM unit" in statement]) == 1
