"""One problem, driven by everybody who has a part in it and by some who have none; beside it a small model
that knows nothing of the program's own table."""

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot import services as use_cases
from domain import failpoints
from domain.errors import DomainError
from domain.people import Actor
from domain.problems import Level
from domain.rectification import Assignment
from domain.turn import Turn, current_turn
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests import sample
from tests.conftest import ZONE, FixedClock
from tests.services.problems import TEXT, Story

MODEL: dict[str, dict[str, tuple[str, str]]] = {
    "submitted": {
        "accept": ("dispatcher", "accepted"),
        "decline": ("dispatcher", "declined"),
        "strike": ("dispatcher", "declined"),
        "ask": ("dispatcher", "needs_info"),
        "correct": ("reporter", "submitted"),
        "withdraw": ("reporter", "withdrawn"),
    },
    "needs_info": {
        "supply": ("reporter", "submitted"),
        "correct": ("reporter", "needs_info"),
        "decline": ("dispatcher", "declined"),
        "strike": ("dispatcher", "declined"),
        "withdraw": ("reporter", "withdrawn"),
    },
    "accepted": {
        "assign": ("dispatcher", "assigned"),
        "decline": ("dispatcher", "declined"),
        "strike": ("dispatcher", "declined"),
    },
    "returned": {"assign": ("dispatcher", "assigned"), "decline": ("dispatcher", "declined")},
    "assigned": {
        "sign": ("secretary", "signed"),
        "give_back": ("secretary", "returned"),
        "move_deadline": ("dispatcher", "assigned"),
    },
    "signed": {"plan": ("owner secretary", "in_progress"), "move_deadline": ("dispatcher", "signed")},
    "in_progress": {
        "plan": ("owner secretary", "in_progress"),
        "request": ("owner secretary", "verifying"),
        "move_deadline": ("dispatcher", "in_progress"),
    },
    "verifying": {
        "close": ("verifier", "closed"),
        "send_back": ("verifier", "in_progress"),
        "move_deadline": ("dispatcher", "verifying"),
    },
}
"""In each state: what may be done, by whom, and what comes of it. Planning a measure moves nothing."""

WITHOUT_CARD = frozenset({"supply", "plan"})
"""What is not decided on a card, so no card can be too old for it."""

ENDINGS = frozenset({"decline", "strike", "withdraw", "close"})
"""What ends a life, and so is done seldom."""

PARTS = {
    "department": {
        "reporter": "B003",
        "dispatcher": "A002",
        "secretary": "B002",
        "owner": "B001",
        "verifier": "C001",
    },
    "individual": {
        "reporter": "B003",
        "dispatcher": "B002",
        "secretary": "B002",
        "owner": "B003",
        "verifier": "C001",
    },
}
"""A shortcoming of one's own stays between its reporter, who also answers for it, the secretary and the verifier; as
the secretary dispatches it, it is signed for when it is assigned."""

EVERYBODY = ("A001", "A002", "B001", "B002", "B003", "C001", "C003")
"""Those of the parts, an administrator and somebody with no part."""

TERMS = (5, 10, 20)
"""Deadlines, in working days; it is assigned with the first."""

ACTIONS = tuple(sorted({action for actions in MODEL.values() for action in actions}))
CRASHES = ("", "", "", "before_commit", "after_commit")

SUPPLIED, CORRECTED = "三号窗口", "叫号屏不亮"
NEW_TEXT = {"correct": CORRECTED, "supply": "{}\n" + SUPPLIED, "strike": ""}
"""What becomes of the report's words."""


class Crash(Exception):
    """The process ends here."""


def difference(run: Callable[[], object]) -> str:
    """What was found to differ, in one line; empty when nothing was."""
    try:
        run()
    except AssertionError as error:
        return f": {[*str(error).splitlines(), 'the invariant'][0]}"
    return ""


