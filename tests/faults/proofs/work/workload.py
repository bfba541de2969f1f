"""Everything at once: reports with photos, decisions on them, a contest, a notice to everybody, reminders."""

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from bot.services import Services
from domain.banks import OPTIONS, BankWords
from domain.contests import ContestPlan
from domain.notices import Audience, Plan
from domain.notices import State as NoticeState
from domain.people import Actor, RoleKind
from services.banks import read_bank
from services.notices import dispatch
from storage.files import PART
from tests.faults.botapi.people import Person
from tests.faults.botapi.server import BotApi
from tests.faults.proofs.work.crowd import Desk, Dispatcher, Reporter, Sitter, Worker
from tests.faults.site import FIRST_OF_CROWD, Site

DISPATCHERS, REPORTERS, SITTERS = 2, 8, 6
REMINDED = 20
"""So many people have something due each day, the last ones of the crowd."""

QUESTIONS = 100
FIRST_DAY = "2030-05-13 08:31"


class Workload:
    """``size`` is the number of people beyond the sample organisation; each of them gets every notice."""

    def __init__(self, site: Site, size: int, desk: Callable[[BotApi, Person], Desk] = Desk) -> None:
        self._site = site
        self._size = max(size, DISPATCHERS + REPORTERS + SITTERS)
        site.set_clock(FIRST_DAY)
        site.found(
            [
                *[(RoleKind.SUPERVISOR, "office")] * DISPATCHERS,
                *[(RoleKind.MEMBER, "branch-2")] * SITTERS,
                *[(RoleKind.MEMBER, "branch-1")] * (self._size - DISPATCHERS - SITTERS),
            ]
        )
        desks = iter([desk(site.api, site.one_of_crowd(place)) for place in range(DISPATCHERS + SITTERS + REPORTERS)])
        of_dispatchers = [next(desks) for _ in range(DISPATCHERS)]
        self.sitters = [Sitter(next(desks)) for _ in range(SITTERS)]
        self.reporters = [Reporter(next(desks)) for _ in range(REPORTERS)]
        self.dispatchers = [Dispatcher(desk, self.reporters) for desk in of_dispatchers]
        self.notices: list[str] = []
        self._under_way = 0
        self._contests = 0
        self._bank = 0
        self._dues = 0
        self._enough = asyncio.Event()
        self._begin_day()

    async def run(self) -> None:
        """Work until there is enough, and bring to its end what was begun."""
        workers: list[Worker] = [*self.dispatchers, *self.sitters, *self.reporters]
        async with asyncio.TaskGroup() as group:
            for worker in workers:
                group.create_task(self._keep_at(worker))

    def end(self) -> None:
        self._enough.set()

    def next_moment(self) -> None:
        """While the bot is down: leases of the dead run out, what they had half written grows old, and another notice
        follows one that has ended."""
        self._site.advance(seconds=40)
        for part in (self._site.data / "files").glob(f"*/*{PART}"):
            os.utime(part, (0, 0))
        self._keep_a_notice_going()

    def next_day(self) -> None:
        """While the bot is down: a working day later, with its reminders and its contest."""
        self._site.advance(days=3 if self._site.now().weekday() == 4 else 1)
        self._begin_day()

    def recipients(self) -> range:
        """The Telegram numbers of those whom every notice must reach."""
        return range(FIRST_OF_CROWD, FIRST_OF_CROWD + self._size)

    def _begin_day(self) -> None:
        site = self._site
        evening = f"{site.now():%Y-%m-%d} 18:00"
        for place in range(self._size - REMINDED, self._size):
            self._dues += 1
            site.due_for_crowd(place, evening, f"WT-2029-{self._dues:06}")
        with site.services() as services:
            admin = services.people.acting("telegram", 9004, "zh")
            with site.work() as work:
                unit = work.people.unit_by_code("branch-2")
                assert unit is not None
            self._contests += 1
            opens = site.now()
            self._bank = self._bank or _bank(services, admin)
            contest = ContestPlan(
                title=f"知识竞赛{self._contests}",
                bank_id=self._bank,
                question_count=QUESTIONS,
                opens_at=opens,
                closes_at=opens + timedelta(hours=9),
                minutes=None,
                practice=False,
                unit_id=unit.id,
            )
            services.contests.create(admin, contest)
        self._keep_a_notice_going()

    def _keep_a_notice_going(self) -> None:
        with self._site.work() as work:
            notice = work.notices.find(self._under_way) if self._under_way else None
        if notice is None or notice.state is not NoticeState.STARTING:
            self.send_notice()

    def send_notice(self) -> None:
        """One to everybody, of which the bot has to record all but the first message."""
        title = f"第{len(self.notices) + 1}号通知"
        with self._site.work() as work:
            everybody = Audience(tuple(unit.id for unit in work.people.units()), (RoleKind.MEMBER,))
        with self._site.services() as services, patch.object(dispatch, "SLICE", 1):
            wanted = Plan(title, "请您按时完成。", everybody)
            expected = services.broadcasts.check(wanted).count
            admin = services.people.acting("telegram", 9004, "zh")
            self._under_way = services.broadcasts.start(admin, replace(wanted, expected=expected))
        self.notices.append(title)

    async def _keep_at(self, worker: Worker) -> None:
        while not self._enough.is_set():
            await worker.work()


def _bank(services: Services, admin: Actor) -> int:
    questions = [
        {
            "type": "single",
            "chapter": "一",
            "stem": f"题{number}",
            "options": ["甲", "乙", "丙", "丁"],
            "answer": [0],
            "reason": "因",
        }
        for number in range(QUESTIONS)
    ]
    content = json.dumps({"title": "题库", "questions": questions}).encode()
    return services.contests.save_bank(admin, read_bank(content, "bank.json", _WORDS)).id


_TITLES = {"kind": "题型", "chapter": "章节", "stem": "题干", "answer": "答案", "reason": "解析"} | {
    option: option[-1] for option in OPTIONS
}
_WORDS = BankWords(kinds={}, columns={title.casefold(): column for column, title in _TITLES.items()}, titles=_TITLES)
