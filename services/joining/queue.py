"""Who waits for whom to let them in, and the one card by which each of those hears of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.deliveries import Delivery, DeliveryState, Lane, key
from domain.entrances import CARD_SHOWS, JoinRequest, RequestCard, mark_of
from domain.errors import NotFound
from domain.people import Duty, Person, Unit
from domain.workdays import WorkCalendar
from services.ways_in import deciders
from storage.unit_of_work import UnitOfWork

QUEUE = "join-queue"
QUEUE_NOW = "join-queue-now"
"""The first makes the card, the second changes it in place: however many come, one message asks about them all."""

STANDS = frozenset({DeliveryState.PENDING, DeliveryState.LEASED, DeliveryState.SENT})


def queues(work: UnitOfWork) -> dict[int, list[RequestCard]]:
    """Those who wait, by who is asked to let them in; the longest waiting first."""
    requests = work.entrances.waiting()
    people = work.people.people({request.person_id or 0 for request in requests})
    units = work.people.units_by_id({person.unit_id for person in people.values()})
    same = Counter(request.person_id for request in requests)
    asked: dict[tuple[str, tuple[Duty, ...]], list[Person]] = {}
    found: dict[int, list[RequestCard]] = defaultdict(list)
    for request in requests:
        person = people.get(request.person_id or 0)
        if person is None or person.left_at is not None:
            continue
        unit = units[person.unit_id]
        card = card_of(work, request, person, unit, twice=same[person.id] > 1)
        place = (unit.path, work.actors.of(person.id).duties)
        if place not in asked:
            asked[place] = deciders(work, place[1], unit.path)
        for one in asked[place]:
            found[one.id].append(card)
    return found


def card_of(work: UnitOfWork, request: JoinRequest, person: Person, unit: Unit, *, twice: bool = False) -> RequestCard:
    account = work.people.account_by_id(request.account_id)
    platform = account.platform if account is not None else ""
    return RequestCard(
        request_id=request.id,
        version=request.version,
        name=person.name,
        staff_number=person.staff_number,
        unit_name=unit.name,
        known_as=request.known_as,
        platform=platform,
        has_account=bool(work.people.accounts_on(platform, person.id)),
        twice=twice,
    )


def refresh(
    work: UnitOfWork, person_ids: Iterable[int | None], now: datetime, zone: ZoneInfo, by_id: int | None = None
) -> None:
    """Somebody who asked to be these people waits now, or no more: bring the cards of those who decide up to date, and
    of ``by_id`` who just did, since letting a secretary in hands the rest over to them."""
    waiting, calendar = queues(work), work.calendar.work_calendar(zone)
    touched = work.people.people({person_id for person_id in person_ids if person_id is not None})
    concerned: dict[int, None] = {by_id: None} if by_id is not None else {}
    for person in touched.values():
        duties = work.actors.of(person.id).duties
        concerned |= dict.fromkeys(one.id for one in deciders(work, duties, unit_of(work, person.unit_id).path))
    for person_id in concerned:
        _show(work, person_id, waiting.get(person_id, []), now, calendar)


def _show(work: UnitOfWork, person_id: int, cards: list[RequestCard], now: datetime, calendar: WorkCalendar) -> None:
    """One message a day asks, inside working hours; afterwards it is changed, which makes no sound. One that was not
    sent yet is replaced."""
    subject = f"joiners-{person_id}"
    newest, mark = work.deliveries.newest((QUEUE, QUEUE_NOW), subject), mark_of(cards)
    first = work.deliveries.by_key(newest.payload.get("edits", newest.dedupe_key)) if newest is not None else None
    unsent = work.deliveries.cancel_unsent(QUEUE, subject) > 0
    live = (
        not unsent
        and first is not None
        and first.state in STANDS
        and calendar.date_of(first.not_before) == calendar.date_of(now)
    )
    if not cards and not live:
        return
    kind, at, payload = QUEUE, calendar.next_open(now), _payload(cards)
    if live and first is not None:
        kind, at, payload["edits"] = QUEUE_NOW, now, first.dedupe_key
        work.deliveries.cancel(QUEUE_NOW, subject)
    work.deliveries.record(
        Delivery(
            dedupe_key=key(kind, subject, f"{now.isoformat()}:{mark}", person_id),
            kind=kind,
            lane=Lane.FACTS,
            payload=payload,
            not_before=at,
            created_at=now,
            person_id=person_id,
            subject=subject,
        )
    )


def _payload(cards: list[RequestCard]) -> dict[str, Any]:
    return {"v": 1, "count": len(cards), "cards": [card.as_json() for card in cards[:CARD_SHOWS]]}


def unit_of(work: UnitOfWork, unit_id: int) -> Unit:
    found = work.people.unit(unit_id)
    if found is None:
        raise NotFound
    return found
