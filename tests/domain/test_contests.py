"""Contests: their times, their papers, their scores and what a table may tell."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.banks import PlannedQuestion, checked, fault
from domain.contests import (
    Attempt,
    Contest,
    ContestPlan,
    Phase,
    Question,
    QuestionKind,
    UnitLine,
    choose,
    draw,
    median,
    require_count,
    score,
    shuffled,
    unit_table,
)
from domain.errors import DomainError, NotFound

OPENS = datetime(2030, 5, 13, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=3)


def contest(minutes: int | None = 30) -> Contest:
    return Contest("t", 1, 2, OPENS, CLOSES, minutes, False, None, 1, OPENS)


def question(kind: QuestionKind = QuestionKind.SINGLE, answer: tuple[int, ...] = (0,), number: int = 1) -> Question:
    options = ("对", "错") if kind is QuestionKind.TRUEFALSE else ("甲", "乙", "丙", "丁")
    made = Question(1, number, kind, "章", f"题{number}", options, answer)
    made.id = number
    return made


@pytest.mark.parametrize(
    ("after", "phase"),
    [
        (timedelta(seconds=-1), Phase.PLANNED),
        (timedelta(), Phase.OPEN),
        (timedelta(hours=3, microseconds=-1), Phase.OPEN),
        (timedelta(hours=3), Phase.CLOSED),
    ],
)
def test_where_a_contest_stands_follows_from_the_time(after: timedelta, phase: Phase) -> None:
    assert contest().phase(OPENS + after) is phase


@pytest.mark.parametrize(
    ("minutes", "started", "deadline"),
    [
        (30, timedelta(), timedelta(minutes=30)),
        (30, timedelta(hours=2, minutes=50), timedelta(hours=3)),
        (None, timedelta(hours=1), timedelta(hours=3)),
    ],
)
def test_an_attempt_ends_with_its_time_or_with_the_window(
    minutes: int | None, started: timedelta, deadline: timedelta
) -> None:
    assert contest(minutes).deadline(OPENS + started) == OPENS + deadline


def test_an_attempt_out_of_time_or_handed_in_takes_nothing_more() -> None:
    attempt = Attempt(1, 1, 7, OPENS)
    attempt.require_running(contest(), OPENS + timedelta(minutes=29, seconds=59))
    with pytest.raises(DomainError, match="contest-time-up"):
        attempt.require_running(contest(), OPENS + timedelta(minutes=30))
    attempt.submitted_at = OPENS
    with pytest.raises(DomainError, match="contest-handed-in"):
        attempt.require_running(contest(), OPENS + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("answer", "chosen", "right"),
    [
        ((0, 2), (2, 0), True),
        ((0, 2), (0,), False),
        ((0, 2), (0, 1, 2), False),
        ((0, 2), (), False),
        ((1,), (1,), True),
    ],
)
def test_all_right_options_and_no_other(answer: tuple[int, ...], chosen: tuple[int, ...], right: bool) -> None:
    assert question(QuestionKind.MULTIPLE, answer).is_right(chosen) is right


def test_pressing_twice_is_one_choice() -> None:
    several = question(QuestionKind.MULTIPLE, (0, 1))
    assert choose(several, (1,), 2, on=True) == choose(several, (1, 2), 2, on=True) == (1, 2)
    assert choose(several, (1, 2), 2, on=False) == choose(several, (1,), 2, on=False) == (1,)
    assert choose(question(), (1,), 2, on=True) == (2,)
    with pytest.raises(NotFound):
        choose(question(), (), 4, on=True)


@given(st.integers(0, 2**62), st.integers(1, 20))
def test_a_seed_draws_the_same_questions_always_and_none_twice(seed: int, count: int) -> None:
    drawn = draw(seed, list(range(1, 21)), count)
    assert drawn == draw(seed, list(range(20, 0, -1)), count)
    assert len(set(drawn)) == len(drawn) == count


@given(st.integers(0, 2**62))
def test_every_option_stands_in_the_paper_once_in_the_same_order_always(seed: int) -> None:
    [one] = shuffled(seed, [question()])
    assert sorted(one.order) == [0, 1, 2, 3]
    assert [one.order for one in shuffled(seed, [question()])] == [one.order]


def test_papers_differ_and_a_seed_keeps_its_paper_over_releases() -> None:
    ids = range(1, 21)
    assert len({tuple(draw(seed, ids, 5)) for seed in range(50)}) > 40
    assert len({shuffled(seed, [question()])[0].order for seed in range(200)}) == 24
    assert draw(1, ids, 4) == [7, 11, 4, 8]


def test_right_and_wrong_keep_their_order() -> None:
    bank = [question(QuestionKind.TRUEFALSE, number=number) for number in range(1, 30)]
    assert {one.order for one in shuffled(3, bank)} == {(0, 1)}


@given(st.integers(-5, 300), st.integers(-1, 200))
def test_a_score_is_a_whole_number_from_0_to_100(right: int, total: int) -> None:
    assert 0 <= score(right, total) <= 100


def test_scores_and_their_middle() -> None:
    assert [score(right, 3) for right in range(4)] == [0, 33, 66, 100]
    assert median([10, 20, 30, 40, 100]) == 30
    assert median([0, 10, 21, 30, 40, 50]) == 25
    assert median([100, 0, 50, 60]) is None


def test_units_stand_in_roster_order_and_small_ones_are_one_line() -> None:
    units = [(3, "丙"), (1, "甲"), (2, "乙"), (4, "丁")]
    people = {1: 4, 2: 3, 3: 10, 4: 6}
    scores = {3: [50, 60, 70, 80, 90], 1: [100, 100, 100], 2: [0, 0], 4: [10, 20, 30, 40]}
    assert unit_table(units, people, scores) == (
        UnitLine("丙", 10, 5, 70),
        UnitLine("丁", 6, 4, None),
        UnitLine("", 7, 5, 60),
    )


def test_the_line_of_small_units_is_left_out_while_it_is_still_of_few() -> None:
    assert unit_table([(1, "甲"), (2, "乙")], {1: 2, 2: 2}, {1: [100], 2: [0]}) == ()


@given(
    st.dictionaries(st.integers(1, 8), st.integers(0, 12), min_size=1),
    st.data(),
)
def test_no_line_speaks_of_fewer_than_five(people: dict[int, int], data: st.DataObject) -> None:
    scores = {
        unit: data.draw(st.lists(st.integers(0, 100), min_size=0, max_size=count)) for unit, count in people.items()
    }
    for line in unit_table([(unit, str(unit)) for unit in people], people, scores):
        assert line.people >= 5
        assert line.mean is None or line.took_part >= 5


def test_a_bank_too_small_is_refused_with_both_numbers() -> None:
    with pytest.raises(DomainError) as caught:
        require_count(20, 7)
    assert (caught.value.code, caught.value.values) == ("contest-bank-too-small", {"wanted": 20, "available": 7})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "contest-title-missing"),
        ({"title": "字" * 81}, "text-too-long"),
        ({"question_count": 0}, "contest-count"),
        ({"closes_at": OPENS}, "contest-window"),
        ({"minutes": 0}, "contest-minutes"),
        ({"question_count": 11}, "contest-bank-too-small"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(changes: dict[str, object], code: str) -> None:
    values = {
        "title": "知识竞赛",
        "bank_id": 1,
        "question_count": 10,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "minutes": 20,
        "practice": False,
        "unit_id": None,
    }
    ContestPlan(**values).check(10, OPENS)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match=code):
        ContestPlan(**{**values, **changes}).check(10, OPENS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "options", "answer", "code"),
    [
        ("single", ("甲", "乙"), (0,), None),
        ("multiple", ("甲", "乙", "丙"), (0, 2), None),
        ("single", ("甲",), (0,), "options-few"),
        ("single", tuple("甲乙丙丁戊己庚辛壬"), (0,), "options-many"),
        ("single", ("甲", ""), (0,), "option-empty"),
        ("single", ("甲", "甲"), (0,), "option-twice"),
        ("single", ("甲", "乙"), (), "answer-missing"),
        ("single", ("甲", "乙"), (2,), "answer-unknown"),
        ("multiple", ("甲", "乙"), (0, 0), "answer-unknown"),
        ("single", ("甲", "乙"), (0, 1), "answer-one"),
        ("truefalse", ("甲", "乙", "丙"), (0,), "options-two"),
        ("single", ("甲" * 201, "乙"), (0,), "too-long"),
    ],
)
def test_what_is_wrong_with_a_question(
    kind: str, options: tuple[str, ...], answer: tuple[int, ...], code: str | None
) -> None:
    assert fault(PlannedQuestion(QuestionKind(kind), "章", "题", options, answer)) == code


def test_the_same_question_twice_is_named_with_its_row() -> None:
    one = PlannedQuestion(QuestionKind.SINGLE, "章", "题", ("甲", "乙"), (0,))
    bank = checked("库", [(2, one), (3, one), (4, "kind-unknown")])
    assert [(error.row, error.code) for error in bank.errors] == [(3, "stem-twice"), (4, "kind-unknown")]
    assert (bank.by_kind(), bank.by_chapter()) == ({"single": 1}, {"章": 1})
