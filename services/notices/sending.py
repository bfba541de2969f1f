"""Sending notices: who may, to whom, the start, and taking it back. Each method is one use case."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.deliveries import Delivery, Lane
from domain.errors import DomainError, NotFound
from domain.notices import (
    MAX_BODY,
    MAX_REASON,
    MAX_TITLE,
    NOTICE,
    SAME_WITHIN,
    UNDO,
    Audience,
    Check,
    Notice,
    Plan,
    Progress,
    checked,
    digest,
    in_tree_order,
    opening,
    sending_paths,
)
from domain.people import Actor, RoleKind, Unit
from services.arrivals import file_id_of
from services.clock import Clock
from services.notices.dispatch import record_slice
from services.notices.progress import CARD, card_key, card_payload, managed, progress_of, summary
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work


class Broadcasts:
    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    @reads
    def units(self, paths: Sequence[str]) -> list[Unit]:
        """The units below these paths, each after the one above it."""
        with self._work() as work:
            return in_tree_order([unit for unit in work.people.units() if unit.path.startswith(tuple(paths))])

    @reads
    def size(self, audience: Audience) -> tuple[int, int]:
        """How many people an audience has exactly, and how many of them have a way in."""
        with self._work() as work:
            return work.notices.size(audience)

    @reads
    def require_anybody(self, units: Collection[int]) -> None:
        """Refuse units in which nobody is: DomainError ``units-missing`` or ``audience-empty``."""
        if not units:
            raise DomainError("units-missing")
        with self._work() as work:
            if not work.notices.size(Audience(tuple(units), (RoleKind.MEMBER,)))[0]:
                raise DomainError("audience-empty")

    @reads
    def check(self, plan: Plan) -> Check:
        """What the sender has to know before the start."""
        with self._work() as work:
            return self._check(work, plan)

    def start(self, actor: Actor, plan: Plan) -> int:
        """Fix the audience and record the first messages, which wait until the time for undoing is over; gives back
        the notice's number. Raises DomainError ``notice-nobody``, ``notice-audience-changed``, ``notice-similar``."""
        paths, now = sending_paths(actor), self._clock.now()
        title, body = checked(plan.title, MAX_TITLE), checked(plan.body, MAX_BODY)
        with self._work() as work:
            _require_own(work, plan.audience.units, paths)
            check = self._check(work, plan)
            _require_agreed(plan, check)
            notice = work.notices.add(
                Notice(
                    title=title,
                    body=body,
                    digest=digest(title, body),
                    audience=plan.audience.as_json(),
                    sender_id=actor.person_id or 0,
                    sender_unit_id=actor.unit_id or 0,
                    created_at=now,
                    undo_until=now + UNDO,
                    opens_at=check.opens_at,
                    urgent_reason=_reason(plan, actor),
                    file_id=file_id_of(work, plan.file, now) if plan.file is not None else None,
                )
            )
            notice.recipients = work.notices.fix_audience(notice.id, plan.audience)
            record_slice(work, notice, now)
            facts = {"recipients": notice.recipients, "urgent": notice.urgent, "again": plan.again}
            work.audit.record(now, actor.person_id, "notice.start", str(notice.id), **facts)
            progress = progress_of(work, notice, now)
            notice.shown, notice.shown_at = progress.mark(), now
            work.deliveries.record(_card(actor, notice, progress, now))
            return notice.id

    def undo(self, actor: Actor, notice_id: int) -> Progress:
        """Take all of it back at once, while nobody has got it."""
        now = self._clock.now()
        with self._work() as work:
            notice = managed(work.notices.take(notice_id), actor)
            notice.undo(actor.person_id or 0, now)
            # Another replica's clock may run ahead: what it took for sending cannot be taken back any more.
            if work.deliveries.cancel_unsent(NOTICE, str(notice.id)) < notice.recorded:
                raise DomainError("notice-undo-late", seconds=int(UNDO.total_seconds()))
            work.audit.record(now, actor.person_id, "notice.undo", str(notice.id))
            return progress_of(work, notice, now)

    def stop(self, actor: Actor, notice_id: int) -> Progress:
        """Send it to nobody else. What a sender holds at this moment still arrives, and is counted."""
        now = self._clock.now()
        with self._work() as work:
            notice = managed(work.notices.take(notice_id), actor)
            notice.stop(actor.person_id or 0, now)
            work.deliveries.cancel_unsent(NOTICE, str(notice.id))
            work.audit.record(now, actor.person_id, "notice.stop", str(notice.id))
            progress = progress_of(work, notice, now)
            if notice.sender_id != actor.person_id:
                work.deliveries.record(summary(notice, progress, "notice-stopped", now))
            return progress

    @reads
    def sent(self, actor: Actor) -> list[tuple[int, str, datetime]]:
        """The newest notices that the actor may look after: number, title, time."""
        sending_paths(actor)
        with self._work() as work:
            sender = None if actor.has(RoleKind.ADMIN) else actor.person_id
            return [(notice.id, notice.title, notice.opens_at) for notice in work.notices.newest(50, sender)]

    @reads
    def progress(self, actor: Actor, notice_id: int) -> Progress:
        with self._work() as work:
            return progress_of(work, managed(work.notices.find(notice_id), actor), self._clock.now())

    @reads
    def draft_of(self, actor: Actor, notice_id: int) -> dict[str, object]:
        """The words and the audience of an earlier notice, to write another one from."""
        with self._work() as work:
            notice = managed(work.notices.find(notice_id), actor)
            return {"title": notice.title, "body": notice.body, **Audience.from_json(notice.audience).as_json()}

    def _check(self, work: UnitOfWork, plan: Plan) -> Check:
        now = self._clock.now()
        count, reachable = work.notices.size(plan.audience)
        opens_at = opening(work.calendar.work_calendar(self._zone), now, plan.at, urgent=bool(plan.urgent_reason))
        same_at = work.notices.same_text_at(digest(plan.title, plan.body), now - SAME_WITHIN, plan.audience)
        return Check(count, reachable, opens_at, opens_at > now + UNDO, same_at)


def _require_own(work: UnitOfWork, units: Collection[int], paths: tuple[str, ...]) -> None:
    found = [work.people.unit(unit_id) for unit_id in units]
    if not all(unit is not None and unit.path.startswith(paths) for unit in found):
        raise NotFound


def _require_agreed(plan: Plan, check: Check) -> None:
    if check.count == 0:
        raise DomainError("notice-nobody")
    if check.count != plan.expected:
        raise DomainError("notice-audience-changed", count=check.count)
    if check.same_at is not None and not plan.again:
        raise DomainError("notice-similar", at=check.same_at)


def _reason(plan: Plan, actor: Actor) -> str:
    """Why it may come outside working hours: an admin's decision, with the reason kept."""
    if not plan.urgent_reason:
        return ""
    if not actor.has(RoleKind.ADMIN):
        raise DomainError("notice-urgent-admins-only")
    return checked(plan.urgent_reason, MAX_REASON)


def _card(actor: Actor, notice: Notice, progress: Progress, now: datetime) -> Delivery:
    return Delivery(
        dedupe_key=card_key(notice),
        kind=CARD,
        lane=Lane.FACTS,
        subject=str(notice.id),
        payload=card_payload(progress),
        not_before=now,
        created_at=now,
        person_id=actor.person_id,
        account_id=actor.account_id,
    )
