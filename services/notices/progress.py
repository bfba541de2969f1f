"""How far a notice is: the reading piece and the words of the sender's card that its use cases share."""

from datetime import datetime
from typing import Any

from domain.deliveries import Delivery, Lane, key
from domain.errors import NotFound
from domain.notices import Notice, Progress, Tally
from domain.people import Actor, RoleKind
from storage.unit_of_work import UnitOfWork

CARD = "notice-card"
"""The sender's one card: told once, and edited as long as something changes."""

LINES = 8
"""So many units stand on the card; the others behind a button."""


def progress_of(work: UnitOfWork, notice: Notice, now: datetime) -> Progress:
    return Progress(
        notice_id=notice.id,
        title=notice.title,
        state=notice.state_at(now),
        opens_at=notice.opens_at,
        created_at=notice.created_at,
        urgent_reason=notice.urgent_reason,
        units=tuple(work.notices.tallies(notice.id)),
    )


def managed(notice: Notice | None, actor: Actor) -> Notice:
    """The notice, if the actor sent it or is an admin. Raises NotFound alike when there is none."""
    if notice is None or not (actor.has(RoleKind.ADMIN) or notice.sender_id == actor.person_id):
        raise NotFound
    return notice


def card_key(notice: Notice) -> str:
    return key(CARD, notice.id, "once", notice.sender_id)


def card_payload(progress: Progress) -> dict[str, Any]:
    """The card's numbers as plain values, for ``views``: the sum, the first units, and how many more there are."""
    return {
        "v": 1,
        "notice": progress.notice_id,
        "title": progress.title,
        "state": progress.state.value,
        "opens_at": progress.opens_at.isoformat(),
        "total": _numbers(progress.total),
        "units": [[name, *_numbers(tally)] for name, tally in progress.units[:LINES]],
        "more": max(0, len(progress.units) - LINES),
    }


def summary(notice: Notice, progress: Progress, kind: str, now: datetime) -> Delivery:
    """What the sender is told once when it ended."""
    return Delivery(
        dedupe_key=key(kind, notice.id, "once", notice.sender_id),
        kind=kind,
        lane=Lane.FACTS,
        subject=str(notice.id),
        payload={"v": 1, "notice": notice.id, "title": notice.title, "total": _numbers(progress.total)},
        not_before=now,
        created_at=now,
        person_id=notice.sender_id,
    )


def _numbers(tally: Tally) -> list[int]:
    return [tally.sent, tally.waiting, tally.unreachable, tally.left_out, tally.acknowledged, tally.unopened]
