"""Twenty at one card, one number and one deadline."""

from datetime import timedelta

from bot.services import Services
from domain.errors import Outdated
from domain.people import Actor
from domain.problems import EXTENSIONS_ALLOWED, Concerns, Level, Problem, Report, State
from tests.faults.proofs.racing.rivals import MANY, Crowd
from tests.faults.proofs.racing.winning import one_wins, told

A_DAY = timedelta(days=1)


def one_accepts(crowd: Crowd) -> None:
    card, both = crowd.story.reported(), supervisors(crowd)
    answers = crowd.at_once(lambda process, n: process.triage.accept(both[n % 2], card.problem_id, card.version))
    one_wins(crowd, answers, *both)
    assert told(crowd, "problem-accepted") == 1


def one_declines_or_strikes(crowd: Crowd) -> None:
    card, both = crowd.story.reported(), supervisors(crowd)

    def decide(process: Services, number: int) -> None:
        case = process.triage.decline if number % 4 < 2 else process.triage.strike
        case(both[number % 2], card.problem_id, card.version, "不在范围")

    one_wins(crowd, crowd.at_once(decide), *both)
    assert told(crowd, "problem-declined") == 1


def one_assigns(crowd: Crowd) -> None:
    card, both, given = crowd.story.accepted(), supervisors(crowd), crowd.story.assignment()
    answers = crowd.at_once(
        lambda process, n: process.assigning.assign(both[n % 2], card.problem_id, card.version, given)
    )
    one_wins(crowd, answers, *both)
    assert told(crowd, "problem-named") == 1


def one_signs_or_returns(crowd: Crowd) -> None:
    card, secretary = crowd.story.assigned(), crowd.story.secretary

    def decide(process: Services, number: int) -> None:
        if number % 2:
            process.rectification.sign(secretary, card.problem_id, card.version)
        else:
            process.rectification.give_back(secretary, card.problem_id, card.version, "再议")

    one_wins(crowd, crowd.at_once(decide), secretary)
    found = problem(crowd, card.problem_id)
    assert (found.state, found.returns) in {(State.SIGNED, 0), (State.RETURNED, 1)}, found.state


def one_moves_the_deadline(crowd: Crowd) -> None:
    card, supervisor = crowd.story.assigned(), crowd.story.supervisor
    days = [crowd.services.assigning.deadline_in(6 + number) for number in range(MANY)]

    def move(process: Services, number: int) -> None:
        process.assigning.move_deadline(supervisor, card.problem_id, card.version, days[number], "工期延长")

    one_wins(crowd, crowd.at_once(move), supervisor)


def at_most_two_extensions(crowd: Crowd) -> None:
    """Each tries again with the card as it stands then, until it is put off or may not be any more."""
    card, supervisor = crowd.story.assigned(), crowd.story.supervisor

    def put_off(process: Services, _number: int) -> None:
        for _ in range(MANY):
            now = process.problems.card(supervisor, card.problem_id)
            assert now.deadline is not None
            try:
                process.assigning.move_deadline(supervisor, now.problem_id, now.version, now.deadline + A_DAY, "再等")
            except Outdated:
                continue
            return

    answers = crowd.at_once(put_off)
    assert answers == {"done": EXTENSIONS_ALLOWED, "extensions-used": MANY - EXTENSIONS_ALLOWED}, answers
    with crowd.store.work() as work:
        assert work.problems.extensions(card.problem_id) == EXTENSIONS_ALLOWED


def one_asks_for_closure(crowd: Crowd) -> None:
    story = crowd.story
    card = story.planned()
    measure = card.measures[0].measure_id
    story.services.rectification.prove(story.owner, card.problem_id, measure, ["换好了"])
    story.services.rectification.finish(story.owner, card.problem_id, measure)
    both = story.owner, story.secretary
    answers = crowd.at_once(
        lambda process, n: process.rectification.request_closure(both[n % 2], card.problem_id, card.version)
    )
    one_wins(crowd, answers, *both)
    assert told(crowd, "problem-to-verify") == 1


def one_closes_or_sends_back(crowd: Crowd) -> None:
    card, verifier = crowd.story.verifying(), crowd.story.verifier

    def decide(process: Services, number: int) -> None:
        if number % 2:
            process.rectification.close(verifier, card.problem_id, card.version)
        else:
            process.rectification.send_back(verifier, card.problem_id, card.version, "再试")

    one_wins(crowd, crowd.at_once(decide), verifier)
    assert told(crowd, "problem-closed") + told(crowd, "problem-sent-back") == 1


def withdrawn_or_accepted(crowd: Crowd) -> None:
    """Whoever comes too late to the reporter's withdrawal does not read the reporter's name."""
    card, story = crowd.story.reported(), crowd.story

    def decide(process: Services, number: int) -> None:
        if number % 2:
            process.triage.accept(story.supervisor, card.problem_id, card.version)
        else:
            process.reports.withdraw(story.reporter, card.problem_id, card.version)

    answers = crowd.at_once(decide)
    assert answers["done"] == 1, answers
    assert answers.total() == MANY
    with crowd.store.work() as work:
        assert len(work.problems.timeline(card.problem_id)) == 2
    if problem(crowd, card.problem_id).state is State.ACCEPTED:
        assert set(answers) == {"done", f"outdated by {story.supervisor.name} at {crowd.clock.now()}"}, answers


def a_measure_is_done_once(crowd: Crowd) -> None:
    card, owner = crowd.story.planned(), crowd.story.owner
    measure = card.measures[0].measure_id
    crowd.services.rectification.prove(owner, card.problem_id, measure, ["换好了"])
    answers = crowd.at_once(lambda process, _: process.rectification.finish(owner, card.problem_id, measure))
    assert answers == {"done": MANY}, answers
    with crowd.store.work() as work:
        assert sum(event.action == "finish" for event in work.problems.timeline(card.problem_id)) == 1


def numbers_have_no_gap_and_no_double(crowd: Crowd) -> None:
    reporter = crowd.story.reporter
    report = Report(Level.DEPARTMENT, Concerns.MINE, reporter.unit_id, "service", "慢")

    def file(process: Services, number: int) -> None:
        process.reports.report(reporter, report if number % 5 else Report(**{**vars(report), "text": ""}))

    answers = crowd.at_once(file)
    with crowd.store.work() as work:
        found = sorted(one.number for one in work.problems.in_states({State.SUBMITTED}))
    assert answers == {"done": 16, "text-empty": 4}, answers
    assert found == [f"WT-2030-{count:06d}" for count in range(1, 17)], found


def supervisors(crowd: Crowd) -> tuple[Actor, Actor]:
    return crowd.story.supervisor, crowd.story.other_supervisor


def problem(crowd: Crowd, problem_id: int) -> Problem:
    with crowd.store.work() as work:
        found = work.problems.find(problem_id)
        assert found is not None
        return found


RULES = (
    one_accepts,
    one_declines_or_strikes,
    one_assigns,
    one_signs_or_returns,
    one_moves_the_deadline,
    at_most_two_extensions,
    one_asks_for_closure,
    one_closes_or_sends_back,
    withdrawn_or_accepted,
    a_measure_is_done_once,
    numbers_have_no_gap_and_no_double,
)
