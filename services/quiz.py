"""Taking part: open contests, one's paper question by question, handing in, the result. The server's clock judges."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.contests import (
    Answer,
    Attempt,
    Contest,
    PaperQuestion,
    Phase,
    QuestionKind,
    choose,
    draw,
    median,
    score,
    shuffled,
)
from domain.deliveries import Delivery, Lane, key
from domain.errors import DomainError, NotFound
from domain.people import Actor
from domain.sittings import Desk, Option, Result, Sitting, Taken
from services.clock import Clock
from services.contests import table_of
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work

REMEMBERED = timedelta(days=30)
"""So long after its end a contest stands in the list."""

SEED_BITS = 62


class Paper:
    """Somebody's paper and what they answered so far. Of its questions it reads those that are looked at."""

    def __init__(self, work: UnitOfWork, contest: Contest, attempt: Attempt) -> None:
        self._work = work
        self.contest = contest
        self.attempt = attempt
        self.answers = work.contests.answers(attempt.id)
        self._drawn = draw(attempt.seed, work.contests.question_ids(contest.bank_id), contest.question_count)
        self._read: dict[int, PaperQuestion] = {}

    def __len__(self) -> int:
        return len(self._drawn)

    def at(self, position: int) -> PaperQuestion:
        """The question at a place, or NotFound. The one behind it is read along, since it mostly comes next."""
        if not 0 <= position < len(self._drawn):
            raise NotFound
        if position not in self._read:
            pair = self._work.contests.questions(self._drawn[position : position + 2])
            self._read.update(enumerate(shuffled(self.attempt.seed, pair), position))
        return self._read[position]

    def keep(self, new: Answer) -> None:
        known = self.answers.get(new.position)
        if known is None:
            self._work.contests.keep_answer(new)
            self.answers[new.position] = new
        else:
            known.chosen, known.right, known.done, known.at = new.chosen, new.right, new.done, new.at


