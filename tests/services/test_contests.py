"""Contests over real databases: planning, telling, taking part, counting, and races for one attempt."""

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.services import Services
from domain.contests import Phase, QuestionKind
from domain.errors import DomainError, NotFound
from domain.people import Actor
from domain.sittings import Sitting, Taken
from services.banks import read_bank
from services.spreadsheets import write_workbook
from storage.contests import answer
from storage.engine import Database
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.services.contests import WORDS, answer_rightly, as_actor, bank, everybody, plan, question, right_options

Actors = dict[str, Actor]


def code(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def test_a_sheet_is_read_by_row_and_everything_wrong_is_named() -> None:
    rows = [
        ["题型", "章节", "题干", "答案", "解析", "A", "B", "C"],
        ["单选", "一", "几年？", "B", "文件第一条", "二年", "三年", ""],
        ["多选", "一", "哪些？", "A、C", "", "甲", "乙", "丙"],
        ["判断", "二", "对吗？", "错误", "", "正确", "错误", ""],
        ["问答", "二", "为何？", "A", "", "甲", "乙", ""],
        ["单选", "二", "谁？", "D", "", "甲", "乙", ""],
        ["单选", "二", "", "A", "", "甲", "乙", ""],
    ]
    read = read_bank(write_workbook({"题库": rows}), "知识题库.xlsx", WORDS)
    assert (read.title, read.by_kind()) == ("知识题库", {"single": 1, "multiple": 1, "truefalse": 1})
    assert [question.answer for question in read.questions] == [(1,), (0, 2), (1,)]
    assert [(error.row, error.code) for error in read.errors] == [
        (5, "kind-unknown"),
        (6, "answer-unknown"),
        (7, "stem-missing"),
    ]


def test_a_sheet_without_its_columns_is_refused_with_their_names() -> None:
    rows = [["题干", "单选", "B", "A"], ["几年？", "单选", "二年", "三年"]]
    with pytest.raises(DomainError) as caught:
        read_bank(write_workbook({"题库": rows}), "题库.xlsx", WORDS)
    assert (caught.value.code, caught.value.values) == ("bank-columns", {"columns": "题型 / 答案"})


def test_columns_are_known_by_their_names_wherever_they_stand() -> None:
    rows = [["答案", "A", "B", "题型", "备注", "题干"], ["B", "二年", "三年", "单选", "无", "几年？"]]
    [read] = read_bank(write_workbook({"题库": rows}), "题库.xlsx", WORDS).questions
    assert (read.stem, read.options, read.answer) == ("几年？", ("二年", "三年"), (1,))


@pytest.mark.parametrize(("language", "count"), [("zh", 64), ("en", 30)])
def test_the_sample_banks_read_without_errors_and_give_a_reason_for_each_answer(language: str, count: int) -> None:
    sample = Path(__file__).parents[2] / "samples" / f"quiz_bank.{language}.json"
    read = read_bank(sample.read_bytes(), sample.name, WORDS)
    assert (len(read.questions), read.errors) == (count, ())
    assert all(question.reason for question in read.questions)
    # What stands alone names its subject: nobody has the paper a question was taken from.
    assert not any("材料" in question.stem or question.stem.endswith("：") for question in read.questions)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"{}", "a.json", "bank-broken"),
        (b"[" * 100_000, "a.json", "bank-broken"),
        (b"\xff", "a.json", "bank-broken"),
        (b'{"questions": []}', "a.json", "bank-empty"),
        (b"x", "a.pdf", "bank-kind"),
        (b"PK", "a.xlsx", "sheet-broken"),
    ],
)
def test_a_file_that_is_no_bank_is_refused(data: bytes, name: str, expected: str) -> None:
    assert code(lambda: read_bank(data, name, WORDS)) == expected


def test_a_strange_json_is_named_by_question_and_never_saved(services: Services, actors: Actors) -> None:
    items = [question(1), "x", {"type": "essay", "options": [], "answer": []}, {**question(2), "answer": ["a"]}]
    read = read_bank(json.dumps({"questions": items}).encode(), "库.json", WORDS)
    assert [error.row for error in read.errors] == [2, 3, 4]
    assert code(lambda: services.contests.save_bank(actors["admin"], read)) == "bank-has-errors"
    assert services.contests.banks(actors["admin"]) == []


def test_only_an_organiser_runs_contests(services: Services, actors: Actors, opened: int, clock: FixedClock) -> None:
    for name in ("guest", "member", "secretary", "supervisor"):
        actor = actors[name]
        assert code(lambda: services.contests.banks(actor)) == "organisers-only"  # noqa: B023 - called at once
        assert code(lambda: services.contests.card(actor, opened)) == "organisers-only"  # noqa: B023
        assert code(lambda: services.contests.create(actor, plan(clock, 1))) == "organisers-only"  # noqa: B023
        assert code(lambda: services.contests.publish(actor, opened)) == "organisers-only"  # noqa: B023


