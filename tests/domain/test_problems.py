"""The life of a problem and who may do and see what in it, against tables written out here and reviewed by people."""

from datetime import UTC, datetime

import pytest

from domain.errors import DomainError, Outdated
from domain.people import Actor, Duty, RoleKind
from domain.problems import MOVES, Action, Level, Part, State, read_number
from domain.visibility import Around, Facet, belongs, parts, sees
from tests.domain.problem import a_problem

NOW = datetime(2030, 5, 13, 2, tzinfo=UTC)

# state: what each part may do there, and where that leads. Whatever does not stand here is refused.
LIFE: dict[str, dict[str, str]] = {
    "submitted": {
        "reporter": "correct>submitted withdraw>withdrawn",
        "triage": "ask>needs_info decline>declined strike>declined accept>accepted",
    },
    "needs_info": {
        "reporter": "correct>needs_info supply>submitted withdraw>withdrawn",
        "triage": "decline>declined strike>declined",
    },
    "withdrawn": {},
    "declined": {},
    "accepted": {"triage": "assign>assigned decline>declined strike>declined"},
    "assigned": {"secretary": "sign>signed return>returned", "triage": "move_deadline>assigned"},
    "returned": {"triage": "assign>assigned decline>declined"},
    "signed": {
        "secretary": "plan>in_progress",
        "accountable": "plan>in_progress",
        "triage": "move_deadline>signed",
    },
    "in_progress": {
        "secretary": "plan>in_progress evidence>in_progress finish>in_progress request_closure>verifying",
        "accountable": "plan>in_progress evidence>in_progress finish>in_progress request_closure>verifying",
        "helper": "evidence>in_progress finish>in_progress",
        "triage": "move_deadline>in_progress",
    },
    "verifying": {"verifier": "close>closed send_back>in_progress", "triage": "move_deadline>verifying"},
    "closed": {},
}

# level: what each part sees. Nobody else sees anything.
SEEN: dict[str, dict[str, str]] = {
    "leadership": {
        "reporter": "state text reporter timeline",
        "triage": "state text reporter timeline",
        "secretary": "state text timeline",
        "accountable": "state text timeline",
        "helper": "state text timeline",
        "verifier": "state text timeline",
        "head": "state",
    },
    "department": {
        "reporter": "state text reporter timeline",
        "triage": "state text reporter timeline",
        "secretary": "state text timeline",
        "accountable": "state text timeline",
        "helper": "state text timeline",
        "verifier": "state text timeline",
        "head": "state",
    },
    "individual": {
        "reporter": "state text reporter timeline",
        "triage": "state text reporter timeline",
        "secretary": "state text reporter timeline",
        "accountable": "state text reporter timeline",
        "helper": "",
        "verifier": "state text reporter timeline",
        "head": "",
    },
}


def somebody(person_id: int, *duties: Duty, unit_path: str = "/1/2/") -> Actor:
    return Actor("web", 1, "zh", person_id=person_id, unit_path=unit_path, duties=duties)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("part", Part)
def test_every_step_of_every_part_in_every_state(state: State, action: Action, part: Part) -> None:
    allowed = dict(step.split(">") for step in LIFE[state].get(part, "").split())
    problem = a_problem(state=state)
    assert problem.may(action, frozenset({part})) is (action in allowed)
    if action in allowed:
        problem.move(action, frozenset({part}), 7, NOW)
        assert problem.state == allowed[action]
        return
    with pytest.raises(DomainError) as refused:
        problem.move(action, frozenset({part}), 7, NOW)
    assert refused.value.code == ("not-yours" if (state, action) in MOVES else "not-now")
    assert (problem.state, problem.version) == (state, 1)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("part", Part)
def test_what_every_part_sees_at_every_level(level: Level, part: Part) -> None:
    assert sees(a_problem(level), frozenset({part})) == {Facet(name) for name in SEEN[level][part].split()}


