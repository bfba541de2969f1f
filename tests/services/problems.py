"""A problem brought as far as a test needs it, through the use cases."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.services import Services
from domain.people import Actor
from domain.problems import Concerns, Level, Report
from domain.rectification import Assignment
from domain.visibility import Card
from tests.conftest import FixedClock

TEXT = "窗口叫号屏总是乱序"


@dataclass
class Story:
    """The first organ's member reports about another unit than the supervisors'; its head answers for it, its
    secretary signs, the second organ's head verifies."""

    services: Services
    clock: FixedClock
    by_number: Callable[[str], Actor]

    def __post_init__(self) -> None:
        self.reporter = self.by_number("B003")
        self.supervisor = self.by_number("A002")
        self.other_supervisor = self.by_number("A003")
        self.secretary = self.by_number("B002")
        self.owner = self.by_number("B001")
        self.verifier = self.by_number("C001")
        self.bystander = self.by_number("C003")
        self.admin = self.by_number("A001")

    @property
    def unit_id(self) -> int:
        assert self.owner.unit_id is not None
        return self.owner.unit_id

    def reported(self, level: Level = Level.DEPARTMENT, text: str = TEXT) -> Card:
        unit_id = self.reporter.unit_id
        report = Report(level, Concerns.MINE, unit_id, "service", text)
        problem = self.services.reports.report(self.reporter, report)
        return self.services.problems.card(self.reporter, problem.id)

    def accepted(self) -> Card:
        card = self.reported()
        return self.services.triage.accept(self.supervisor, card.problem_id, card.version)

    def assignment(self, workdays: int = 5) -> Assignment:
        deadline = self.services.assigning.deadline_in(workdays)
        return Assignment(self.unit_id, self.id_of(self.owner), self.id_of(self.verifier), deadline)

    def assigned(self, workdays: int = 5) -> Card:
        card = self.accepted()
        return self.services.assigning.assign(self.supervisor, card.problem_id, card.version, self.assignment(workdays))

    def signed(self, workdays: int = 5) -> Card:
        card = self.assigned(workdays)
        return self.services.rectification.sign(self.secretary, card.problem_id, card.version)

    def planned(self, *texts: str) -> Card:
        card = self.signed()
        return self.services.rectification.plan(self.owner, card.problem_id, texts or ("换程序",))

    def verifying(self) -> Card:
        card = self.planned()
        for measure in card.measures:
            self.services.rectification.prove(self.owner, card.problem_id, measure.measure_id, ["换好了"])
            card = self.services.rectification.finish(self.owner, card.problem_id, measure.measure_id)
        return self.services.rectification.request_closure(self.owner, card.problem_id, card.version)

    def closed(self) -> Card:
        card = self.verifying()
        return self.services.rectification.close(self.verifier, card.problem_id, card.version)

    def id_of(self, actor: Actor) -> int:
        assert actor.person_id is not None
        return actor.person_id
