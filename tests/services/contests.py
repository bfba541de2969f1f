"""Contests planned and taken, as tests of contests need them."""

import json
from datetime import timedelta

from bot.services import Services
from domain.banks import OPTIONS, BankWords
from domain.contests import ContestPlan
from domain.people import Actor, Person
from domain.sittings import Sitting
from services.banks import read_bank
from storage.unit_of_work import Store
from tests.conftest import FixedClock

TITLES = {"kind": "题型", "chapter": "章节", "stem": "题干", "answer": "答案", "reason": "解析"} | {
    option: option[-1] for option in OPTIONS
}
WORDS = BankWords(
    kinds={"单选": "single", "多选": "multiple", "判断": "truefalse"},
    columns={title.casefold(): column for column, title in TITLES.items()},
    titles=TITLES,
)


def question(number: int, kind: str = "single") -> dict[str, object]:
    options = ["正确", "错误"] if kind == "truefalse" else ["甲", "乙", "丙", "丁"]
    answer = [0, 2] if kind == "multiple" else [0]
    return {"type": kind, "chapter": "章", "stem": f"题{number}", "options": options, "answer": answer, "reason": "因"}


def bank(services: Services, admin: Actor, kinds: tuple[str, ...]) -> int:
    content = {"title": "题库", "questions": [question(number, kind) for number, kind in enumerate(kinds)]}
    return services.contests.save_bank(admin, read_bank(json.dumps(content).encode(), "a.json", WORDS)).id


def plan(clock: FixedClock, bank_id: int, **changes: object) -> ContestPlan:
    values = {
        "title": "知识竞赛",
        "bank_id": bank_id,
        "question_count": 3,
        "opens_at": clock.now(),
        "closes_at": clock.now() + timedelta(hours=4),
        "minutes": 20,
        "practice": False,
        "unit_id": None,
    }
    return ContestPlan(**{**values, **changes})  # type: ignore[arg-type]


def answer_rightly(services: Services, actor: Actor, contest_id: int, store: Store, *, wrong: int = 0) -> None:
    """Start, answer everything, the first ``wrong`` questions wrongly, and hand in."""
    sitting = services.quiz.start(actor, contest_id)
    rights = right_options(store, sitting)
    for position in range(sitting.total):
        here = services.quiz.sitting(actor, contest_id, position)
        for shown, option in enumerate(here.options):
            if (option.text in rights[here.stem]) != (position < wrong):
                services.quiz.choose(actor, contest_id, position, shown, on=True)
    services.quiz.hand_in(actor, contest_id)


def right_options(store: Store, sitting: Sitting) -> dict[str, set[str]]:
    with store.work() as work:
        contest = work.contests.find(sitting.contest_id)
        assert contest is not None
        return {
            one.stem: {one.options[number] for number in one.answer}
            for one in work.contests.questions(work.contests.question_ids(contest.bank_id))
        }


def everybody(store: Store) -> list[Person]:
    with store.work() as work:
        return work.people.people_below("/")


def as_actor(store: Store, person: Person) -> Actor:
    with store.work() as work:
        return work.actors.of(person.id)
