"""Many people with something to do, and what they send: a command, the confirmation of a report, an answer."""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from benchmarks.messenger import Raw
from bot import services as use_cases
from domain.banks import PlannedBank, PlannedQuestion
from domain.contests import ContestPlan, QuestionKind
from domain.deliveries import DeliveryState
from domain.people import Organisation, PlannedPerson, PlannedUnit, RoleKind, UnitKind
from domain.problems import Concerns, Level, Problem, State
from services.clock import SystemClock
from storage.deliveries import delivery
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.inbox import dialogue
from storage.migrate import migrate
from storage.unit_of_work import Store

PEOPLE = 2500
WRITING = 500
"""The first of them write again and again; the others have a report to confirm each."""

FIRST_CHAT = 20_000
ZONE = ZoneInfo("Asia/Shanghai")
MEMBER, ADMIN, SUPERVISOR = RoleKind.MEMBER, RoleKind.ADMIN, RoleKind.SUPERVISOR
DRAFT = {"level": "department", "concerns": "mine", "category": "service", "text": "窗口叫号屏总是乱序"}

_numbers = itertools.count(1)


def settle_in(folder: Path) -> int:
    """Lay out an organisation of so many people, each with a Telegram account, two problems due, a report to confirm
    and a contest begun; gives back the number of the contest."""
    database = Database(sqlite_url(folder / "bot.sqlite3"))
    migrate(database)
    store, clock = Store(database), SystemClock()
    services = use_cases.build(store.work, clock, ZONE, "zh", FileStore(folder / "files"))
    services.people.found(_organisation())
    now = clock.now()
    with store.work() as work:
        people = work.people.people_below("")
        members = [person for person in people if person.staff_number.startswith("M")]
        for chat_id, person in enumerate(members, FIRST_CHAT):
            work.people.add_account("telegram", str(chat_id), now, person.id).last_used_at = now
        for number, person in enumerate(itertools.chain(members[:WRITING], members[:WRITING])):
            work.problems.add(_problem(number, person.id, person.unit_id, now))
    with database.writing() as session:
        session.execute(
            insert(dialogue),
            [
                {
                    "bot_id": 42,
                    "chat_id": FIRST_CHAT + place,
                    "version": 1,
                    "state": "Reporting:confirm",
                    "data": DRAFT,
                    "changed_at": now,
                }
                for place in range(WRITING, PEOPLE)
            ],
        )
    admin = services.people.acting("web", services.people.personas()["admin"], "zh")
    bank = services.contests.save_bank(admin, _bank())
    plan = ContestPlan("知识竞赛", bank.id, QUESTIONS, now, now + timedelta(days=1), 600, False, None)
    contest = services.contests.create(admin, plan)
    for chat_id in range(FIRST_CHAT, FIRST_CHAT + WRITING):
        services.quiz.start(services.people.acting("telegram", chat_id, "zh"), contest)
    # What the day itself has to say is said, at whatever time of the day the benchmark runs.
    services.digests.record()
    while services.contests.tell_slice(contest):
        continue
    with database.writing() as session:
        session.execute(update(delivery).values(state=DeliveryState.SENT, sent_at=now))
    database.close()
    return contest


def commands() -> Iterator[Raw]:
    """``/due``, by everybody in turn. Nobody has a draft, which to set aside would be a write."""
    for _ in range(4):
        for chat_id in range(FIRST_CHAT, FIRST_CHAT + WRITING):
            yield _update(chat_id, message={"text": "/due"})


def confirmations() -> Iterator[Raw]:
    """Everybody's report, once."""
    for chat_id in range(FIRST_CHAT + WRITING, FIRST_CHAT + PEOPLE):
        yield _update(chat_id, press="step:send:")


def answers(contest: int) -> Iterator[Raw]:
    """The first question, the second, and so on, each by everybody in turn."""
    for position in range(4):
        for chat_id in range(FIRST_CHAT, FIRST_CHAT + WRITING):
            yield _update(chat_id, press=f"qz:pick:{contest}:{position}:1:1")


QUESTIONS = 10


def _organisation() -> Organisation:
    units = (
        PlannedUnit("office", "示例机关", UnitKind.OFFICE),
        PlannedUnit("organ", "综合单位", UnitKind.ORGAN, "office"),
    )
    staff = (
        PlannedPerson("管理员", "A1", "office", ((ADMIN, "office"),), persona="admin"),
        PlannedPerson("督导", "A2", "office", ((SUPERVISOR, "office"),)),
    )
    members = (PlannedPerson(f"党员{place}", f"M{place}", "organ", ((MEMBER, "organ"),)) for place in range(PEOPLE))
    return Organisation(units, (*staff, *members))


def _problem(number: int, person_id: int, unit_id: int, now: datetime) -> Problem:
    return Problem(
        number=f"WT-2000-{number:06d}",
        level=Level.DEPARTMENT,
        category="service",
        concerns=Concerns.UNSURE,
        text="叫号屏顺序错乱",
        reporter_id=person_id,
        reporter_unit_id=unit_id,
        created_at=now,
        state=State.IN_PROGRESS,
        unit_id=unit_id,
        accountable_id=person_id,
        deadline=now + timedelta(days=5),
    )


def _bank() -> PlannedBank:
    one = PlannedQuestion(QuestionKind.SINGLE, "章", "题", ("甲", "乙", "丙", "丁"), (0,), "因")
    return PlannedBank("题库", tuple(one for _ in range(QUESTIONS)), ())


def _update(chat_id: int, message: Raw | None = None, press: str = "") -> Raw:
    person = {"id": chat_id, "is_bot": False, "first_name": "P", "language_code": "zh-hans"}
    number, chat = next(_numbers), {"id": chat_id, "type": "private"}
    if message is not None:
        return {
            "update_id": number,
            "message": {"message_id": number, "date": 1, "chat": chat, "from": person, **message},
        }
    card = {"message_id": number, "date": 1, "chat": chat, "text": "…"}
    query = {"id": str(number), "from": person, "chat_instance": "1", "data": press, "message": card}
    return {"update_id": number, "callback_query": query}
