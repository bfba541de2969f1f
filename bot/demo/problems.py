"""Sixty problems in every state, with deadlines around today, and thirty opinions from the supervision points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.demo import pictures
from bot.demo.organisation import signs_for
from bot.demo.past import Past
from domain.files import FileKind, Incoming
from domain.people import Actor
from domain.problems import Concerns, Level, Report, State
from domain.rectification import Assignment
from domain.visibility import Card
from services.arrivals import LOCAL

STATES: tuple[tuple[State, int], ...] = (
    (State.CLOSED, 22),
    (State.IN_PROGRESS, 14),
    (State.VERIFYING, 4),
    (State.SIGNED, 3),
    (State.DECLINED, 3),
    (State.RETURNED, 2),
    (State.ASSIGNED, 4),
    (State.WITHDRAWN, 2),
    (State.NEEDS_INFO, 2),
    (State.ACCEPTED, 2),
    (State.SUBMITTED, 2),
)
"""From the oldest to the newest."""

DUE = (0, -1, 1, 4, -2, 0, 2, 5, -3, 6, 1, -12, 8, 10, -1, 2, 12, -4, 15, 0, 3, 18, -6, 20, -9)
"""Working days from today to the deadlines of those that are open: three today, five within three days, eight late."""

OPEN = {State.IN_PROGRESS, State.VERIFYING, State.SIGNED, State.ASSIGNED}
ANSWERED = 24
SOURCES = ("visit", "meeting", "phone", "letter")
SUPERVISOR, OTHER_SUPERVISOR = "A002", "A003"
OFFICE = 0
"""The number of the office among the units: what is about it is dispatched by the supervisor of another one."""

MEMBER, ACCOUNTABLE, SECRETARY = "B0101", "B0102", "B0100"


OTHERS = {5: "A001", 8: SUPERVISOR, 11: SECRETARY}
"""Closed ones that people with an office have reported themselves."""


@dataclass(frozen=True)
class Plan:
    """One problem's story. ``age`` is when it was reported and ``due`` its deadline, in working days from today."""

    level: Level
    category: str
    text: str
    measure: str
    state: State
    age: int
    due: int
    unit: int
    reporter: str
    accountable: str
    verifier: str
    source: str = ""


def plans(rows: Sequence[dict[str, Any]]) -> list[Plan]:
    """What happens to each: who reports, answers and verifies goes round the units, so that every persona has some."""
    states = [state for state, count in STATES for _ in range(count)]
    ordinary = [row for row in rows if row["level"] != Level.INDIVIDUAL]
    own = [row for row in rows if row["level"] == Level.INDIVIDUAL]
    # One's own shortcomings are among those that were closed or are being worked on.
    ordered = [*own[:4], *ordinary[:18], *own[4:], *ordinary[18:]]
    due = iter(DUE)
    found = []
    for number, (row, state) in enumerate(zip(ordered, states, strict=True)):
        level, unit = Level(row["level"]), number % 10 + 1
        days = next(due) if state in OPEN else 0
        age = _age(state, number, days)
        people = _own(number) if level is Level.INDIVIDUAL else _people(state, number, unit)
        text, measure = row["words"]
        found.append(Plan(level, row["category"], text, measure, state, age, days, people[0], *people[1:]))
    return sorted(found, key=lambda plan: plan.age)


def _age(state: State, number: int, due: int) -> int:
    """How many working days ago it was reported, as a number below nought."""
    if state is State.CLOSED:
        return -80 + 3 * number
    if state in OPEN:
        return -6 - number % 5 + min(0, due)
    return -1 - number % 3


def _people(state: State, number: int, unit: int) -> tuple[int, str, str, str]:
    """The unit, the reporter, who answers for it and who verifies."""
    if state is State.ACCEPTED:
        return OFFICE, MEMBER if number % 2 else "U0502", "U0101", "U0201"
    if state is State.ASSIGNED:
        unit = 1 if number % 2 else 3
    if state is State.IN_PROGRESS and number % 3 == 0:
        return 1, f"U{number % 8 + 2:02d}02", ACCOUNTABLE, SUPERVISOR
    if state is State.CLOSED and number in OTHERS:
        return unit, OTHERS[number], f"U{unit:02d}01", f"U{unit % 10 + 1:02d}01"
    reporter = MEMBER if state is State.NEEDS_INFO or number % 9 == 0 else f"U{(unit + 3) % 10 + 1:02d}02"
    verifier = SUPERVISOR if state is State.VERIFYING and number % 2 else f"U{unit % 10 + 1:02d}01"
    return unit, reporter, f"U{unit:02d}01", verifier


def _own(number: int) -> tuple[int, str, str, str]:
    """A shortcoming of one's own: oneself answers for it."""
    person = MEMBER if number == 0 else f"B01{number % 6 + 3:02d}"
    return 1, person, person, "U0101"


