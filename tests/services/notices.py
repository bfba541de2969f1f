"""Notices of the sample organisation, with a sender that posts whatever is due."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot import services as use_cases
from bot.services import Services
from domain.deliveries import DeliveryState
from domain.errors import DomainError
from domain.notices import NOTICE, Audience, Plan, Tally
from domain.people import Actor, RoleKind
from storage.deliveries import delivery
from storage.engine import Database
from storage.files import FileStore
from storage.people import FIRST_ACCOUNT, account, person
from storage.unit_of_work import Store
from tests import sample
from tests.conftest import ZONE, FixedClock
from tests.post import take

EVERYBODY = 13
REACHED = 5
"""Of the sample's people so many have a way in."""


class Office:
    """Notices of the sample organisation, with a sender that posts whatever is due."""

    def __init__(self, services: Services, store: Store, clock: FixedClock, actors: dict[str, Actor]) -> None:
        self.services, self.store, self.clock, self.actors = services, store, clock, actors
        self.admin = actors["admin"]

    def units(self, *codes: str) -> tuple[int, ...]:
        with self.store.work() as work:
            return tuple(unit.id for unit in work.people.units() if not codes or unit.code in codes)

    def plan(self, *codes: str, roles: tuple[RoleKind, ...] = (RoleKind.MEMBER,), **values: Any) -> Plan:
        audience = Audience(self.units(*codes), roles)
        expected = self.services.broadcasts.size(audience)[0]
        return Plan(**{"title": "停电", "body": "周三停电", "audience": audience, "expected": expected, **values})

    def start(self, *codes: str, by: Actor | None = None, **values: Any) -> int:
        return self.services.broadcasts.start(by or self.admin, self.plan(*codes, **values))

    def post(self, limit: int = 1000) -> int:
        """Send what is due now, at most ``limit``; gives back how many notices went out."""
        parcels = take(self.services, "post", limit)
        with self.store.work() as work:
            for parcel in parcels:
                work.deliveries.mark(parcel.delivery.id, "post", state=DeliveryState.SENT, sent_at=self.clock.now())
        return sum(parcel.delivery.kind == NOTICE for parcel in parcels)

    def sent(self, *codes: str, **values: Any) -> int:
        """A notice that everybody who can be reached has got."""
        notice_id = self.start(*codes, **values)
        self.clock.advance(seconds=30)
        self.record_all(notice_id)
        while self.post():
            continue
        return notice_id

    def record_all(self, notice_id: int) -> None:
        while self.services.notice_dispatch.record_slice(notice_id):
            continue

    def total(self, notice_id: int) -> Tally:
        return self.services.broadcasts.progress(self.admin, notice_id).total

    def rows(self, notice_id: int) -> Counter[DeliveryState]:
        with self.store.work() as work:
            return Counter(row.state for row in work.deliveries.find(NOTICE, str(notice_id)))

    def told(self, kind: str) -> list[dict[str, Any]]:
        with self.store.work() as work:
            return [dict(p) for p in work._session.scalars(select(delivery.c.payload).where(delivery.c.kind == kind))]

    def crowd(self, size: int, code: str = "branch-2") -> None:
        """So many more people of a unit, each with an account but every tenth."""
        [unit_id] = self.units(code)
        with self.store.work() as work:
            people = [{"name": f"人{n}", "staff_number": f"N{n}", "unit_id": unit_id} for n in range(size)]
            ids = list(work._session.scalars(insert(person).returning(person.c.id), people))
            accounts = [
                {
                    "id": FIRST_ACCOUNT + 10_000 + number,
                    "platform": "web",
                    "external_id": f"n{number}",
                    "person_id": person_id,
                    "created_at": self.clock.now(),
                }
                for number, person_id in enumerate(ids)
                if number % 10
            ]
            if accounts:
                work._session.execute(insert(account), accounts)


def at_postgres(postgres: Database, clock: FixedClock, folder: Any) -> Office:
    store = Store(postgres)
    services = use_cases.build(store.work, clock, ZONE, "zh", FileStore(folder))
    accounts = services.people.found(sample.organisation("zh"))
    return Office(
        services, store, clock, {name: services.people.acting("web", n, "zh") for name, n in accounts.items()}
    )


def refused(code: str, action: Callable[..., object], *values: Any, **named: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        action(*values, **named)
    assert caught.value.code == code
    return caught.value