def test_a_bank_too_small_is_refused(services: Services, actors: Actors, clock: FixedClock) -> None:
    few = bank(services, actors["admin"], ("single",))
    assert code(lambda: services.contests.create(actors["admin"], plan(clock, few))) == "contest-bank-too-small"
    assert services.contests.newest(actors["admin"]) == []


def tell(services: Services) -> None:
    for number in services.contests.untold():
        while services.contests.tell_slice(number):
            continue


def test_everybody_it_is_for_is_told_once_when_it_opens_within_working_hours(
    services: Services, actors: Actors, clock: FixedClock, store: Store
) -> None:
    bank_id = bank(services, actors["admin"], ("single",) * 3)
    opens = clock.set_local("2030-05-17 20:00")
    closes = opens + timedelta(days=7)
    clock.set_local("2030-05-17 10:00")
    number = services.contests.create(actors["admin"], plan(clock, bank_id, opens_at=opens, closes_at=closes))
    assert services.contests.untold() == []
    clock.set_local("2030-05-17 20:00")
    tell(services)
    tell(services)
    assert not services.contests.tell_slice(number)
    with store.work() as work:
        told = work.deliveries.find("contest-open", str(number))
    assert Counter(row.person_id for row in told) == Counter(person.id for person in everybody(store))
    assert {row.not_before for row in told} == {clock.set_local("2030-05-20 08:30")}
    assert {row.expires_at for row in told} == {closes}


def test_who_has_begun_is_not_told_that_it_is_open(
    services: Services, actors: Actors, opened: int, store: Store
) -> None:
    services.quiz.start(actors["member"], opened)
    tell(services)
    with store.work() as work:
        told = {row.person_id for row in work.deliveries.find("contest-open", str(opened))}
    assert told == {person.id for person in everybody(store)} - {actors["member"].person_id}


def test_a_contest_can_be_taken_back_until_it_opens(
    services: Services, actors: Actors, opened: int, clock: FixedClock, store: Store
) -> None:
    admin = actors["admin"]
    assert code(lambda: services.contests.remove(admin, opened)) == "contest-has-opened"
    [bank_line] = services.contests.banks(admin)
    later = services.contests.create(admin, plan(clock, bank_line.id, opens_at=clock.now() + timedelta(hours=1)))
    assert code(lambda: services.contests.remove(actors["secretary"], later)) == "organisers-only"
    services.contests.remove(admin, later)
    assert [number for number, _, _ in services.contests.newest(admin)] == [opened]
    clock.advance(hours=2)
    assert services.contests.untold() == [opened]