def fill(past: Past, material: dict[str, Any]) -> Iterator[None]:
    """Live through all of them; yields after each."""
    reasons = material["reasons"]
    before, after = (_photo(past, picture) for picture in (pictures.before(), pictures.after()))
    for number, plan in enumerate(plans(material["problems"])):
        _Story(past, plan, reasons, (before, after) if number % 8 == 0 else ()).live()
        yield
    for number, text in enumerate(material["opinions"]):
        _Story(past, _opinion(number, text, reasons["evidence"]), reasons, ()).live()
        yield


def _opinion(number: int, text: str, measure: str) -> Plan:
    """The first persona's point has three of its own, one of them still open."""
    answered = number < ANSWERED
    state = State.CLOSED if answered and number % 6 else State.DECLINED if answered else State.IN_PROGRESS
    point, unit = (1 if number in {3, 14, 26} else number % 21 + 1), number % 9 + 1
    age = -70 + 2 * number if answered else -9
    people = (unit, f"P{point:02d}00", f"U{unit:02d}01", f"U{unit % 10 + 1:02d}01")
    return Plan(Level.DEPARTMENT, "service", text, measure, state, age, 9, *people, source=SOURCES[number % 4])


def _photo(past: Past, data: bytes) -> Incoming:
    kept = past.services.files.keep(past.services.files.prepare(FileKind.PHOTO, data))
    return Incoming(FileKind.PHOTO, 0, f"{LOCAL}{kept.id}")


class _Story:
    """One problem from its report to the state it is to be in."""

    def __init__(self, past: Past, plan: Plan, reasons: dict[str, str], photos: Sequence[Incoming]) -> None:
        self.past, self.plan, self.reasons, self.photos = past, plan, reasons, photos
        own = plan.level is Level.INDIVIDUAL
        self.reporter = past.actor(plan.reporter)
        involved = plan.reporter == SUPERVISOR or plan.unit == OFFICE
        dispatcher = OTHER_SUPERVISOR if involved else SUPERVISOR
        self.dispatcher = past.actor(SECRETARY if own else dispatcher)
        self.accountable = past.actor(plan.accountable)
        self.verifier = past.actor(plan.verifier)
        self.problem = 0

    def live(self) -> None:
        plan, services = self.plan, self.past.services
        unit_id = self.past.unit("office" if plan.unit == OFFICE else f"organ-{plan.unit:02d}")
        own = plan.level is Level.INDIVIDUAL
        concerned = self.reporter.unit_id if own else unit_id
        files = self.photos[:1]
        report = Report(
            plan.level,
            Concerns.MINE if own else Concerns.OTHER,
            concerned,
            plan.category,
            plan.text,
            files,
            source=plan.source,
        )
        self.past.go_to(plan.age, 9, 10)
        self.problem = services.reports.report(self.reporter, report).id
        if plan.state is State.SUBMITTED:
            return
        if plan.state is State.WITHDRAWN:
            self.past.then(services.reports.withdraw, self.reporter, self.problem, 1)
            return
        self._triaged(concerned or unit_id)

    def _triaged(self, unit_id: int) -> None:
        plan, triage, past = self.plan, self.past.services.triage, self.past
        past.go_to(plan.age, 14)
        if plan.state is State.NEEDS_INFO:
            self._by(self.dispatcher, triage.ask, self.reasons["ask"])
            return
        if plan.state is State.DECLINED:
            self._by(self.dispatcher, triage.decline, self.reasons["decline"])
            return
        card = self._by(self.dispatcher, triage.accept)
        if plan.state is State.ACCEPTED:
            return
        due = past.at(plan.due, 18) if plan.state in OPEN else past.at(plan.age + 10, 18)
        people = (past.person(plan.accountable), past.person(plan.verifier))
        self._by(self.dispatcher, past.services.assigning.assign, Assignment(unit_id, *people, due))
        if plan.state is State.ASSIGNED or card is None:
            return
        self._worked()

    def _worked(self) -> None:
        plan, work, past = self.plan, self.past.services.rectification, self.past
        past.go_to(plan.age + 1, 9, 30)
        if plan.state is State.RETURNED:
            self._by(past.actor(signs_for(plan.unit)), work.give_back, self.reasons["give_back"])
            return
        if plan.level is not Level.INDIVIDUAL:
            self._by(past.actor(signs_for(plan.unit)), work.sign)
        if plan.state is State.SIGNED:
            return
        card = past.then(work.plan, self.accountable, self.problem, [plan.measure])
        if plan.state is State.IN_PROGRESS:
            return
        past.go_to(plan.age + 4, 15)
        measure = card.measures[0].measure_id
        photo = [*self.photos[1:]]
        past.then(work.prove, self.accountable, self.problem, measure, [self.reasons["evidence"]], photo)
        past.then(work.finish, self.accountable, self.problem, measure)
        self._by(self.accountable, work.request_closure)
        if plan.state is State.CLOSED:
            past.go_to(plan.age + 5, 11)
            self._by(self.verifier, work.close)

    def _by(self, actor: Actor, case: Any, *values: Any) -> Card:
        """A decision on the card as it stands."""
        seen = self.past.services.problems.card(actor, self.problem).version
        card: Card = self.past.then(case, actor, self.problem, seen, *values)
        return card
