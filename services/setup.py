"""Setting up: what the organisation is called and when it works, and how far it has come. One use case a method."""

from datetime import time
from zoneinfo import ZoneInfo

from domain.deliveries import Delivery, Lane, key
from domain.errors import NotFound
from domain.notices import checked
from domain.people import Actor, RoleKind, Unit, require_admin
from domain.setup import MAX_NAME, PASSED, STEPS, SetUpCard, steps_left
from services.clock import Clock
from storage.calendar import HOURS
from storage.lanes import reads
from storage.unit_of_work import UnitOfWork, Work


class SetUp:
    """Anybody but an administrator gets DomainError ``admins-only``."""

    def __init__(self, work: Work, clock: Clock, zone: ZoneInfo) -> None:
        self._work = work
        self._clock = clock
        self._zone = zone

    def may(self, actor: Actor) -> None:
        """Refuse whoever may not set up."""
        require_admin(actor)

    @reads
    def card(self, actor: Actor) -> SetUpCard:
        """How things stand."""
        require_admin(actor)
        with self._work() as work:
            return self._card(work)

    @reads
    def left(self, actor: Actor) -> int:
        """How many steps wait for this actor: none where setting up never began, as before there was such a thing."""
        if not actor.has(RoleKind.ADMIN):
            return 0
        with self._work() as work:
            return steps_left(work.calendar.setting(PASSED))

    def go_past(self, actor: Actor, step: int) -> SetUpCard:
        """The ``step``-th step is behind, done or passed over. One that was behind already changes nothing."""
        require_admin(actor)
        with self._work() as work:
            passed = int(work.calendar.setting(PASSED) or 0)
            work.calendar.decide(PASSED, min(max(passed, step), len(STEPS)))
            return self._card(work)

    def rename(self, actor: Actor, name: str) -> SetUpCard:
        """What the organisation is called: the name of its uppermost unit."""
        require_admin(actor)
        name = checked(name, MAX_NAME)
        with self._work() as work:
            root = _root(work)
            root.name = name
            work.audit.record(self._clock.now(), actor.person_id, "unit.rename", str(root.id))
            return self._card(work)

    def decide_hours(self, actor: Actor, start: time, end: time) -> SetUpCard:
        """When people may be spoken to unasked. What was recorded before comes when it was to come."""
        require_admin(actor)
        with self._work() as work:
            kept = [at.isoformat("minutes") for at in (start, end)]
            work.calendar.decide(HOURS, kept)
            work.audit.record(self._clock.now(), actor.person_id, "calendar.hours", "-".join(kept))
            return self._card(work)

    def try_out(self, actor: Actor) -> None:
        """Send the actor a message by the way that all messages go."""
        require_admin(actor)
        now = self._clock.now()
        with self._work() as work:
            work.deliveries.record(
                Delivery(
                    dedupe_key=key("setup-trial", "trial", now, actor.person_id or 0),
                    kind="setup-trial",
                    lane=Lane.NOTICES,
                    payload={"v": 1, "unit": _root(work).name},
                    not_before=now,
                    created_at=now,
                    person_id=actor.person_id,
                )
            )

    def _card(self, work: UnitOfWork) -> SetUpCard:
        calendar, people = work.calendar.work_calendar(self._zone), work.people.people_below("/")
        secretaries = [person.id for person in work.people.holders(RoleKind.SECRETARY)]
        return SetUpCard(
            passed=int(work.calendar.setting(PASSED) or 0),
            name=_root(work).name,
            day_start=calendar.day_start,
            day_end=calendar.day_end,
            units=len(work.people.units()),
            people=len(people),
            secretaries=len(secretaries),
            joined=len(work.people.joined(secretaries)),
        )


def _root(work: UnitOfWork) -> Unit:
    root = next((unit for unit in work.people.units() if unit.parent_id is None), None)
    if root is None:
        raise NotFound
    return root