class Quiz:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    @reads
    def desks(self, actor: Actor) -> list[Desk]:
        """What the actor may take part in, then what is over and done with not long ago."""
        person_id, now = _member(actor), self._clock.now()
        with self._work() as work:
            known = work.contests.running_since(now - REMEMBERED, now)
            mine = [one for one in known if _is_for(work, one, actor)]
            contests = sorted(mine, key=lambda one: one.closes_at <= now)
            attempts = work.contests.attempts_of(person_id, [one.id for one in contests])
            return [_desk(one, attempts.get(one.id), now) for one in contests]

    @reads
    def desk(self, actor: Actor, contest_id: int) -> Desk:
        """One contest before, during and after one's attempt."""
        person_id, now = _member(actor), self._clock.now()
        with self._work() as work:
            contest = _contest(work, actor, contest_id, now)
            return _desk(contest, work.contests.attempt(contest.id, person_id), now)

    @reads
    def waiting(self, actor: Actor) -> int:
        """How many contests are open that the actor has not finished; practice is nobody's duty."""
        if actor.is_guest:
            return 0
        return sum(desk.taken in {Taken.NOT_YET, Taken.RUNNING} and not desk.practice for desk in self.desks(actor))

    def start(self, actor: Actor, contest_id: int) -> Sitting:
        """Begin the one attempt, or go on with it. Nobody begins anew: the first start's time and seed stand."""
        person_id, now = _member(actor), self._clock.now()
        with self._work() as work:
            contest = _contest(work, actor, contest_id, now)
            contest.require_open(now)
            if work.contests.begin(contest.id, person_id, _seed(), now):
                work.audit.record(now, person_id, "attempt.start", str(contest.id))
            attempt = _attempt(work.contests.take_attempt(contest.id, person_id))
            attempt.require_running(contest, now)
            return _sitting(Paper(work, contest, attempt), now, None)

    def start_again(self, actor: Actor, contest_id: int) -> Sitting:
        """Begin a practice round anew: other questions, and what was answered before is dropped. While an attempt runs
        this goes on with it, so that pressing twice begins once. Raises DomainError ``contest-handed-in``."""
        person_id, now = _member(actor), self._clock.now()
        with self._work() as work:
            contest = _contest(work, actor, contest_id, now)
            contest.require_open(now)
            attempt = _attempt(work.contests.take_attempt(contest.id, person_id))
            if attempt.is_over(contest, now):
                attempt.begin_anew(contest, _seed(), now)
                work.contests.drop_answers(attempt.id)
                work.audit.record(now, person_id, "attempt.start-again", str(contest.id))
            return _sitting(Paper(work, contest, attempt), now, None)

    @reads
    def sitting(self, actor: Actor, contest_id: int, position: int | None = None) -> Sitting:
        """The paper at one place; without one at the first question that is not answered."""
        person_id, now = _member(actor), self._clock.now()
        with self._work() as work:
            contest = _contest(work, actor, contest_id, now)
            attempt = _attempt(work.contests.attempt(contest.id, person_id))
            attempt.require_running(contest, now)
            return _sitting(Paper(work, contest, attempt), now, position)

    def choose(self, actor: Actor, contest_id: int, position: int, shown: int, *, on: bool) -> Sitting:
        """Set or clear the option shown at the number ``shown``. Where one tap answers, the next question follows."""
        now = self._clock.now()
        with self._work() as work:
            paper = self._paper(work, actor, contest_id, now)
            item, known = paper.at(position), paper.answers.get(position)
            if not 0 <= shown < len(item.order):
                raise NotFound
            if paper.contest.practice and known is not None and known.done:
                return _sitting(paper, now, position)
            before = known.chosen if known is not None else ()
            chosen = choose(item.question, before, item.order[shown], on=on)
            single = item.question.kind is not QuestionKind.MULTIPLE
            right = item.question.is_right(chosen)
            paper.keep(Answer(paper.attempt.id, position, item.question.id, chosen, right, single, now))
            following = position + 1 if single and not paper.contest.practice else position
            return _sitting(paper, now, following)

    def finish_question(self, actor: Actor, contest_id: int, position: int) -> Sitting:
        """A question with several right options is complete; in a practice round it is judged now."""
        now = self._clock.now()
        with self._work() as work:
            paper = self._paper(work, actor, contest_id, now)
            if not 0 <= position < len(paper):
                raise NotFound
            known = paper.answers.get(position)
            if known is None or not known.chosen:
                raise DomainError("contest-nothing-chosen")
            known.done = True
            following = position if paper.contest.practice else position + 1
            return _sitting(paper, now, following)

    def hand_in(self, actor: Actor, contest_id: int) -> None:
        """The attempt is over; the person is told by a delivery. Handing in twice is one."""
        person_id, now = _member(actor), self._clock.now()
        with self._work() as work:
            contest = _contest(work, actor, contest_id, now)
            attempt = _attempt(work.contests.take_attempt(contest.id, person_id))
            if attempt.submitted_at is not None:
                return
            attempt.require_running(contest, now)
            attempt.submitted_at = now
            answers = work.contests.answers(attempt.id)
            work.audit.record(now, person_id, "attempt.hand-in", str(contest.id))
            work.deliveries.record(_receipt(actor, contest, attempt, answers, now))

    @reads
    def result(self, actor: Actor, contest_id: int) -> Result:
        """One's own score, the overall median, and the table of units once it is published. Raises DomainError
        ``contest-result-later`` before the window has closed."""
        person_id, now = _member(actor), self._clock.now()
        with self._work() as work:
            contest = _contest(work, actor, contest_id, now)
            attempt = work.contests.attempt(contest.id, person_id)
            _require_result(contest, attempt, now)
            tally = work.contests.tally(contest.id)
            closed = contest.phase(now) is Phase.CLOSED
            scores = [score(right, contest.question_count) for right in tally.values()]
            return Result(
                contest_id=contest.id,
                title=contest.title,
                score=score(tally[person_id], contest.question_count) if attempt is not None else None,
                right=tally.get(person_id, 0),
                total=contest.question_count,
                median=median(scores) if closed else None,
                took_part=len(scores) if closed else 0,
                table=table_of(work, contest) if contest.published_at is not None else (),
            )

    @reads
    def review(self, actor: Actor, contest_id: int, position: int) -> Sitting:
        """A question of one's own paper with the right answer, once the result may be seen."""
        person_id, now = _member(actor), self._clock.now()
        with self._work() as work:
            contest = _contest(work, actor, contest_id, now)
            attempt = _attempt(work.contests.attempt(contest.id, person_id))
            _require_result(contest, attempt, now)
            return _sitting(Paper(work, contest, attempt), now, position, reveal=True)

    def _paper(self, work: UnitOfWork, actor: Actor, contest_id: int, now: datetime) -> Paper:
        """The paper of the attempt, which is locked and still running."""
        contest = _contest(work, actor, contest_id, now)
        attempt = _attempt(work.contests.take_attempt(contest.id, _member(actor)))
        attempt.require_running(contest, now)
        return Paper(work, contest, attempt)


def _seed() -> int:
    return secrets.randbits(SEED_BITS)


