"""What stands behind the buttons: one of each thing, made through the use cases, and how a button names it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.services import Services
from domain.assessments import AssessmentPlan
from domain.deliveries import DeliveryState
from domain.entrances import FirstNames
from domain.notices import Audience
from domain.notices import Plan as NoticePlan
from domain.people import Actor, Person, RoleKind
from domain.problems import Concerns, Level, Report
from domain.sign_ins import Device
from domain.studies import Plan, SessionKind
from domain.visibility import Card
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.post import take
from tests.services.contests import answer_rightly, bank, plan
from tests.services.problems import Story

Thing = dict[str, Any]
"""The fields of the button, as the thing's own card fills them in."""

ABSENT = 987_654
"""No thing has this number."""

FIELDS: dict[str, Thing] = {
    "dy:look": {"day": "2030-05-15"},
    "dy:month": {"day": "2030-05-01"},
    "dy:set": {"day": "2030-05-15", "working": False},
    "lang:": {"code": "en"},
    "why:": {"reason": "digest"},
    "su:next": {"step": 1},
    "su:show": {"step": 1},
}
"""What stands in buttons that are about no thing."""

NEWCOMER = 7001
"""The chat of somebody who waits to be let in."""


class Things:
    """``by_name`` holds each thing under the words by which the table calls it."""

    def __init__(self, services: Services, store: Store, clock: FixedClock, by_number: Callable[[str], Actor]) -> None:
        self._services = services
        self._store = store
        self._clock = clock
        self._by_number = by_number
        self._story = Story(services, clock, by_number)
        self._unit_id = self._story.unit_id
        self.by_name: dict[str, Thing] = {}
        self._problems()
        self._points()
        self._studies()
        self._notice()
        self._contests()
        self._assessment()
        self._people()
        self._sign_in()
        self._notice_to_undo()

    def _in(self, **time: int) -> datetime:
        return self._clock.now() + timedelta(**time)

    def _problems(self) -> None:
        story, own = self._story, self._services.rectification
        asked = story.reported()
        asked = self._services.triage.ask(story.supervisor, asked.problem_id, asked.version, "哪里？")
        in_hand = story.planned()
        helper = story.id_of(self._by_number("B005"))
        measure = in_hand.measures[0].measure_id
        own.ask_for_help(story.owner, in_hand.problem_id, helper)
        own.prove(story.owner, in_hand.problem_id, measure, ["换好了"])
        to_close = story.planned()
        own.prove(story.owner, to_close.problem_id, to_close.measures[0].measure_id, ["换好了"])
        own.finish(story.owner, to_close.problem_id, to_close.measures[0].measure_id)
        for name, card in (
            ("new report", story.reported()),
            ("report asked about", asked),
            ("accepted report", story.accepted()),
            ("assigned problem", story.assigned()),
            ("signed problem", story.signed()),
            ("problem in hand", in_hand),
            ("problem to close", to_close),
            ("problem to verify", story.verifying()),
            ("own shortcoming", self._shortcoming()),
        ):
            self.by_name[name] = {"id": card.problem_id, "seen": self._version(card)}
        self.by_name["measure in hand"] = {"id": in_hand.problem_id, "measure": measure}

    def _version(self, card: Card) -> int:
        with self._store.work() as work:
            found = work.problems.find(card.problem_id)
            assert found is not None
            return found.version

    def _shortcoming(self) -> Card:
        reporter = self._story.reporter
        report = Report(Level.INDIVIDUAL, Concerns.MINE, reporter.unit_id, "service", "学得不够")
        problem = self._services.reports.report(reporter, report)
        return self._services.problems.card(reporter, problem.id)

    def _points(self) -> None:
        officer = self._by_number("P001")
        report = Report(Level.DEPARTMENT, Concerns.OTHER, self._unit_id, "service", "窗口少", source="市民")
        opinion = self._services.reports.report(officer, report)
        self.by_name["opinion of a point"] = {"id": opinion.id, "seen": opinion.version}

    def _notice(self) -> None:
        audience = Audience((self._unit_id, self._story.reporter.unit_id or 0), (RoleKind.MEMBER,))
        expected = self._services.broadcasts.size(audience)[0]
        sent = NoticePlan(title="停电", body="周三停电", audience=audience, expected=expected)
        notice = self._services.broadcasts.start(self._by_number("A001"), sent)
        self._clock.advance(minutes=5)
        while self._services.notice_dispatch.record_slice(notice):
            continue
        self._post()
        self.by_name["notice"] = {"id": notice}

    def _notice_to_undo(self) -> None:
        audience = Audience((self._unit_id, self._story.reporter.unit_id or 0), (RoleKind.MEMBER,))
        plan = NoticePlan("停水", "周四停水", audience, expected=self._services.broadcasts.size(audience)[0])
        self.by_name["notice about to go out"] = {"id": self._services.broadcasts.start(self._by_number("A001"), plan)}

    def _post(self) -> None:
        """Everything that is due reaches whom it is for."""
        parcels = take(self._services, "post", 10_000)
        sent = {"state": DeliveryState.SENT, "sent_at": self._clock.now()}
        with self._store.work() as work:
            for parcel in parcels:
                work.deliveries.mark(parcel.delivery.id, "post", **sent)

    def _contests(self) -> None:
        admin, reader = self._by_number("A001"), self._by_number("B003")
        questions = bank(self._services, admin, ("single", "multiple", "truefalse"))
        of_unit: dict[str, Any] = {"unit_id": self._unit_id}
        shut = self._in(minutes=1)
        over = self._services.contests.create(admin, plan(self._clock, questions, **of_unit, closes_at=shut))
        self._clock.advance(minutes=2)
        fresh, begun, taken = (
            self._services.contests.create(admin, plan(self._clock, questions, **values))
            for values in (of_unit, of_unit, {**of_unit, "practice": True})
        )
        self._services.quiz.start(reader, begun)
        answer_rightly(self._services, reader, taken, self._store)
        opens = self._in(hours=1)
        later = self._services.contests.create(admin, plan(self._clock, questions, **of_unit, opens_at=opens))
        self.by_name |= {
            "contest": {"id": fresh},
            "contest begun": {"id": begun},
            "practice handed in": {"id": taken},
            "contest over": {"id": over},
            "contest that opens later": {"id": later},
        }

    def _studies(self) -> None:
        secretary = self._by_number("B002")
        later = Plan(
            SessionKind.THEORY, "学习条例", self._clock.now() + timedelta(days=2), "三楼", (self._unit_id,), "x"
        )
        soon = replace(later, title="党课", starts_at=self._in(minutes=40))
        for name, one in (("session", later), ("session that begins", soon), ("session with a roll", soon)):
            planned = self._services.studies.plan(secretary, one)
            self.by_name[name] = {"id": planned.id, "seen": planned.version}
        self._clock.advance(minutes=20)
        person = self._story.id_of(self._by_number("B004"))
        for name in ("session that begins", "session with a roll"):
            place = {"session": self.by_name[name]["id"], "unit": self._unit_id, "person": person, "mark": "absent"}
            self.by_name[name.replace("session", "roll of a session")] = place
        self._services.rolls.confirm(secretary, self.by_name["session with a roll"]["id"], self._unit_id, {})

    def _assessment(self) -> None:
        reader = self._by_number("B003")
        due = self._in(days=10)
        material = AssessmentPlan("述职材料", due, {reader.unit_id or 0: reader.person_id or 0})
        found = self._services.assessments.plan(self._by_number("A001"), material)
        self.by_name["assessment"] = {"id": found.id, "unit": reader.unit_id, "seen": found.version}

    def _people(self) -> None:
        secretary, somebody = self._by_number("B002"), self._by_number("B004")
        with self._store.work() as work:
            role = work.people.roles_of(somebody.person_id or 0)[0]
        self.by_name["unit"] = {"id": self._unit_id}
        self.by_name["person of the unit"] = {"id": somebody.person_id, "other": role.id}
        newcomers = {"B901": "新人甲", "B902": "新人乙"}
        with self._store.work() as work:
            for number, name in newcomers.items():
                work.people.add_person(Person(name, number, self._unit_id))
        code = self._services.entrances.invite_unit(secretary, self._unit_id).code
        for chat, (number, name) in enumerate(newcomers.items(), NEWCOMER):
            self._services.joining.begin(Actor("telegram", chat, "zh"), code)
            sitting = self._services.people.acting("telegram", chat, "zh")
            self._services.joining.ask(sitting, name, number, "")
        confirmed, waiting = sorted(self._services.confirming.waiting(secretary), key=lambda card: card.request_id)
        self._services.confirming.decide(secretary, confirmed.request_id, confirmed.version, confirmed=True)
        self.by_name["newcomer"] = {"id": waiting.request_id, "seen": waiting.version}
        self.by_name["newcomer let in"] = {"id": confirmed.request_id}

    def _sign_in(self) -> None:
        reader = self._by_number("B003")
        code = self._services.entrances.invite_to_page(reader).code
        secret = self._services.entrances.enter(code, FirstNames("办公室", "管理员"), Device("Chrome"))
        entered = self._services.sign_ins.entered(secret)
        assert entered is not None
        self.by_name["sign-in"] = {"id": entered.session_id, "kind": "browser"}
