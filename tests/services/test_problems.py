"""A problem after it was reported, on both databases: who may do what, what is saved, what is told to whom."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from bot.services import Services
from domain.deliveries import DeliveryState
from domain.errors import DomainError, NotFound, Outdated
from domain.files import FileKind, Incoming
from domain.people import Actor, Person, Role, RoleKind
from domain.problems import Action, Concerns, Level, Report, State
from storage.audit import audit
from storage.chat import chat_message
from storage.files import FileStore
from storage.unit_of_work import Store
from tests.conftest import ZONE, FixedClock
from tests.services.problems import TEXT, Story


@pytest.fixture
def story(services: Services, clock: FixedClock, by_number: Callable[[str], Actor]) -> Story:
    return Story(services, clock, by_number)


def told(store: Store, number: str) -> list[tuple[str, int]]:
    """What was recorded about a problem, and for whom; without the reporter's card."""
    with store.work() as work:
        rows = work.deliveries.about(number)
        return [(row.kind, row.person_id or 0) for row in rows if row.kind != "problem-card"]


def refusal(case: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(DomainError) as refused:
        case(*arguments)
    return refused.value.code


def supervisors(store: Store, story: Story, count: int) -> list[Actor]:
    """So many more supervisors of the office."""
    unit_id = story.supervisor.unit_id or 0
    with store.work() as work:
        people = [work.people.add_person(Person(f"督导{n}", f"S{n:03}", unit_id)) for n in range(count)]
        for person in people:
            work.people.grant(Role(person.id, unit_id, RoleKind.SUPERVISOR))
    return [story.by_number(f"S{n:03}") for n in range(count)]


# Triage


def test_the_queue_is_oldest_first_and_empties_as_decisions_are_made(story: Story, services: Services) -> None:
    first, second = story.reported(text="one"), story.reported(text="two")
    assert [card.text for card in services.problems.queue(story.supervisor)] == ["one", "two"]
    services.triage.decline(story.supervisor, first.problem_id, first.version, "not here")
    services.triage.ask(story.supervisor, second.problem_id, second.version, "where?")
    assert services.problems.queue(story.supervisor) == []
    services.answers.supply(story.reporter, second.problem_id, ["in the hall"])
    assert [card.text for card in services.problems.queue(story.supervisor)] == ["two\nin the hall"]


def test_the_reporter_reads_the_reason_and_nobody_else_is_told(story: Story, services: Services, store: Store) -> None:
    card = story.reported()
    services.triage.decline(story.supervisor, card.problem_id, card.version, "belongs elsewhere")
    assert services.problems.card(story.reporter, card.problem_id).reason == "belongs elsewhere"
    assert told(store, card.number) == [("problem-declined", story.id_of(story.reporter))]


def test_nobody_of_the_unit_concerned_dispatches_it(
    story: Story, services: Services, store: Store, by_number: Callable[[str], Actor]
) -> None:
    card = story.reported()
    with store.work() as work:
        person = work.people.person(story.id_of(story.other_supervisor))
        assert person is not None
        person.unit_id = story.reporter.unit_id or 0
    partial = by_number("A003")
    assert services.problems.queue(partial) == []
    with pytest.raises(NotFound):
        services.problems.card(partial, card.problem_id)
    with pytest.raises(NotFound):
        services.triage.accept(partial, card.problem_id, card.version)


def test_striking_erases_words_place_and_files_and_keeps_number_and_reason(
    story: Story, services: Services, store: Store, tmp_path: Path
) -> None:
    kept = services.files.keep(services.files.prepare(FileKind.DOCUMENT, b"secret"))
    incoming = Incoming(FileKind.DOCUMENT, 1, f"local:{kept.id}", 6)
    card = story.reported()
    services.triage.ask(story.supervisor, card.problem_id, card.version, "more?")
    services.answers.supply(story.reporter, card.problem_id, ["more of it"], [incoming])
    card = services.problems.card(story.supervisor, card.problem_id)
    struck = services.triage.strike(story.supervisor, card.problem_id, card.version, "must not stand here")
    assert (struck.text, struck.files, struck.struck) == ("", 0, True)
    assert (struck.number, struck.reason, struck.state) == (card.number, "must not stand here", State.DECLINED)
    assert services.files.find(kept.id) is None
    assert kept.sha256 is not None
    assert not FileStore(tmp_path / "files").path(kept.sha256).exists()
    with store.work() as work:
        said = repr([row.payload for row in work.deliveries.about(card.number)])
        assert TEXT not in said
        assert "more of it" not in said


def test_striking_empties_what_the_pages_chats_show_of_it_and_nothing_else(
    story: Story, services: Services, store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    kept = services.files.keep(services.files.prepare(FileKind.DOCUMENT, b"secret"))
    copy = services.files.keep(services.files.prepare(FileKind.DOCUMENT, b"secret"))
    card = story.reported()
    services.triage.ask(story.supervisor, card.problem_id, card.version, "more?")
    services.answers.supply(
        story.reporter, card.problem_id, [], [Incoming(FileKind.DOCUMENT, 1, f"local:{kept.id}", 6)]
    )
    said = {
        story.reporter: [{"text": TEXT}, {"text": "", "document": {"file": kept.id}}, {"text": "菜单"}],
        story.supervisor: [{"text": f"请您决定是否受理\n{TEXT}"}, {"text": "", "document": {"file": copy.id}}],
        story.bystander: [{"text": "别的事"}],
    }
    chats: dict[int, list[int]] = {}
    with store.work() as work:
        for actor, bodies in said.items():
            account = work.people.add_account("web", None, clock.now(), actor.person_id).id
            mine = actor is story.reporter
            chats[account] = [work.chat.append(account, {"date": 1, **body}, mine=mine) for body in bodies]
    card = services.problems.card(story.supervisor, card.problem_id)
    services.triage.strike(story.supervisor, card.problem_id, card.version, "out")
    with store.work() as work:
        rows = work._session.execute(select(chat_message).order_by(chat_message.c.id)).all()
        assert [bool(row.body.get("deleted")) for row in rows] == [True, True, False, True, True, False]
        assert TEXT not in repr([row.body for row in rows])
    assert kept.sha256 is not None
    assert services.files.find(copy.id) is None
    assert not FileStore(tmp_path / "files").path(kept.sha256).exists()


def test_a_file_of_the_same_content_elsewhere_survives_striking(story: Story, services: Services) -> None:
    same = services.files.keep(services.files.prepare(FileKind.DOCUMENT, b"both"))
    kept = services.files.keep(services.files.prepare(FileKind.DOCUMENT, b"both"))
    card = story.reported()
    services.triage.ask(story.supervisor, card.problem_id, card.version, "more?")
    services.answers.supply(
        story.reporter, card.problem_id, [], [Incoming(FileKind.DOCUMENT, 1, f"local:{kept.id}", 4)]
    )
    card = services.problems.card(story.supervisor, card.problem_id)
    services.triage.strike(story.supervisor, card.problem_id, card.version, "out")
    assert services.files.find(kept.id) is None
    found = services.files.find(same.id)
    assert found is not None
    assert found[1] == b"both"


def test_each_look_at_the_name_is_written_down_and_only_triage_may_look(
    story: Story, services: Services, store: Store
) -> None:
    card = story.assigned()
    assert services.triage.name_reporter(story.supervisor, card.problem_id)[1] == story.reporter.name
    services.triage.name_reporter(story.supervisor, card.problem_id)
    for actor in (story.secretary, story.owner, story.verifier, story.bystander, story.admin, story.reporter):
        with pytest.raises(NotFound):
            services.triage.name_reporter(actor, card.problem_id)
    with store.work() as work:
        looks = work._session.execute(select(audit).where(audit.c.action == "problem.name-reporter")).all()
    assert [(look.person_id, look.subject) for look in looks] == [(story.id_of(story.supervisor), card.number)] * 2


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_of_twenty_supervisors_who_accept_at_once_one_does_and_the_others_read_who_and_when(
    story: Story, store: Store, clock: FixedClock
) -> None:
    card = story.reported()
    everybody = supervisors(store, story, 20)
    together = Barrier(20)

    def accept(actor: Actor) -> str:
        together.wait()
        try:
            story.services.triage.accept(actor, card.problem_id, card.version)
        except Outdated as late:
            return f"{late.values['by']} {late.values['at']}"
        return f"won: {actor.name}"

    with ThreadPoolExecutor(20) as threads:
        said = Counter(threads.map(accept, everybody))
    [winner] = [words.removeprefix("won: ") for words in said if words.startswith("won: ")]
    assert said == {f"won: {winner}": 1, f"{winner} {clock.now()}": 19}
    assert [kind for kind, _ in told(store, card.number)] == ["problem-accepted"]


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_of_twenty_who_return_it_at_once_one_does(story: Story, services: Services, store: Store) -> None:
    card = story.assigned()
    together = Barrier(20)

    def give_back(number: int) -> bool:
        together.wait()
        try:
            services.rectification.give_back(story.secretary, card.problem_id, card.version, str(number))
        except Outdated:
            return False
        return True

    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(give_back, range(20))) == 1
    with store.work() as work:
        problem = work.problems.find(card.problem_id)
        assert problem is not None
        assert problem.returns == 1


# Assigning


def test_the_verifier_is_neither_the_owner_nor_a_subordinate(story: Story, services: Services) -> None:
    card = story.accepted()
    given = story.assignment()
    for verifier, code in ((story.owner, "verifier-same"), (story.secretary, "verifier-subordinate")):
        wrong = type(given)(given.unit_id, given.accountable_id, story.id_of(verifier), given.deadline)
        assert refusal(services.assigning.assign, story.supervisor, card.problem_id, card.version, wrong) == code
    names = [
        person.name
        for person in services.assigning.verifiers(story.supervisor, card.problem_id, given.accountable_id, "书记")
    ]
    assert names == ["二支部书记"]


def test_the_owner_is_of_the_unit_and_the_deadline_ahead(story: Story, services: Services, clock: FixedClock) -> None:
    card = story.accepted()
    given = story.assignment()
    stranger = type(given)(given.unit_id, story.id_of(story.verifier), story.id_of(story.bystander), given.deadline)
    late = type(given)(given.unit_id, given.accountable_id, given.verifier_id, clock.now() - timedelta(days=1))
    case = (services.assigning.assign, story.supervisor, card.problem_id, card.version)
    assert refusal(*case, stranger) == "not-of-unit"
    assert refusal(*case, late) == "deadline-past"
    assert services.problems.card(story.supervisor, card.problem_id).state is State.ACCEPTED


def test_nobody_assigns_to_the_unit_they_belong_to(story: Story, services: Services, store: Store) -> None:
    report = Report(Level.DEPARTMENT, Concerns.UNSURE, None, "service", "x")
    problem = services.reports.report(story.reporter, report)
    services.triage.accept(story.supervisor, problem.id, 1)
    with store.work() as work:
        person = work.people.person(story.id_of(story.other_supervisor))
        assert person is not None
        person.unit_id = story.unit_id
    partial = story.by_number("A003")
    assert refusal(services.assigning.unit, partial, problem.id, story.unit_id) == "own-unit"
    assert refusal(services.assigning.assign, partial, problem.id, 2, story.assignment()) == "own-unit"


def test_whom_one_picked_last_is_offered_first(story: Story, services: Services) -> None:
    story.assigned()
    card = story.accepted()
    owners = services.assigning.candidates(story.supervisor, card.problem_id, story.unit_id, "")
    verifiers = services.assigning.verifiers(story.supervisor, card.problem_id, story.id_of(story.owner), "")
    assert [person.name for person in owners] == [story.owner.name]
    assert [person.name for person in verifiers] == [story.verifier.name]


def test_a_deadline_ends_at_the_end_of_the_last_working_day(story: Story, clock: FixedClock) -> None:
    card = story.assigned(5)
    assert card.deadline is not None
    assert card.deadline.astimezone(ZONE).isoformat() == "2030-05-20T18:00:00+08:00"


def test_the_unit_returns_it_once_with_a_reason_and_never_again(story: Story, services: Services, store: Store) -> None:
    card = story.assigned()
    card = services.rectification.give_back(story.secretary, card.problem_id, card.version, "not ours")
    assert (card.state, card.reason) == (State.RETURNED, "not ours")
    assert ("problem-returned", story.id_of(story.supervisor)) in told(store, card.number)
    again = services.problems.card(story.supervisor, card.problem_id)
    again = services.assigning.assign(story.supervisor, again.problem_id, again.version, story.assignment())
    assert Action.RETURN not in services.problems.card(story.secretary, again.problem_id).actions
    case = (services.rectification.give_back, story.secretary, again.problem_id, again.version, "still not ours")
    assert refusal(*case) == "returned-before"


def test_a_moved_deadline_keeps_the_old_one_in_the_timeline(story: Story, services: Services) -> None:
    card = story.signed(5)
    later = services.assigning.deadline_in(10)
    moved = services.assigning.move_deadline(story.supervisor, card.problem_id, card.version, later, "parts late")
    assert moved.deadline == later
    _, steps = services.problems.timeline(story.owner, card.problem_id)
    assert (steps[-1].before, steps[-1].after, steps[-1].note) == (card.deadline, later, "parts late")
    assert refusal(services.assigning.move_deadline, story.owner, card.problem_id, moved.version, later, "x") == (
        "not-yours"
    )
    assert refusal(services.assigning.move_deadline, story.supervisor, card.problem_id, moved.version, later, "x") == (
        "deadline-same"
    )


# The unit's work


def test_closure_is_asked_for_when_every_measure_is_done_and_proven(story: Story, services: Services) -> None:
    work = services.rectification
    card = story.signed()
    case = (work.request_closure, story.owner, card.problem_id, card.version)
    assert refusal(*case) == "not-now"
    card = work.plan(story.owner, card.problem_id, ["one", "two"])
    assert refusal(*case) == "measures-open"
    for measure in card.measures:
        work.finish(story.owner, card.problem_id, measure.measure_id)
    work.prove(story.owner, card.problem_id, card.measures[0].measure_id, ["done"])
    assert refusal(*case) == "evidence-missing"
    kept = services.files.keep(services.files.prepare(FileKind.DOCUMENT, b"proof"))
    proof = Incoming(FileKind.DOCUMENT, 1, f"local:{kept.id}", 5)
    work.prove(story.secretary, card.problem_id, card.measures[1].measure_id, [], [proof])
    assert work.request_closure(story.owner, card.problem_id, card.version).state is State.VERIFYING


def test_a_measure_of_another_problem_is_not_found(story: Story, services: Services) -> None:
    one, other = story.planned("a"), story.planned("b")
    case = (services.rectification.finish, story.owner, one.problem_id, other.measures[0].measure_id)
    assert refusal(*case) == "not-found"


def test_finishing_twice_is_finishing_once(story: Story, services: Services) -> None:
    card = story.planned()
    for _ in range(2):
        services.rectification.finish(story.owner, card.problem_id, card.measures[0].measure_id)
    _, steps = services.problems.timeline(story.owner, card.problem_id)
    assert [step.action for step in steps].count("finish") == 1


def test_the_verifier_sends_it_back_with_a_reason_and_all_that_was_done_stays(
    story: Story, services: Services, store: Store
) -> None:
    card = story.verifying()
    back = services.rectification.send_back(story.verifier, card.problem_id, card.version, "test it again")
    assert (back.state, back.number, back.deadline) == (State.IN_PROGRESS, card.number, card.deadline)
    owners = services.problems.card(story.owner, card.problem_id)
    assert owners.reason == "test it again"
    assert [(measure.done, measure.evidence) for measure in owners.measures] == [(True, 1)]
    assert ("problem-sent-back", story.id_of(story.owner)) in told(store, card.number)


def test_nobody_but_the_verifier_closes(story: Story, services: Services) -> None:
    card = story.verifying()
    for actor in (story.owner, story.secretary, story.supervisor):
        assert refusal(services.rectification.close, actor, card.problem_id, card.version) == "not-yours"
    assert services.rectification.close(story.verifier, card.problem_id, card.version).state is State.CLOSED


def test_a_helper_of_the_unit_proves_and_finishes_but_neither_plans_nor_asks_for_closure(
    story: Story, services: Services, by_number: Callable[[str], Actor]
) -> None:
    helper = by_number("B004")
    card = story.planned()
    with pytest.raises(NotFound):
        services.problems.card(helper, card.problem_id)
    assert refusal(services.rectification.ask_for_help, story.owner, card.problem_id, story.id_of(story.bystander)) == (
        "not-of-unit"
    )
    services.rectification.ask_for_help(story.owner, card.problem_id, story.id_of(helper))
    services.rectification.prove(helper, card.problem_id, card.measures[0].measure_id, ["done"])
    card = services.rectification.finish(helper, card.problem_id, card.measures[0].measure_id)
    assert refusal(services.rectification.plan, helper, card.problem_id, ["more"]) == "not-yours"
    assert refusal(services.rectification.request_closure, helper, card.problem_id, card.version) == "not-yours"
    assert helper.name in [step.name for step in services.problems.timeline(story.owner, card.problem_id)[1]]


# One's own shortcoming


def test_a_shortcoming_of_ones_own_goes_to_the_own_secretary_and_past_every_supervisor(
    story: Story, services: Services, store: Store
) -> None:
    card = story.reported(Level.INDIVIDUAL)
    assert services.problems.queue(story.supervisor) == []
    for actor in (story.supervisor, story.owner, story.verifier, story.admin, story.bystander):
        with pytest.raises(NotFound):
            services.problems.card(actor, card.problem_id)
    [waiting] = services.problems.inbox(story.secretary)
    services.triage.accept(story.secretary, waiting.problem_id, waiting.version)
    start = services.assigning.start(story.secretary, card.problem_id)
    given = story.assignment()
    own = type(given)(start.unit_id or 0, start.person_id or 0, given.verifier_id, given.deadline)
    other = type(given)(start.unit_id or 0, story.id_of(story.owner), given.verifier_id, given.deadline)
    seen = services.problems.card(story.secretary, card.problem_id).version
    assert refusal(services.assigning.assign, story.secretary, card.problem_id, seen, other) == "own-shortcoming"
    done = services.assigning.assign(story.secretary, card.problem_id, seen, own)
    assert done.state is State.SIGNED
    assert told(store, card.number)[-1] == ("problem-to-plan", story.id_of(story.reporter))
    assert services.problems.card(story.verifier, card.problem_id).text == TEXT


def test_who_is_supervisor_and_secretary_finds_it_in_the_inbox_and_not_in_the_queue(
    story: Story, services: Services, store: Store
) -> None:
    story.reported(Level.INDIVIDUAL)
    with store.work() as work:
        work.people.grant(Role(story.id_of(story.secretary), story.supervisor.unit_id or 0, RoleKind.SUPERVISOR))
    both = story.by_number("B002")
    assert services.problems.queue(both) == []
    assert len(services.problems.inbox(both)) == 1


# Looking


def test_what_may_not_be_seen_is_refused_exactly_as_what_does_not_exist(story: Story, services: Services) -> None:
    card = story.planned()
    measure = card.measures[0].measure_id
    seen = card.version
    cases: list[tuple[Callable[..., object], tuple[object, ...]]] = [
        (services.problems.card, ()),
        (services.problems.current, (seen,)),
        (services.problems.timeline, ()),
        (services.problems.files, ()),
        (services.problems.files, (measure,)),
        (services.triage.accept, (seen,)),
        (services.triage.ask, (seen, "x")),
        (services.triage.decline, (seen, "x")),
        (services.triage.strike, (seen, "x")),
        (services.triage.name_reporter, ()),
        (services.assigning.start, ()),
        (services.assigning.assign, (seen, story.assignment())),
        (services.assigning.move_deadline, (seen, story.assignment().deadline, "x")),
        (services.assigning.candidates, (story.unit_id, "")),
        (services.assigning.verifiers, (story.id_of(story.owner), "")),
        (services.rectification.sign, (seen,)),
        (services.rectification.give_back, (seen, "x")),
        (services.rectification.plan, (["x"],)),
        (services.rectification.prove, (measure, ["x"])),
        (services.rectification.finish, (measure,)),
        (services.rectification.ask_for_help, (story.id_of(story.bystander),)),
        (services.rectification.colleagues, ("",)),
        (services.rectification.request_closure, (seen,)),
        (services.rectification.close, (seen,)),
        (services.rectification.send_back, (seen, "x")),
        (services.answers.supply, (["x"],)),
    ]
    for case, rest in cases:
        for actor in (story.bystander, story.admin):
            hidden = refusal(case, actor, card.problem_id, *rest)
            missing = refusal(case, actor, 999_999, *rest)
            assert (hidden, missing) == ("not-found", "not-found"), case
    assert refusal(services.problems.by_number, story.bystander, card.number) == "not-found"
    assert refusal(services.problems.by_number, story.bystander, "WT-2030-999999") == "not-found"


def test_what_is_due_stands_by_date_for_the_owner_the_secretary_and_the_verifier(
    story: Story, services: Services
) -> None:
    later, sooner = story.signed(10), story.signed(5)
    for actor in (story.owner, story.secretary, story.verifier):
        assert [card.number for card in services.problems.due(actor)] == [sooner.number, later.number]
    assert services.problems.due(story.bystander) == []


def test_the_head_of_the_unit_sees_number_and_deadline_and_no_text(
    story: Story, services: Services, store: Store
) -> None:
    card = story.signed()
    with store.work() as work:
        unit = work.people.unit(story.unit_id)
        assert unit is not None
        unit.head_person_id = story.bystander.person_id
    [due] = services.problems.due(story.bystander)
    assert (due.number, due.deadline, due.text, due.measures, due.reason) == (card.number, card.deadline, "", (), "")
    with pytest.raises(NotFound):
        services.problems.timeline(story.bystander, card.problem_id)


def test_my_list_holds_what_i_reported_and_what_i_own(story: Story, services: Services) -> None:
    card = story.closed()
    reported, owned = services.problems.mine(story.reporter)
    assert ([card.number for card in reported], owned) == ([card.number], [])
    reported, owned = services.problems.mine(story.owner)
    assert (reported, [card.number for card in owned]) == ([], [card.number])


# What is told


def test_the_menu_counts_what_is_asked_of_me(story: Story, services: Services) -> None:
    card = story.reported()
    services.triage.ask(story.supervisor, card.problem_id, card.version, "哪个窗口？")
    assert services.waiting.counts(story.reporter) == {"my": 1}
    story.planned()
    assert services.waiting.counts(story.owner) == {"due": 1}


def test_what_is_being_verified_asks_nothing_of_its_owner(story: Story, services: Services) -> None:
    story.verifying()
    assert services.waiting.counts(story.owner) == {}


def test_everybody_is_told_what_concerns_them_and_nobody_of_what_they_did(story: Story, store: Store) -> None:
    card = story.closed()
    reporter, owner = story.id_of(story.reporter), story.id_of(story.owner)
    assert told(store, card.number) == [
        ("problem-accepted", reporter),
        ("problem-assigned", story.id_of(story.secretary)),
        ("problem-named", owner),
        ("problem-to-plan", owner),
        ("problem-to-verify", story.id_of(story.verifier)),
        ("problem-done", owner),
        ("problem-done", story.id_of(story.secretary)),
        ("problem-closed", reporter),
    ]


def test_what_is_decided_at_night_is_said_in_the_morning_of_a_working_day(
    story: Story, services: Services, store: Store, clock: FixedClock
) -> None:
    clock.set_local("2030-05-17 20:00")
    card = story.accepted()
    with store.work() as work:
        [row] = work.deliveries.find("problem-accepted", card.number)
        [face] = work.deliveries.find("problem-card", card.number)
    assert row.not_before == clock.set_local("2030-05-20 08:30")
    assert face.not_before < row.not_before


def test_a_request_that_was_not_yet_said_is_void_when_the_next_step_is_taken(
    story: Story, services: Services, store: Store, clock: FixedClock
) -> None:
    clock.set_local("2030-05-17 20:00")
    card = story.assigned()
    services.rectification.sign(story.secretary, card.problem_id, card.version)
    with store.work() as work:
        [row] = work.deliveries.find("problem-assigned", card.number)
    assert row.state is DeliveryState.CANCELLED