def test_many_people_are_told_slice_by_slice_and_nobody_twice(
    services: Services, opened: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.contests.SLICE", 3)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: tell(services), range(4)))
    with store.work() as work:
        told = work.deliveries.find("contest-open", str(opened))
    assert Counter(row.person_id for row in told) == Counter(person.id for person in everybody(store))
    assert services.contests.untold() == []


def test_a_contest_for_one_unit_reads_to_others_as_one_that_does_not_exist(
    services: Services, actors: Actors, clock: FixedClock
) -> None:
    admin, member = actors["admin"], actors["member"]
    bank_id = bank(services, admin, ("single",) * 3)
    other = next(unit for unit, _ in reversed(services.contests.units(admin)) if unit != member.unit_id)
    hidden = services.contests.create(admin, plan(clock, bank_id, unit_id=other))
    shown = services.contests.create(admin, plan(clock, bank_id, unit_id=member.unit_id))
    assert [desk.contest_id for desk in services.quiz.desks(member)] == [shown]
    for call in (services.quiz.desk, services.quiz.start, services.quiz.sitting, services.quiz.result):
        assert code(lambda: call(member, hidden)) == code(lambda: call(member, 9999)) == "not-found"  # noqa: B023
    assert services.contests.audience_size(admin, member.unit_id) < services.contests.audience_size(admin, None)


def test_before_it_opens_nobody_can_start_and_nothing_is_listed(
    services: Services, actors: Actors, clock: FixedClock
) -> None:
    bank_id = bank(services, actors["admin"], ("single",) * 3)
    opens = clock.now() + timedelta(hours=1)
    number = services.contests.create(actors["admin"], plan(clock, bank_id, opens_at=opens))
    assert services.quiz.desks(actors["member"]) == []
    with pytest.raises(NotFound):
        services.quiz.start(actors["member"], number)


def test_one_attempt_goes_on_wherever_and_whenever_it_is_opened_again(
    services: Services, actors: Actors, clock: FixedClock
) -> None:
    admin, member = actors["admin"], actors["member"]
    opened = services.contests.create(admin, plan(clock, bank(services, admin, ("single",) * 3)))
    assert services.quiz.waiting(member) == 1
    first = services.quiz.start(member, opened)
    services.quiz.choose(member, opened, 0, 1, on=True)
    clock.advance(minutes=5)
    again = services.quiz.start(member, opened)
    assert again.stem != first.stem
    assert (first.unanswered, again.unanswered) == ((0, 1, 2), (1, 2))
    assert again.deadline == first.deadline
    assert services.quiz.sitting(member, opened, 0).stem == first.stem
    assert services.quiz.sitting(member, opened, 0).options[1].chosen
    assert again.left == timedelta(minutes=15)
    assert services.quiz.desk(member, opened).taken is Taken.RUNNING


def test_what_follows_an_answer_knows_of_it(services: Services, actors: Actors, opened: int) -> None:
    member = actors["member"]
    sitting = services.quiz.start(member, opened)
    for position in range(sitting.total):
        told = services.quiz.choose(member, opened, position, 0, on=True)
        if told.kind is QuestionKind.MULTIPLE and told.position == position:
            assert (told.options[0].chosen, told.unconfirmed) == (True, 1)
            told = services.quiz.finish_question(member, opened, position)
        assert told.unanswered == tuple(range(position + 1, sitting.total))


def test_right_answers_never_leave_before_the_end(services: Services, actors: Actors, opened: int) -> None:
    member = actors["member"]
    services.quiz.start(member, opened)
    for position in range(3):
        services.quiz.choose(member, opened, position, 0, on=True)
        here = services.quiz.sitting(member, opened, position)
        assert not any(option.right for option in here.options)
        assert (here.revealed, here.right, here.reason) == (False, False, "")
    services.quiz.hand_in(member, opened)
    assert code(lambda: services.quiz.result(member, opened)) == "contest-result-later"
    assert code(lambda: services.quiz.review(member, opened, 0)) == "contest-result-later"


def test_the_servers_clock_ends_an_attempt_and_what_was_answered_counts(
    services: Services, actors: Actors, opened: int, clock: FixedClock, store: Store
) -> None:
    member = actors["member"]
    sitting = services.quiz.start(member, opened)
    rights = right_options(store, sitting)[sitting.stem]
    for shown, option in enumerate(sitting.options):
        if option.text in rights:
            services.quiz.choose(member, opened, 0, shown, on=True)
    clock.advance(minutes=20)
    for late in (
        lambda: services.quiz.choose(member, opened, 1, 0, on=True),
        lambda: services.quiz.hand_in(member, opened),
        lambda: services.quiz.start(member, opened),
    ):
        assert code(late) == "contest-time-up"
    assert services.quiz.desk(member, opened).taken is Taken.TIME_UP
    assert services.quiz.waiting(member) == 0
    clock.advance(hours=4)
    result = services.quiz.result(member, opened)
    assert (result.score, result.right, result.total) == (33, 1, 3)


def test_after_handing_in_nothing_changes_and_handing_in_twice_is_one(
    services: Services, actors: Actors, opened: int, store: Store
) -> None:
    member = actors["member"]
    answer_rightly(services, member, opened, store)
    services.quiz.hand_in(member, opened)
    assert code(lambda: services.quiz.choose(member, opened, 0, 0, on=True)) == "contest-handed-in"
    with store.work() as work:
        assert len(work.deliveries.find("contest-handed-in", str(opened))) == 1


def test_choices_from_nowhere_are_refused(services: Services, actors: Actors, opened: int) -> None:
    services.quiz.start(actors["member"], opened)
    for position, shown in ((9, 0), (-1, 0), (0, 9), (0, -1)):
        with pytest.raises(NotFound):
            services.quiz.choose(actors["member"], opened, position, shown, on=True)
    with pytest.raises(NotFound):
        services.quiz.choose(actors["secretary"], opened, 0, 0, on=True)


def test_a_practice_round_tells_answer_and_reason_at_once_and_the_answer_stands(
    services: Services, actors: Actors, clock: FixedClock
) -> None:
    admin, member = actors["admin"], actors["member"]
    bank_id = bank(services, admin, ("single", "multiple", "single"))
    number = services.contests.create(admin, plan(clock, bank_id, practice=True, minutes=None))
    assert services.quiz.waiting(member) == 0
    sitting = services.quiz.start(member, number)
    for position in range(3):
        sitting = services.quiz.choose(member, number, position, 0, on=True)
        if len(sitting.options) == 4 and not sitting.revealed:
            assert position in sitting.unanswered
            sitting = services.quiz.finish_question(member, number, position)
        assert (sitting.position, sitting.revealed, sitting.reason) == (position, True, "因")
        again = services.quiz.choose(member, number, position, 1, on=True)
        assert [option.chosen for option in again.options] == [option.chosen for option in sitting.options]
    services.quiz.hand_in(member, number)
    assert services.quiz.result(member, number).score is not None


def test_nothing_chosen_cannot_be_finished(services: Services, actors: Actors, opened: int) -> None:
    services.quiz.start(actors["member"], opened)
    assert code(lambda: services.quiz.finish_question(actors["member"], opened, 0)) == "contest-nothing-chosen"


def test_results_by_unit_are_published_only_when_the_organiser_decides(
    services: Services, actors: Actors, opened: int, clock: FixedClock, store: Store
) -> None:
    admin, member = actors["admin"], actors["member"]
    people = everybody(store)
    for wrong, person in enumerate(people[:6]):
        answer_rightly(services, as_actor(store, person), opened, store, wrong=min(wrong, 3))
    assert code(lambda: services.contests.publish(admin, opened)) == "contest-still-open"
    assert services.contests.card(admin, opened).table == ()
    clock.advance(hours=4)
    card = services.contests.card(admin, opened)
    assert (card.phase, card.people, card.took_part) == (Phase.CLOSED, len(people), 6)
    assert sum(line.people for line in card.table) <= len(people)
    result = services.quiz.result(member, opened)
    assert (result.median, result.took_part, result.table) == (16, 6, ())
    services.contests.publish(admin, opened)
    services.contests.publish(admin, opened)
    assert services.quiz.result(member, opened).table == card.table
    own = services.quiz.result(as_actor(store, people[0]), opened)
    assert own.score == 100
    review = services.quiz.review(as_actor(store, people[0]), opened, 0)
    assert review.right
    assert [option.right for option in review.options] == [option.chosen for option in review.options]


def test_twenty_threads_starting_begin_one_attempt(
    services: Services, actors: Actors, opened: int, store: Store
) -> None:
    member = actors["member"]
    with ThreadPoolExecutor(20) as threads:
        sittings = list(threads.map(lambda _: services.quiz.start(member, opened), range(20)))
    assert len({(sitting.stem, sitting.deadline) for sitting in sittings}) == 1
    with store.work() as work:
        assert work.contests.count_attempts(opened) == 1


def test_twenty_threads_answering_one_question_leave_one_answer(
    services: Services, actors: Actors, opened: int, store: Store
) -> None:
    member, together = actors["member"], Barrier(20)
    sittings = [services.quiz.start(member, opened), *[services.quiz.sitting(member, opened, at) for at in (1, 2)]]

    def press(number: int, sitting: Sitting) -> None:
        together.wait()
        services.quiz.choose(member, opened, sitting.position, number % len(sitting.options), on=True)

    with ThreadPoolExecutor(20) as threads:
        for sitting in sittings:
            list(threads.map(press, range(20), [sitting] * 20))
    with store.work() as work:
        attempt = work.contests.attempt(opened, member.person_id or 0)
        assert attempt is not None
        answers = work.contests.answers(attempt.id)
    assert sorted(answers) == [0, 1, 2]
    assert sorted(len(one.chosen) for one in answers.values()) == [1, 1, 4]


def test_the_database_itself_keeps_one_answer_to_a_question(
    services: Services, actors: Actors, opened: int, database: Database
) -> None:
    services.quiz.start(actors["member"], opened)
    services.quiz.choose(actors["member"], opened, 0, 0, on=True)
    columns = [column for column in answer.columns if column.name != "id"]
    again = insert(answer).from_select(columns, select(*columns))
    with pytest.raises(IntegrityError), database.engine.begin() as connection:
        connection.execute(again)


def test_twenty_threads_handing_in_tell_it_once(services: Services, actors: Actors, opened: int, store: Store) -> None:
    services.quiz.start(actors["member"], opened)
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(lambda _: services.quiz.hand_in(actors["member"], opened), range(20)))
    with store.work() as work:
        assert len(work.deliveries.find("contest-handed-in", str(opened))) == 1


def test_a_question_whose_kind_is_a_list_is_named_as_an_error() -> None:
    data = json.dumps({"questions": [{"type": ["single"], "options": [], "answer": []}]}).encode()
    [error] = read_bank(data, "题库.json", WORDS).errors
    assert (error.row, error.code) == (1, "kind-unknown")
