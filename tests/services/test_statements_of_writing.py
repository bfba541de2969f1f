"""How many statements an update that writes may ask, with the mark and the dialogue that its commit takes along."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.services import Services
from domain.people import Actor
from domain.problems import Concerns, Level, Report
from domain.turn import Turn, current_turn
from storage.engine import Database
from storage.inbox import Inbox
from storage.prepared import Prepared
from tests.conftest import FixedClock


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements between BEGIN and COMMIT; those two are not among them."""
    said: list[str] = []

    def note(*call: object) -> None:
        if not str(call[2]).startswith(("BEGIN", "COMMIT")):
            said.append(str(call[2]))

    def opened(one: Prepared, session: Session) -> tuple[Any, Any]:
        ready, cursor = of_prepared(one, session)
        said.append(ready.sql)
        return ready, cursor

    of_prepared = Prepared._opened
    event.listen(database.engine, "before_cursor_execute", note)
    try:
        with patch.object(Prepared, "_opened", opened):
            yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def within_an_update(database: Database, clock: FixedClock, number: int, use: Callable[[], object]) -> list[str]:
    """What a use case asks whose update moves a dialogue on that was there before."""
    turn = Inbox(database).open(Turn(42, number, 70, "telegram", clock.now()))
    turn.state, turn.changed = f"Step:{number}", True
    token = current_turn.set(turn)
    try:
        with counted(database) as said:
            use()
    finally:
        current_turn.reset(token)
    return said


def test_a_confirmed_report_asks_nine_statements(
    database: Database, services: Services, actors: dict[str, Actor], clock: FixedClock
) -> None:
    member = actors["member"]
    report = Report(Level.DEPARTMENT, Concerns.MINE, member.unit_id, "service", "文字")
    for number in (1, 2):
        said = within_an_update(database, clock, number, lambda: services.reports.report(member, report))
    assert len(said) == 9, said


def test_an_answer_asks_eight_statements(
    database: Database, services: Services, actors: dict[str, Actor], clock: FixedClock, opened: int
) -> None:
    services.quiz.start(actors["member"], opened)
    for number in (0, 1):
        said = within_an_update(
            database, clock, number, lambda at=number: services.quiz.choose(actors["member"], opened, at, 0, on=True)
        )
    assert len([one for one in said if "dialogue" not in one]) == 8, said