def _member(actor: Actor) -> int:
    if actor.person_id is None:
        raise DomainError("members-only")
    return actor.person_id


def _is_for(work: UnitOfWork, contest: Contest, actor: Actor) -> bool:
    if contest.unit_id is None:
        return True
    unit = work.people.unit(contest.unit_id)
    return unit is not None and actor.unit_path.startswith(unit.path)


def _contest(work: UnitOfWork, actor: Actor, contest_id: int, now: datetime) -> Contest:
    """Before it opens a contest reads to everybody as one that does not exist, as does one for others."""
    contest = work.contests.find(contest_id)
    if contest is None or contest.phase(now) is Phase.PLANNED or not _is_for(work, contest, actor):
        raise NotFound
    return contest


def _attempt(found: Attempt | None) -> Attempt:
    if found is None:
        raise NotFound
    return found


def _require_result(contest: Contest, attempt: Attempt | None, now: datetime) -> None:
    """After the window; of a practice round as soon as one's own attempt is over."""
    over = attempt is not None and attempt.is_over(contest, now)
    if contest.phase(now) is not Phase.CLOSED and not (contest.practice and over):
        raise DomainError("contest-result-later", at=contest.closes_at)


def _desk(contest: Contest, attempt: Attempt | None, now: datetime) -> Desk:
    return Desk(
        contest_id=contest.id,
        title=contest.title,
        questions=contest.question_count,
        minutes=contest.minutes,
        practice=contest.practice,
        closes_at=contest.closes_at,
        taken=_taken(contest, attempt, now),
        repeatable=attempt is not None and attempt.may_begin_anew(contest, now),
    )


def _taken(contest: Contest, attempt: Attempt | None, now: datetime) -> Taken:
    closed = contest.phase(now) is Phase.CLOSED
    if attempt is None:
        return Taken.MISSED if closed else Taken.NOT_YET
    if not attempt.is_over(contest, now):
        return Taken.RUNNING
    if closed or contest.practice:
        return Taken.RESULT
    return Taken.HANDED_IN if attempt.submitted_at is not None else Taken.TIME_UP


def _sitting(paper: Paper, now: datetime, position: int | None, *, reveal: bool = False) -> Sitting:
    """The paper at a place. A place behind the end is the first unanswered question, or the last one. Right answers
    go out of here only when they may be seen."""
    contest, answers = paper.contest, paper.answers
    unanswered = [number for number in range(len(paper)) if not _answered(answers.get(number))]
    if position is None or not 0 <= position < len(paper):
        position = unanswered[0] if unanswered else len(paper) - 1
    item, known = paper.at(position), answers.get(position)
    revealed = reveal or (contest.practice and known is not None and known.done)
    chosen = known.chosen if known is not None else ()
    deadline = contest.deadline(paper.attempt.started_at)
    return Sitting(
        contest_id=contest.id,
        title=contest.title,
        position=position,
        total=len(paper),
        kind=item.question.kind,
        stem=item.question.stem,
        options=tuple(
            Option(item.question.options[number], number in chosen, revealed and number in item.question.answer)
            for number in item.order
        ),
        unanswered=tuple(unanswered),
        unconfirmed=sum(1 for number in unanswered if number in answers and answers[number].chosen),
        deadline=deadline,
        left=max(timedelta(), deadline - now),
        practice=contest.practice,
        revealed=revealed,
        right=known is not None and known.right and revealed,
        reason=item.question.reason if revealed else "",
    )


def _answered(answer: Answer | None) -> bool:
    """A choice among several is an answer once it was said to be complete. What stands chosen is judged all the same
    when the paper is handed in: nobody loses points for a button."""
    return answer is not None and bool(answer.chosen) and answer.done


def _receipt(
    actor: Actor, contest: Contest, attempt: Attempt, answers: Mapping[int, Answer], now: datetime
) -> Delivery:
    """Told once for each attempt: a practice round may see several."""
    right = sum(answer.right for answer in answers.values())
    return Delivery(
        dedupe_key=key("contest-handed-in", contest.id, attempt.started_at, actor.person_id or 0),
        kind="contest-handed-in",
        lane=Lane.FACTS,
        subject=str(contest.id),
        payload={
            "v": 1,
            "contest": contest.id,
            "title": contest.title,
            "answered": sum(bool(answer.chosen) for answer in answers.values()),
            "questions": contest.question_count,
            "closes": contest.closes_at.isoformat(),
            "score": score(right, contest.question_count) if contest.practice else None,
        },
        not_before=now,
        created_at=now,
        person_id=actor.person_id,
        account_id=actor.account_id,
    )
