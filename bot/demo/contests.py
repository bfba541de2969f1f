"""A contest that is open, a practice round, one that is over with its results, and one that opens tomorrow."""

from collections.abc import Iterator
from typing import Any

from bot.demo.organisation import SAMPLES
from bot.demo.past import Past
from domain.banks import BankWords
from domain.contests import ContestPlan
from domain.people import Actor
from services.banks import read_bank

QUESTIONS = 5
MINUTES = 20
TOOK_PART = [
    *(f"B01{place:02d}" for place in range(1, 8)),
    *(f"B{branch:02d}{place:02d}" for branch in (2, 3, 4) for place in range(3, 10)),
]
"""Those who took part in the one that is over."""


def fill(past: Past, material: dict[str, Any], language: str) -> Iterator[None]:
    organiser = past.actor("A001")
    past.go_to(-30)
    file = SAMPLES / f"quiz_bank.{language}.json"
    read = read_bank(file.read_bytes(), file.name, BankWords({}, {}, {}))
    bank = past.then(past.services.contests.save_bank, organiser, read)
    known = {question.stem: {question.options[place] for place in question.answer} for question in read.questions}
    yield
    for number, row in enumerate(material["contests"]):
        past.go_to(min(row["opens"] - 1, -1), 9)
        practice = number == 1
        plan = ContestPlan(
            row["words"],
            bank.id,
            QUESTIONS,
            past.at(row["opens"], 9),
            past.at(row["closes"], 18),
            None if practice else MINUTES,
            practice,
            None,
        )
        contest_id = past.then(past.services.contests.create, organiser, plan)
        past.go_to(row["opens"], 9, 5)
        if past.clock.at >= plan.opens_at:
            while past.services.contests.tell_slice(contest_id):
                yield
        if plan.closes_at < past.now:
            yield from _taken(past, contest_id, row["opens"], known)
            past.go_to(row["closes"] + 1)
            while past.services.contests.tell_results_slice(contest_id):
                yield
            past.then(past.services.contests.publish, organiser, contest_id)
        yield


def _taken(past: Past, contest_id: int, day: int, known: dict[str, set[str]]) -> Iterator[None]:
    for number, staff_number in enumerate(TOOK_PART):
        past.go_to(day + number % 4, 10 + number % 6)
        _attempt(past, past.actor(staff_number), contest_id, known, skill=number % 5)
        yield


def _attempt(past: Past, actor: Actor, contest_id: int, known: dict[str, set[str]], skill: int) -> None:
    """Somebody who gets every question right but each ``skill``-th; the very skilled all of them."""
    quiz = past.services.quiz
    sitting = quiz.start(actor, contest_id)
    for position in range(QUESTIONS):
        sitting = quiz.sitting(actor, contest_id, position)
        errs = bool(skill) and position % (skill + 1) == 0
        right = known[sitting.stem]
        taken = [place for place, option in enumerate(sitting.options) if (option.text in right) is not errs]
        for place in taken if len(right) > 1 else taken[:1]:
            quiz.choose(actor, contest_id, position, place, on=True)
        if len(right) > 1 and taken:
            quiz.finish_question(actor, contest_id, position)
    past.then(quiz.hand_in, actor, contest_id)
