"""Running contests: banks taken in, contests planned, their audience told, results counted, told and published."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.banks import PlannedBank
from domain.contests import (
    SLICE,
    Bank,
    BankLine,
    Contest,
    ContestCard,
    ContestPlan,
    Phase,
    Question,
    UnitLine,
    median,
    require_count,
    require_organiser,
    require_title,
    score,
    unit_table,
)
from domain.deliveries import Delivery, Lane, key
from domain.errors import DomainError, NotFound
from domain.people import Actor, Person, Unit
from services.clock import Clock
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

LISTED = 20


class Contests:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    def may_organise(self, actor: Actor) -> None:
        """Refuse who does not run contests: DomainError ``organisers-only``."""
        require_organiser(actor)

    # Banks

    def save_bank(self, actor: Actor, planned: PlannedBank) -> BankLine:
        """Keep a bank that was read without errors. Raises DomainError ``bank-has-errors``."""
        require_organiser(actor)
        if planned.errors or not planned.questions:
            raise DomainError("bank-has-errors")
        now = self._clock.now()
        questions = [
            Question(0, position, one.kind, one.chapter, one.stem, one.options, one.answer, one.reason)
            for position, one in enumerate(planned.questions)
        ]
        with self._work() as work:
            bank = work.contests.add_bank(Bank(planned.title, actor.person_id or 0, now), questions)
            work.audit.record(now, actor.person_id, "bank.import", str(bank.id))
            return BankLine(bank.id, bank.title, len(questions), now)

    @reads
    def is_known(self, actor: Actor, planned: PlannedBank) -> bool:
        """Whether a bank of this title with as many questions is there already."""
        require_organiser(actor)
        with self._work() as work:
            known = [(bank.title, size) for bank, size in work.contests.banks()]
            return (planned.title, len(planned.questions)) in known

    @reads
    def banks(self, actor: Actor) -> list[BankLine]:
        require_organiser(actor)
        with self._work() as work:
            return [BankLine(bank.id, bank.title, size, bank.created_at) for bank, size in work.contests.banks()]

    @reads
    def check_count(self, actor: Actor, bank_id: int, wanted: int) -> None:
        """Raises DomainError ``contest-count`` or ``contest-bank-too-small``."""
        require_organiser(actor)
        with self._work() as work:
            require_count(wanted, work.contests.size_of(bank_id))

    @reads
    def units(self, actor: Actor) -> list[tuple[int, str]]:
        """The units a contest may be for, pairs of id and name in roster order."""
        require_organiser(actor)
        with self._work() as work:
            return [(unit.id, unit.name) for unit in work.people.units()]

    @reads
    def audience_size(self, actor: Actor, unit_id: int | None) -> int:
        """How many people a contest for this unit, or for everybody, is for."""
        require_organiser(actor)
        with self._work() as work:
            return len(_people(work, unit_id))

    # Contests

    def create(self, actor: Actor, plan: ContestPlan) -> int:
        """Plan a contest; gives back its number here."""
        require_organiser(actor)
        now = self._clock.now()
        with self._work() as work:
            if work.contests.bank(plan.bank_id) is None:
                raise NotFound
            plan.check(work.contests.size_of(plan.bank_id), now)
            _path(work, plan.unit_id)
            contest = work.contests.add(
                Contest(
                    title=require_title(plan.title),
                    bank_id=plan.bank_id,
                    question_count=plan.question_count,
                    opens_at=plan.opens_at,
                    closes_at=plan.closes_at,
                    minutes=plan.minutes,
                    practice=plan.practice,
                    unit_id=plan.unit_id,
                    created_by_id=actor.person_id or 0,
                    created_at=now,
                )
            )
            work.audit.record(now, actor.person_id, "contest.create", str(contest.id))
            return contest.id

    def remove(self, actor: Actor, contest_id: int) -> None:
        """Take back a contest that has not opened: nobody has heard of it yet. Raises DomainError
        ``contest-has-opened``."""
        require_organiser(actor)
        now = self._clock.now()
        with self._work() as work:
            contest = work.contests.take(contest_id)
            if contest is None:
                raise NotFound
            contest.require_planned(now)
            work.contests.remove(contest)
            work.audit.record(now, actor.person_id, "contest.remove", str(contest_id))

    @reads
    def untold(self) -> list[int]:
        """Contests that have opened and of which not everybody it is for has been told."""
        with self._work() as work:
            return work.contests.untold(self._clock.now())

    def tell_slice(self, contest_id: int) -> bool:
        """Record for the next people that a contest is open. They hear of it within working hours; whoever joined
        since it was planned hears of it, too. Gives back whether somebody is left."""
        now = self._clock.now()
        with self._work() as work:
            contest = work.contests.take(contest_id)
            if contest is None or contest.told_at is not None:
                return False
            first = work.calendar.work_calendar(self._zone).next_open(now)
            path = _path(work, contest.unit_id)
            people = work.contests.people_to_tell(contest.id, path, contest.told_up_to, SLICE)
            work.deliveries.record(*[_opening(contest, person_id, first, now) for person_id in people])
            contest.told_up_to = people[-1] if people else contest.told_up_to
            contest.told_at = now if len(people) < SLICE else None
            return contest.told_at is None

    @reads
    def results_untold(self) -> list[int]:
        """Contests that are over and of which not everybody who took part has been told the result."""
        with self._work() as work:
            return work.contests.results_untold(self._clock.now())

    def tell_results_slice(self, contest_id: int) -> bool:
        """Record their result for the next people who took part, to be said within working hours. Gives back whether
        somebody is left."""
        now = self._clock.now()
        with self._work() as work:
            contest = work.contests.take(contest_id)
            if contest is None or contest.results_told_at is not None:
                return False
            first = work.calendar.work_calendar(self._zone).next_open(now)
            tally = work.contests.tally(contest.id)
            middle = median([score(right, contest.question_count) for right in tally.values()])
            people = work.contests.took_part_after(contest.id, contest.results_told_up_to, SLICE)
            work.deliveries.record(
                *[_result(contest, person_id, tally, middle, first, now) for person_id in people],
            )
            contest.results_told_up_to = people[-1] if people else contest.results_told_up_to
            contest.results_told_at = now if len(people) < SLICE else None
            return contest.results_told_at is None

    @reads
    def newest(self, actor: Actor) -> list[tuple[int, str, Phase]]:
        """The newest contests: number, title, where each stands."""
        require_organiser(actor)
        now = self._clock.now()
        with self._work() as work:
            return [(one.id, one.title, one.phase(now)) for one in work.contests.newest(LISTED)]

    @reads
    def card(self, actor: Actor, contest_id: int) -> ContestCard:
        require_organiser(actor)
        now = self._clock.now()
        with self._work() as work:
            contest = work.contests.find(contest_id)
            if contest is None:
                raise NotFound
            bank = work.contests.bank(contest.bank_id)
            unit = work.people.unit(contest.unit_id) if contest.unit_id is not None else None
            closed = contest.phase(now) is Phase.CLOSED
            return ContestCard(
                id=contest.id,
                title=contest.title,
                bank=bank.title if bank else "",
                phase=contest.phase(now),
                opens_at=contest.opens_at,
                closes_at=contest.closes_at,
                question_count=contest.question_count,
                minutes=contest.minutes,
                practice=contest.practice,
                unit=unit.name if unit else "",
                people=len(_people(work, contest.unit_id)),
                took_part=work.contests.count_attempts(contest.id),
                published=contest.published_at is not None,
                table=table_of(work, contest) if closed else (),
            )

    def publish(self, actor: Actor, contest_id: int) -> None:
        """Let everybody a closed contest was for see its table of units. Doing it again changes nothing."""
        require_organiser(actor)
        now = self._clock.now()
        with self._work() as work:
            contest = work.contests.take(contest_id)
            if contest is None:
                raise NotFound
            contest.publish(now)
            work.audit.record(now, actor.person_id, "contest.publish", str(contest.id))


def table_of(work: UnitOfWork, contest: Contest) -> tuple[UnitLine, ...]:
    """The units a contest was for, by participation and mean. Only people it was for count, each in their unit."""
    units: list[Unit] = work.people.units()
    people = {person.id: person.unit_id for person in _people(work, contest.unit_id)}
    scores = defaultdict(list)
    for person_id, right in work.contests.tally(contest.id).items():
        if person_id in people:
            scores[people[person_id]].append(score(right, contest.question_count))
    sizes = Counter(people.values())
    return unit_table([(unit.id, unit.name) for unit in units if sizes[unit.id]], sizes, scores)


def _people(work: UnitOfWork, unit_id: int | None) -> list[Person]:
    """Whom a contest is for. Raises NotFound for a unit that is not there."""
    return work.people.people_below(_path(work, unit_id))


def _path(work: UnitOfWork, unit_id: int | None) -> str:
    if unit_id is None:
        return "/"
    unit = work.people.unit(unit_id)
    if unit is None:
        raise NotFound
    return unit.path


def _opening(contest: Contest, person_id: int, first: datetime, now: datetime) -> Delivery:
    """Said once within working hours; when the contest closes before that, nobody needs to hear of it any more."""
    return Delivery(
        dedupe_key=key("contest-open", contest.id, contest.opens_at, person_id),
        kind="contest-open",
        lane=Lane.CONTEST,
        subject=str(contest.id),
        payload={
            "v": 1,
            "contest": contest.id,
            "title": contest.title,
            "closes": contest.closes_at.isoformat(),
            "questions": contest.question_count,
            "minutes": contest.minutes,
            "practice": contest.practice,
        },
        not_before=first,
        created_at=now,
        expires_at=contest.closes_at,
        person_id=person_id,
    )


def _result(
    contest: Contest, person_id: int, tally: Mapping[int, int], middle: int | None, first: datetime, now: datetime
) -> Delivery:
    return Delivery(
        dedupe_key=key("contest-result", contest.id, contest.closes_at, person_id),
        kind="contest-result",
        lane=Lane.CONTEST,
        subject=str(contest.id),
        payload={
            "v": 1,
            "contest": contest.id,
            "title": contest.title,
            "score": score(tally[person_id], contest.question_count),
            "right": tally[person_id],
            "questions": contest.question_count,
            "median": middle,
            "took_part": len(tally),
        },
        not_before=first,
        created_at=now,
        person_id=person_id,
    )
