"""How a question and the news of a contest read, in both languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.contests import QuestionKind, UnitLine
from domain.sittings import Option, Result, Sitting
from views import deliveries, quiz
from views.screen import Screen
from views.texts import LANGUAGES, Texts, Translator

ZONE = ZoneInfo("Asia/Shanghai")
CLOSES = datetime(2030, 5, 13, 10, 0, tzinfo=UTC)


@pytest.fixture(params=LANGUAGES)
def t(request: pytest.FixtureRequest) -> Translator:
    return Texts().translator(request.param, ZONE)


def sitting(**changes: object) -> Sitting:
    values = {
        "contest_id": 7,
        "title": "t",
        "position": 1,
        "total": 3,
        "kind": QuestionKind.SINGLE,
        "stem": "?",
        "options": (Option("甲", False, False), Option("乙", True, False)),
        "unanswered": (0, 2),
        "unconfirmed": 0,
        "deadline": CLOSES,
        "left": timedelta(minutes=11, seconds=1),
        "practice": False,
        "revealed": False,
        "right": False,
        "reason": "",
    }
    return Sitting(**{**values, **changes})  # type: ignore[arg-type]


def said(screen: Screen) -> str:
    return str(screen.as_json()["text"])


def labels(screen: Screen) -> list[str]:
    return [button.text for row in screen.rows for button in row]


def test_started_minutes_count_whole_and_a_long_time_is_told_by_its_end(t: Translator) -> None:
    assert "12" in said(quiz.question(t, sitting())).partition("\n")[0]
    assert "18:00" in said(quiz.question(t, sitting(left=timedelta(hours=5)))).partition("\n")[0]


def test_a_chosen_option_is_marked_and_its_button_sets_it_again(t: Translator) -> None:
    screen = quiz.question(t, sitting())
    assert [label for label in labels(screen) if "乙" in label] == ["● B. 乙"]
    assert screen.rows[1][0].data == "qz:pick:7:1:1:1"


def test_a_ticked_option_of_several_is_cleared_by_its_button(t: Translator) -> None:
    screen = quiz.question(t, sitting(kind=QuestionKind.MULTIPLE))
    assert [screen.rows[0][0].data, screen.rows[1][0].data] == ["qz:pick:7:1:0:1", "qz:pick:7:1:1:0"]


def test_options_that_fit_no_button_stand_in_the_text_in_full(t: Translator) -> None:
    long = "很长的选项" * 30
    screen = quiz.question(t, sitting(options=(Option(long, False, False), Option("乙", False, False))))
    assert f"A. {long}" in said(screen)
    assert max(len(label) for label in labels(screen)) <= 32


def test_the_way_leads_to_the_next_unanswered_question_and_round_to_the_first(t: Translator) -> None:
    ways = [button.data for row in quiz.question(t, sitting()).rows for button in row]
    assert "qz:at:7:2:0:1" in ways
    last = [button.data for row in quiz.question(t, sitting(position=2)).rows for button in row]
    assert "qz:at:7:0:0:1" in last


def test_a_judged_question_has_marks_and_reason_and_no_more_choices(t: Translator) -> None:
    judged = sitting(
        practice=True, revealed=True, reason="因", options=(Option("甲", False, True), Option("乙", True, False))
    )
    screen = quiz.question(t, judged)
    right, wrong = t.plain("quiz-is-right"), t.plain("quiz-is-own")
    assert f"✓ A. 甲{t.plain('quiz-judged', said=right)}\n✗ B. 乙{t.plain('quiz-judged', said=wrong)}" in said(screen)
    assert "因" in said(screen)
    assert not any("qz:pick" in button.data for row in screen.rows for button in row)


def test_an_answer_gone_over_tells_what_was_right_and_what_was_ones_own(t: Translator) -> None:
    options = (
        Option("甲", True, True),
        Option("乙", False, True),
        Option("丙", True, False),
        Option("丁", False, False),
    )
    words = said(quiz.review(t, sitting(kind=QuestionKind.MULTIPLE, revealed=True, options=options)))
    right, own = t.plain("quiz-is-right"), t.plain("quiz-is-own")
    shown = [line for line in words.splitlines() if ". " in line and line[:1] in "✓✗·"]
    assert [(right in line, own in line) for line in shown] == [
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_question_left_out_is_not_called_wrong(t: Translator) -> None:
    options = (Option("甲", False, True), Option("乙", False, False))
    assert t.plain("quiz-unanswered", answer="A") in said(quiz.review(t, sitting(revealed=True, options=options)))


def test_a_table_names_no_unit_for_the_small_ones_and_no_mean_of_few(t: Translator) -> None:
    found = Result(7, "t", 80, 4, 5, None, 0, (UnitLine("一处", 9, 2, None), UnitLine("", 6, 5, 71)))
    first, second = said(quiz.result(t, found)).splitlines()[-2:]
    assert first.startswith("一处")
    assert t.plain("quiz-small-units") in second
    assert "71" in second


@pytest.mark.parametrize("practice", [True, False])
@pytest.mark.parametrize("minutes", [None, 1, 20])
def test_the_news_of_a_contest_asks_first_and_says_by_when(t: Translator, practice: bool, minutes: int | None) -> None:
    payload = {
        "v": 1,
        "contest": 7,
        "title": "知识竞赛",
        "closes": CLOSES.isoformat(),
        "questions": 20,
        "minutes": minutes,
        "practice": practice,
    }
    screen = deliveries.render("contest-open", payload, t)
    first, second, _ = said(screen).splitlines()
    assert first.startswith(("请您", "Please"))
    assert "18:00" in second
    assert screen.rows[0][0].data == "qz:desk:7:0:0:1"


@pytest.mark.parametrize("score", [None, 60])
def test_the_receipt_tells_a_score_only_where_there_is_one(t: Translator, score: int | None) -> None:
    payload = {
        "v": 1,
        "contest": 7,
        "title": "知识竞赛",
        "answered": 3,
        "questions": 4,
        "closes": CLOSES.isoformat(),
        "score": score,
    }
    words = said(deliveries.render("contest-handed-in", payload, t))
    assert ("60" in words) is (score is not None)
    assert ("18:00" in words) is (score is None)
