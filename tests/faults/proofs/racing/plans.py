"""Twenty at one contest, one session, one assessment and one notice."""

from datetime import timedelta

from bot.services import Services
from domain.assessments import AssessmentPlan
from domain.deliveries import DeliveryState
from domain.notices import NOTICE, Audience
from domain.notices import Plan as NoticePlan
from domain.people import RoleKind
from domain.studies import Plan, SessionKind
from tests.faults.proofs.racing.rivals import MANY, Crowd
from tests.faults.proofs.racing.winning import one_wins, told
from tests.post import take
from tests.services.contests import bank, plan


def opened(crowd: Crowd) -> int:
    questions = bank(crowd.services, crowd.story.admin, ("single", "multiple", "truefalse"))
    return crowd.services.contests.create(crowd.story.admin, plan(crowd.clock, questions))


def one_attempt_and_one_answer_to_a_question(crowd: Crowd) -> None:
    contest, reader = opened(crowd), crowd.story.reporter
    assert crowd.at_once(lambda process, _: process.quiz.start(reader, contest)) == {"done": MANY}
    places = [crowd.services.quiz.sitting(reader, contest, place) for place in range(3)]
    for place in places:
        crowd.at_once(
            lambda process, n, place=place: process.quiz.choose(
                reader, contest, place.position, n % len(place.options), on=True
            )
        )
    with crowd.store.work() as work:
        assert work.contests.count_attempts(contest) == 1
        attempt = work.contests.attempt(contest, reader.person_id or 0)
        assert attempt is not None
        answers = work.contests.answers(attempt.id)
    assert sorted(len(one.chosen) for one in answers.values()) == [1, 1, 4], answers


def handed_in_once(crowd: Crowd) -> None:
    contest, reader = opened(crowd), crowd.story.reporter
    crowd.services.quiz.start(reader, contest)
    assert crowd.at_once(lambda process, _: process.quiz.hand_in(reader, contest)) == {"done": MANY}
    assert told(crowd, "contest-handed-in") == 1


def session(crowd: Crowd, **begins_in: int) -> int:
    starts = crowd.clock.now() + timedelta(**begins_in)
    planned = Plan(SessionKind.THEORY, "学习条例", starts, "三楼", (crowd.story.unit_id,), "x")
    return crowd.services.studies.plan(crowd.story.secretary, planned).id


def one_set_of_reminders(crowd: Crowd) -> None:
    session(crowd, hours=5)
    crowd.clock.advance(hours=4)
    counted: list[int] = []
    crowd.at_once(lambda process, _: counted.append(process.studies.record_hour_before()))
    assert sum(counted) == told(crowd, "session-hour") > 0, counted


def one_digest_a_day(crowd: Crowd) -> None:
    crowd.story.assigned(workdays=3)
    counted: list[int] = []
    crowd.at_once(lambda process, _: counted.append(process.digests.record()))
    assert sum(counted) == told(crowd, "digest") > 0, counted


def one_roll_of_a_unit(crowd: Crowd) -> None:
    held = session(crowd, minutes=40)
    crowd.clock.advance(minutes=20)
    secretary, unit_id = crowd.story.secretary, crowd.story.unit_id
    answers = crowd.at_once(lambda process, _: process.rolls.confirm(secretary, held, unit_id, {}))
    one_wins(crowd, answers, secretary)
    with crowd.store.work() as work:
        assert len(work.studies.rolls(held)) == 1


def one_moves_or_cancels_a_session(crowd: Crowd) -> None:
    planned, secretary = session(crowd, days=2), crowd.story.secretary

    def change(process: Services, number: int) -> None:
        if number:
            process.studies.move(secretary, planned, 1, crowd.clock.now() + timedelta(days=2, hours=number))
        else:
            process.studies.cancel(secretary, planned, 1)

    one_wins(crowd, crowd.at_once(change), secretary)


def one_hands_in_an_assessment(crowd: Crowd) -> None:
    owed = {crowd.story.unit_id: crowd.story.id_of(crowd.story.owner)}
    found = crowd.services.assessments.plan(
        crowd.story.admin, AssessmentPlan("述职", crowd.clock.now() + timedelta(days=9), owed)
    )
    both = crowd.story.owner, crowd.story.secretary
    answers = crowd.at_once(
        lambda process, n: process.assessments.submit(both[n % 2], found.id, crowd.story.unit_id, str(n))
    )
    one_wins(crowd, answers, *both)
    assert told(crowd, "assessment-submitted") == 1


def started(crowd: Crowd) -> int:
    audience = Audience((crowd.story.unit_id, crowd.story.reporter.unit_id or 0), (RoleKind.MEMBER,))
    expected = crowd.services.broadcasts.size(audience)[0]
    return crowd.services.broadcasts.start(
        crowd.story.admin, NoticePlan("停电", "周三停电", audience, expected=expected)
    )


def one_acknowledgement(crowd: Crowd) -> None:
    notice = started(crowd)
    crowd.clock.advance(seconds=31)
    while crowd.services.notice_dispatch.record_slice(notice):
        continue
    parcels = take(crowd.services, "post", 1000)
    with crowd.store.work() as work:
        for parcel in parcels:
            work.deliveries.mark(parcel.delivery.id, "post", state=DeliveryState.SENT, sent_at=crowd.clock.now())
    counted: list[bool] = []
    crowd.at_once(lambda process, _: counted.append(process.notices.acknowledge(crowd.story.reporter, notice)[1]))
    assert sum(counted) == 1, counted
    assert crowd.services.broadcasts.progress(crowd.story.admin, notice).total.acknowledged == 1


def a_notice_ends_once(crowd: Crowd) -> None:
    notice = started(crowd)

    def end(process: Services, number: int) -> None:
        case = process.broadcasts.stop if number % 2 else process.broadcasts.undo
        case(crowd.story.admin, notice)

    assert crowd.at_once(end) == {"done": 1, "notice-ended": MANY - 1}


def nobody_is_recorded_twice_for_a_notice(crowd: Crowd) -> None:
    notice = started(crowd)
    crowd.clock.advance(seconds=31)
    crowd.at_once(lambda process, _: process.notice_dispatch.record_slice(notice))
    with crowd.store.work() as work:
        people = [row.person_id for row in work.deliveries.find(NOTICE, str(notice))]
    assert len(people) == len(set(people)) > 0


RULES = (
    one_attempt_and_one_answer_to_a_question,
    handed_in_once,
    one_set_of_reminders,
    one_digest_a_day,
    one_roll_of_a_unit,
    one_moves_or_cancels_a_session,
    one_hands_in_an_assessment,
    one_acknowledgement,
    a_notice_ends_once,
    nobody_is_recorded_twice_for_a_notice,
)