class Life(RuleBasedStateMachine):
    folder: Path

    @classmethod
    def inside(cls, folder: Path) -> type["Life"]:
        return type("LifeInFolder", (cls,), {"folder": folder})

    def __init__(self) -> None:
        super().__init__()
        self.database = Database(sqlite_url(_copy(self.folder)))
        self.store = Store(self.database)
        self.services = use_cases.build(self.store.work, FixedClock(), ZONE, "zh", FileStore(self.folder / "files"))
        self.story = Story(self.services, FixedClock(), self.person)
        self.ends = {term: self.services.assigning.deadline_in(term) for term in TERMS}
        self.updates = 0
        self.at = ""
        _crashing.append(self._reached)

    @initialize(level=st.sampled_from(Level))
    def somebody_reports(self, level: Level) -> None:
        self.level = "individual" if level is Level.INDIVIDUAL else "department"
        self.card_id = self.story.reported(level).problem_id
        self.state, self.version, self.returns = "submitted", 1, 0
        self.text, self.term, self.extensions = TEXT, 0, 0

    def person(self, number: str) -> Actor:
        with self.store.work() as work:
            person = work.people.person_by_staff_number(number)
            assert person is not None
            return work.actors.of(person.id)

    @rule(
        who=st.sampled_from(EVERYBODY),
        action=st.sampled_from(ACTIONS),
        old=st.integers(0, 3),
        term=st.sampled_from(TERMS),
        crash=st.sampled_from(CRASHES),
    )
    def somebody_does_something(self, who: str, action: str, old: int, term: int, crash: str) -> None:
        self._try(who, action, self.version - old, term, crash)

    @rule(data=st.data(), old=st.sampled_from((0, 0, 0, 1)), crash=st.sampled_from(CRASHES))
    def whoever_may_does_what_is_next(self, data: st.DataObject, old: int, crash: str) -> None:
        if self.state in MODEL:
            action = data.draw(st.sampled_from(sorted(set(MODEL[self.state]) - ENDINGS)))
            who = data.draw(st.sampled_from(self._whoever_may(action)))
            self._try(who, action, self.version - old, data.draw(st.sampled_from(TERMS)), crash)

    @rule(who=st.sampled_from(EVERYBODY), data=st.data())
    def somebody_tries_what_is_next(self, who: str, data: st.DataObject) -> None:
        if self.state in MODEL:
            action = data.draw(st.sampled_from(sorted(MODEL[self.state])))
            self._try(who, action, self.version, data.draw(st.sampled_from(TERMS)), "")

    def _whoever_may(self, action: str) -> list[str]:
        return [PARTS[self.level][part] for part in MODEL[self.state][action][0].split()]

    def _try(self, who: str, action: str, seen: int, term: int, crash: str) -> None:
        expected = self._expected(who, action, seen, term)
        said = self._does(who, action, seen, term, crash)
        if expected and crash:
            assert said == "crash", (self.level, self.state, who, action, said)
        else:
            assert (said == "done") == expected, (self.level, self.state, who, action, seen, self.version, term, said)
        if expected and crash != "before_commit":
            self._move(action, term)

    def _expected(self, who: str, action: str, seen: int, term: int) -> bool:
        if action not in MODEL.get(self.state, {}) or who not in self._whoever_may(action):
            return False
        if action == "give_back" and self.returns:
            return False
        if action == "move_deadline" and (term == self.term or (term > self.term and self.extensions == 2)):
            return False
        return action in WITHOUT_CARD or seen == self.version

    def _move(self, action: str, term: int) -> None:
        self.state = MODEL[self.state][action][1]
        self.version += action != "plan"
        self.returns += action == "give_back"
        if action == "assign":
            self.term = TERMS[0]
            if self.level == "individual":
                self.state, self.version = "signed", self.version + 1
        elif action == "move_deadline":
            self.extensions += term > self.term
            self.term = term
        elif action in NEW_TEXT:
            self.text = NEW_TEXT[action].format(self.text)
        elif action == "plan":
            self._do_what_was_planned()

    def _does(self, who: str, action: str, seen: int, term: int, crash: str) -> str:
        """As one update of this person's, which may end in the middle of its commit."""
        actor, given = self.person(who), self._assignment()
        self.updates += 1
        self.at = crash
        turn = Turn(1, self.updates, 1, "telegram", self.story.clock.now(), None)
        token = current_turn.set(turn)
        try:
            self._case(actor, action, seen, given, self.ends[term])
        except DomainError as error:
            return error.code
        except Crash:
            return "crash"
        finally:
            self.at = ""
            current_turn.reset(token)
        return "done"

    def _case(self, actor: Actor, action: str, seen: int, given: Assignment, moved_to: datetime) -> None:
        number, services, work = self.card_id, self.services, self.services.rectification
        cases: dict[str, Callable[[], object]] = {
            "accept": lambda: services.triage.accept(actor, number, seen),
            "decline": lambda: services.triage.decline(actor, number, seen, "不在范围"),
            "strike": lambda: services.triage.strike(actor, number, seen, "不应写在这里"),
            "ask": lambda: services.triage.ask(actor, number, seen, "哪里？"),
            "correct": lambda: services.reports.correct(actor, number, seen, CORRECTED),
            "withdraw": lambda: services.reports.withdraw(actor, number, seen),
            "supply": lambda: services.answers.supply(actor, number, [SUPPLIED]),
            "assign": lambda: services.assigning.assign(actor, number, seen, given),
            "move_deadline": lambda: services.assigning.move_deadline(actor, number, seen, moved_to, "等配件"),
            "sign": lambda: work.sign(actor, number, seen),
            "give_back": lambda: work.give_back(actor, number, seen, "再议"),
            "plan": lambda: work.plan(actor, number, ["换程序"]),
            "request": lambda: work.request_closure(actor, number, seen),
            "close": lambda: work.close(actor, number, seen),
            "send_back": lambda: work.send_back(actor, number, seen, "再试"),
        }
        cases[action]()

    def _assignment(self) -> Assignment:
        owner, verifier = (self.person(PARTS[self.level][part]) for part in ("owner", "verifier"))
        assert owner.unit_id is not None
        return Assignment(owner.unit_id, self.story.id_of(owner), self.story.id_of(verifier), self.ends[TERMS[0]])

    def _do_what_was_planned(self) -> None:
        """Evidence is not what this is about, so every measure is proven and done as soon as it is planned."""
        case, owner = self.services.rectification, self.person(PARTS[self.level]["owner"])
        for measure in self.services.problems.card(owner, self.card_id).measures:
            if not measure.done:
                case.prove(owner, self.card_id, measure.measure_id, ["换好了"])
                case.finish(owner, self.card_id, measure.measure_id)

    def _reached(self, name: str) -> None:
        if name == self.at:
            raise Crash

    @invariant()
    def the_problem_is_what_the_model_says(self) -> None:
        with self.store.work() as work:
            found = work.problems.find(self.card_id)
            assert found is not None
            assert (found.state.value, found.version, found.returns) == (self.state, self.version, self.returns)
            assert (found.text, found.deadline) == (self.text, self.ends.get(self.term))

    def teardown(self) -> None:
        _crashing.remove(self._reached)
        self.database.close()


_crashing: list[Callable[[str], None]] = []


def _reach(name: str) -> None:
    for crash in tuple(_crashing):
        crash(name)


failpoints.arm(_reach)


def _copy(folder: Path) -> Path:
    """A database of the sample organisation, made once in this folder."""
    template = folder / "template.sqlite3"
    if not template.exists():
        database = Database(sqlite_url(template))
        migrate(database)
        use_cases.build(Store(database).work, FixedClock(), ZONE, "zh", FileStore(folder / "files")).people.found(
            sample.organisation("zh")
        )
        database.close()
    copy = folder / f"{uuid.uuid4().hex}.sqlite3"
    copy.write_bytes(template.read_bytes())
    return copy
