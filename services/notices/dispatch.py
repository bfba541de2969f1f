"""What time does to a notice that started: its messages are recorded slice by slice, it ends, its card follows."""

from dataclasses import dataclass
from datetime import datetime

from domain.deliveries import Delivery, Lane, key
from domain.failpoints import reach
from domain.notices import AHEAD, CARD_EVERY, ENDED, LIVE, NOTICE, SLICE, Notice, State, delivery_key
from services.clock import Clock
from services.deliveries import EDITS
from services.notices.progress import CARD, card_key, card_payload, progress_of, summary
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work


@dataclass(frozen=True)
class Agenda:
    """Numbers of the notices that have something to be done about them."""

    to_finish: tuple[int, ...]
    to_show: tuple[int, ...]


class NoticeDispatch:
    def __init__(self, work: Work, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    @reads
    def to_record(self) -> list[int]:
        """Numbers of the notices of which more messages should stand ready."""
        with self._work() as work:
            return [notice.id for notice in work.notices.unfinished() if _wants_more(work, notice)]

    @reads
    def agenda(self, *, ended_too: bool) -> Agenda:
        """What else is to be done now; for it recipients are counted one by one. Those notices that ended change by
        acknowledgements alone and are looked at less often."""
        now = self._clock.now()
        finish, show = [], []
        with self._work() as work:
            looked_at = {notice.id: notice for notice in work.notices.unfinished()}
            if ended_too:
                looked_at |= {notice.id: notice for notice in work.notices.since(now - LIVE)}
            for notice in looked_at.values():
                progress = progress_of(work, notice, now)
                recorded = notice.recorded >= notice.recipients
                if recorded and progress.state is State.RUNNING and progress.total.waiting == 0:
                    finish.append(notice.id)
                if progress.mark() != notice.shown:
                    show.append(notice.id)
        return Agenda(tuple(finish), tuple(show))

    def record_slice(self, notice_id: int) -> bool:
        """Record the next messages of a notice; tells whether more should follow at once."""
        with self._work() as work:
            notice = work.notices.take(notice_id)
            if notice is None or notice.state in ENDED:
                return False
            record_slice(work, notice, self._clock.now())
            return _wants_more(work, notice)

    def finish(self, notice_id: int) -> None:
        """End a notice whose every recipient was reached or cannot be, and tell the sender once."""
        now = self._clock.now()
        with self._work() as work:
            notice = work.notices.take(notice_id)
            if notice is None or notice.state in ENDED or notice.recorded < notice.recipients:
                return
            progress = progress_of(work, notice, now)
            if progress.total.waiting == 0:
                notice.finish(now)
                work.deliveries.record(summary(notice, progress, "notice-done", now))

    def show(self, notice_id: int) -> bool:
        """Have the sender's card edited, if its numbers changed and the last edit is long enough ago."""
        now = self._clock.now()
        with self._work() as work:
            notice = work.notices.find(notice_id)
            if notice is None:
                return False
            progress = progress_of(work, notice, now)
            if progress.mark() == notice.shown or not work.notices.may_show(
                notice.id, progress.mark(), now, now - CARD_EVERY
            ):
                return False
            edits = f"{notice.id}:edit"
            # An edit that was not sent yet would only show older numbers.
            work.deliveries.cancel_unsent(CARD, edits)
            work.deliveries.record(
                Delivery(
                    dedupe_key=key(CARD, notice.id, now, notice.sender_id),
                    kind=CARD,
                    lane=Lane.FACTS,
                    subject=edits,
                    payload={**card_payload(progress), EDITS: card_key(notice)},
                    not_before=now,
                    created_at=now,
                    person_id=notice.sender_id,
                )
            )
            return True


def _wants_more(work: UnitOfWork, notice: Notice) -> bool:
    if notice.recorded >= notice.recipients:
        return False
    ready = work.deliveries.still_due(Lane.NOTICES, str(notice.id), notice.opens_at, AHEAD)
    return ready < AHEAD


def record_slice(work: UnitOfWork, notice: Notice, now: datetime) -> None:
    """Record the messages of the next recipients and move the cursor: one commit, so that a crash neither skips nor
    doubles anybody."""
    rows = work.notices.next_recipients(notice.id, notice.cursor, SLICE)
    work.deliveries.record(*(_message(notice, person_id, now) for _, person_id in rows))
    reach("mid_chunk")
    if rows:
        notice.cursor = rows[-1][0]
        notice.recorded += len(rows)


def _message(notice: Notice, person_id: int, now: datetime) -> Delivery:
    return Delivery(
        dedupe_key=delivery_key(notice.id, person_id),
        kind=NOTICE,
        lane=Lane.NOTICES,
        subject=str(notice.id),
        payload={"v": 1, "notice": notice.id},
        not_before=notice.opens_at,
        created_at=now,
        person_id=person_id,
    )
