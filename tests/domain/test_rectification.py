"""Rules of the work on a problem: who may be put in charge, when it may be closed."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import DomainError
from domain.problems import MAX_REASON, Level, Measure
from domain.rectification import (
    add_piece,
    check_accountable,
    check_closable,
    check_deadline,
    check_move,
    check_reason,
    check_verifier,
)
from domain.reporting import MAX_FILES
from tests.domain.problem import a_problem

NOW = datetime(2030, 5, 13, 2, tzinfo=UTC)


def code(check: object, *arguments: object) -> str:
    """The refusal's code, or nothing where it is allowed."""
    try:
        check(*arguments)  # type: ignore[operator]  # any of the checks
    except DomainError as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("verifier", "path", "headed", "refusal"),
    [
        (2, "/1/3/", [], ""),
        (2, "/1/2/", [], ""),
        (1, "/1/3/", [], "verifier-same"),
        (2, "/1/2/", ["/1/2/"], "verifier-subordinate"),
        (2, "/1/2/7/", ["/1/2/"], "verifier-subordinate"),
        (2, "/1/22/", ["/1/2/"], ""),
        (2, "/1/", ["/1/2/"], ""),
    ],
)
def test_the_verifier_is_somebody_else_and_no_subordinate(
    verifier: int, path: str, headed: list[str], refusal: str
) -> None:
    assert code(check_verifier, 1, verifier, path, headed) == refusal


def test_the_accountable_person_is_of_the_unit() -> None:
    problem = a_problem()
    assert code(check_accountable, problem, 9, "/1/2/7/", "/1/2/") == ""
    assert code(check_accountable, problem, 9, "/1/3/", "/1/2/") == "not-of-unit"


def test_nobody_else_answers_for_a_shortcoming_of_ones_own() -> None:
    problem = a_problem(Level.INDIVIDUAL)
    assert code(check_accountable, problem, problem.reporter_id, "/1/2/", "/1/2/") == ""
    assert code(check_accountable, problem, 9, "/1/2/", "/1/2/") == "own-shortcoming"


def test_closure_needs_measures_all_done_all_proven() -> None:
    def measure(number: int, *, done: bool) -> Measure:
        made = Measure(1, "x", NOW, 1, done_at=NOW if done else None)
        made.id = number
        return made

    assert code(check_closable, [], set()) == "measures-missing"
    assert code(check_closable, [measure(1, done=True), measure(2, done=False)], {1, 2}) == "measures-open"
    assert code(check_closable, [measure(1, done=True), measure(2, done=True)], {1}) == "evidence-missing"
    assert code(check_closable, [measure(1, done=True), measure(2, done=True)], {1, 2}) == ""


def test_a_deadline_lies_ahead() -> None:
    assert code(check_deadline, NOW, NOW) == "deadline-past"
    assert code(check_deadline, NOW + timedelta(seconds=1), NOW) == ""


def test_a_deadline_is_put_off_twice_and_moved_to_an_earlier_day_as_often_as_one_likes() -> None:
    before, later = NOW + timedelta(days=5), NOW + timedelta(days=9)
    assert code(check_move, later, before, 1, NOW) == ""
    assert code(check_move, later, before, 2, NOW) == "extensions-used"
    assert code(check_move, NOW + timedelta(days=1), before, 2, NOW) == ""
    assert code(check_move, before, before, 2, NOW) == "deadline-same"
    assert code(check_move, NOW, before, 0, NOW) == "deadline-past"


def test_a_reason_is_a_sentence_of_a_bounded_length() -> None:
    assert check_reason("  because \n") == "because"
    assert code(check_reason, " \n") == "reason-empty"
    assert code(check_reason, "x" * MAX_REASON) == ""
    assert code(check_reason, "x" * (MAX_REASON + 1)) == "text-too-long"


def test_pieces_are_gathered_up_to_a_bound() -> None:
    draft = add_piece({"id": 1}, " first ", [{"id": "a"}])
    draft = add_piece(draft, "", [{"id": "b"}])
    assert draft == {"id": 1, "texts": ["first"], "files": [{"id": "a"}, {"id": "b"}]}
    assert code(add_piece, draft, "", [{"id": "c"}] * (MAX_FILES - 1)) == "too-many-files"
