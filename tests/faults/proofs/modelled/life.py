"""One problem, driven by everybody who has a part in it and by some who have none; beside it a model of thirty lines
that knows nothing of the program's own table."""

import uuid
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot import services as use_cases
from domain import failpoints
from domain.errors import DomainError
from domain.people import Actor
from domain.rectification import Assignment
from domain.turn import Turn, current_turn
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests import sample
from tests.conftest import ZONE, FixedClock
from tests.services.problems import Story

MODEL: dict[str, dict[str, tuple[str, str]]] = {
    "submitted": {
        "accept": ("dispatcher", "accepted"),
        "decline": ("dispatcher", "declined"),
        "ask": ("dispatcher", "needs_info"),
        "withdraw": ("reporter", "withdrawn"),
    },
    "needs_info": {
        "supply": ("reporter", "submitted"),
        "decline": ("dispatcher", "declined"),
        "withdraw": ("reporter", "withdrawn"),
    },
    "accepted": {"assign": ("dispatcher", "assigned"), "decline": ("dispatcher", "declined")},
    "returned": {"assign": ("dispatcher", "assigned"), "decline": ("dispatcher", "declined")},
    "assigned": {"sign": ("secretary", "signed"), "give_back": ("secretary", "returned")},
    "signed": {"plan": ("owner secretary", "in_progress")},
    "in_progress": {"plan": ("owner secretary", "in_progress"), "request": ("owner secretary", "verifying")},
    "verifying": {"close": ("verifier", "closed"), "send_back": ("verifier", "in_progress")},
}
"""In each state: what may be done, by whom, and what comes of it. Planning a measure moves nothing."""

WITHOUT_CARD = frozenset({"supply", "plan"})
"""What is not decided on a card, so no card can be too old for it."""

ENDINGS = frozenset({"decline", "withdraw", "close"})
"""What ends a life, and so is done seldom."""

PEOPLE = {
    "reporter": "B003",
    "dispatcher": "A002",
    "secretary": "B002",
    "owner": "B001",
    "verifier": "C001",
    "bystander": "C003",
    "admin": "A001",
}
ACTIONS = tuple(sorted({action for actions in MODEL.values() for action in actions}))
CRASHES = ("", "", "", "before_commit", "after_commit")


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
        self.card_id = self.story.reported().problem_id
        self.state, self.version, self.returns = "submitted", 1, 0
        self.updates = 0
        self.at = ""
        _crashing.append(self._reached)

    def person(self, number: str) -> Actor:
        with self.store.work() as work:
            person = work.people.person_by_staff_number(number)
            assert person is not None
            return work.people.actor_of(person.id)

    @rule(
        who=st.sampled_from(sorted(PEOPLE)),
        action=st.sampled_from(ACTIONS),
        old=st.integers(0, 3),
        crash=st.sampled_from(CRASHES),
    )
    def somebody_does_something(self, who: str, action: str, old: int, crash: str) -> None:
        self._try(who, action, self.version - old, crash)

    @rule(data=st.data(), old=st.sampled_from((0, 0, 0, 1)), crash=st.sampled_from(CRASHES))
    def whoever_may_does_what_is_next(self, data: st.DataObject, old: int, crash: str) -> None:
        if self.state in MODEL:
            action = data.draw(st.sampled_from(sorted(set(MODEL[self.state]) - ENDINGS)))
            who = data.draw(st.sampled_from(MODEL[self.state][action][0].split()))
            self._try(who, action, self.version - old, crash)

    @rule(who=st.sampled_from(sorted(PEOPLE)), data=st.data())
    def somebody_tries_what_is_next(self, who: str, data: st.DataObject) -> None:
        if self.state in MODEL:
            self._try(who, data.draw(st.sampled_from(sorted(MODEL[self.state]))), self.version, "")

    def _try(self, who: str, action: str, seen: int, crash: str) -> None:
        expected = self._expected(who, action, seen)
        said = self._does(who, action, seen, crash)
        if expected and crash:
            assert said == "crash", (self.state, who, action, said)
        else:
            assert (said == "done") == expected, (self.state, who, action, seen, self.version, said)
        if expected and crash != "before_commit":
            self._move(action)

    def _expected(self, who: str, action: str, seen: int) -> bool:
        allowed = MODEL.get(self.state, {}).get(action)
        if allowed is None or who not in allowed[0].split():
            return False
        if action == "give_back" and self.returns:
            return False
        return action in WITHOUT_CARD or seen == self.version

    def _move(self, action: str) -> None:
        self.state = MODEL[self.state][action][1]
        self.version += action != "plan"
        self.returns += action == "give_back"
        if action == "plan":
            self._do_what_was_planned()

    def _does(self, who: str, action: str, seen: int, crash: str) -> str:
        """As one update of this person's, which may end in the middle of its commit."""
        actor, given = self.person(PEOPLE[who]), self.story.assignment()
        self.updates += 1
        self.at = crash
        turn = Turn(1, self.updates, 1, "telegram", self.story.clock.now(), None)
        token = current_turn.set(turn)
        try:
            self._case(actor, action, seen, given)
        except DomainError as error:
            return error.code
        except Crash:
            return "crash"
        finally:
            self.at = ""
            current_turn.reset(token)
        return "done"

    def _case(self, actor: Actor, action: str, seen: int, given: Assignment) -> None:
        number, services, work = self.card_id, self.services, self.services.rectification
        cases: dict[str, Callable[[], object]] = {
            "accept": lambda: services.triage.accept(actor, number, seen),
            "decline": lambda: services.triage.decline(actor, number, seen, "不在范围"),
            "ask": lambda: services.triage.ask(actor, number, seen, "哪里？"),
            "withdraw": lambda: services.reports.withdraw(actor, number, seen),
            "supply": lambda: services.answers.supply(actor, number, ["三号窗口"]),
            "assign": lambda: services.assigning.assign(actor, number, seen, given),
            "sign": lambda: work.sign(actor, number, seen),
            "give_back": lambda: work.give_back(actor, number, seen, "再议"),
            "plan": lambda: work.plan(actor, number, ["换程序"]),
            "request": lambda: work.request_closure(actor, number, seen),
            "close": lambda: work.close(actor, number, seen),
            "send_back": lambda: work.send_back(actor, number, seen, "再试"),
        }
        cases[action]()

    def _do_what_was_planned(self) -> None:
        """Evidence is not what this is about, so every measure is proven and done as soon as it is planned."""
        case, owner = self.services.rectification, self.story.owner
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