@pytest.mark.parametrize("level", Level)
def test_who_plays_no_part_sees_nothing(level: Level) -> None:
    assert sees(a_problem(level), frozenset()) == frozenset()


def test_only_moves_outdate_a_card() -> None:
    problem = a_problem(state=State.IN_PROGRESS)
    for action in (Action.PLAN, Action.EVIDENCE, Action.FINISH):
        problem.move(action, frozenset({Part.ACCOUNTABLE}), 7, NOW)
    problem.expect(1, "")
    problem.move(Action.REQUEST_CLOSURE, frozenset({Part.ACCOUNTABLE}), 7, NOW)
    with pytest.raises(Outdated) as late:
        problem.expect(1, "Somebody")
    assert late.value.values == {"by": "Somebody", "at": NOW}


SUPERVISOR = Duty(RoleKind.SUPERVISOR, 1, "/1/")
SECRETARY = Duty(RoleKind.SECRETARY, 2, "/1/2/")
AROUND = Around(
    unit_path="/1/2/", concerned_path="/1/2/7/", reporter_path="/1/3/", head_id=40, helper_ids=frozenset({50})
)


@pytest.mark.parametrize(
    ("actor", "found"),
    [
        (somebody(1), "reporter"),
        (somebody(20), "accountable"),
        (somebody(30), "verifier"),
        (somebody(40), "head"),
        (somebody(50), "helper"),
        (somebody(60, SECRETARY), "secretary"),
        (somebody(60, Duty(RoleKind.SECRETARY, 1, "/1/")), "secretary"),
        (somebody(60, Duty(RoleKind.SECRETARY, 3, "/1/3/")), ""),
        (somebody(60, SUPERVISOR, unit_path="/1/"), "triage"),
        (somebody(60, SUPERVISOR, unit_path="/1/3/"), "triage"),
        (somebody(60, SUPERVISOR, unit_path="/1/2/7/"), ""),
        (somebody(60, SUPERVISOR, unit_path="/1/2/8/"), ""),
        (somebody(60, Duty(RoleKind.ADMIN, 1, "/1/")), ""),
        (somebody(60, Duty(RoleKind.POINT_OFFICER, 1, "/1/")), ""),
        (somebody(60), ""),
        (Actor("web", 1, "zh"), ""),
    ],
)
def test_who_plays_which_part(actor: Actor, found: str) -> None:
    problem = a_problem(accountable_id=20, verifier_id=30)
    assert parts(problem, actor, AROUND) == {Part(name) for name in found.split()}


@pytest.mark.parametrize(
    ("actor", "found"),
    [
        (somebody(1, SECRETARY), "reporter"),
        (somebody(60, Duty(RoleKind.SECRETARY, 3, "/1/3/")), "secretary triage"),
        (somebody(60, SECRETARY), ""),
        (somebody(60, SUPERVISOR, unit_path="/1/"), ""),
        (somebody(40), ""),
        (somebody(50), ""),
        (somebody(30), "verifier"),
    ],
)
def test_a_shortcoming_of_ones_own_is_dispatched_by_the_own_secretary_and_by_no_supervisor(
    actor: Actor, found: str
) -> None:
    problem = a_problem(Level.INDIVIDUAL, verifier_id=30)
    assert parts(problem, actor, AROUND) == {Part(name) for name in found.split()}


def test_everybody_is_below_the_root_but_only_those_in_it_are_its_people() -> None:
    assert belongs("/1/", "/1/")
    assert not belongs("/1/2/", "/1/")
    assert belongs("/1/2/7/", "/1/2/")
    assert not belongs("/1/22/", "/1/2/")
    assert not belongs("/1/2/", "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("WT-2030-000123", "WT-2030-000123"),
        (" wt-2030-123 ", "WT-2030-000123"),
        ("WT2030 123", "WT-2030-000123"),
        ("WT－2030－000123", "WT-2030-000123"),
        ("WT-2030-0001234", None),
        ("WT-30-000123", None),
        ("about WT-2030-000123", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: str | None) -> None:
    assert read_number(typed) == number
