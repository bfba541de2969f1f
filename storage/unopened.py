"""What went to a chat page that nobody has opened since: it was sent, and nobody was alerted to it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, exists, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Join

from domain.deliveries import DeliveryState
from storage.chat import chat_thread
from storage.deliveries import delivery
from storage.people import PAGE, account, person, unit


def with_page(deliveries: FromClause) -> Join:
    """The same rows beside the account each went to and, where that is a page, beside its chat."""
    with_account = deliveries.outerjoin(account, account.c.id == delivery.c.account_id)
    return with_account.outerjoin(chat_thread, chat_thread.c.account_id == account.c.id)


def is_unopened() -> ColumnElement[bool]:
    opened = chat_thread.c.open_until
    return (account.c.platform == PAGE) & or_(opened.is_(None), opened < delivery.c.sent_at)


class Unopened:
    def __init__(self, session: Session) -> None:
        self._session = session

    def people(self, paths: Sequence[str], before: datetime) -> list[int]:
        """The people of these units, and of those below, to whose page something went before then that they have not
        opened since. Whoever was reached by another messenger since is not among them."""
        below = or_(*(unit.c.path.startswith(path) for path in paths))
        # A chat that has ceased to be theirs is one they cannot open, and a card changed in place is nothing new.
        theirs = account.c.person_id == person.c.id
        new = delivery.c.payload["edits"].as_string().is_(None)
        waits = (
            select(person.c.id, func.max(delivery.c.sent_at).label("since"))
            .select_from(
                with_page(delivery.join(person, person.c.id == delivery.c.person_id)).join(
                    unit, unit.c.id == person.c.unit_id
                )
            )
            .where(below, person.c.left_at.is_(None), theirs, new)
            .where(delivery.c.state == DeliveryState.SENT, delivery.c.sent_at < before, is_unopened())
            .group_by(person.c.id)
            .subquery()
        )
        return list(self._session.execute(select(waits.c.id).where(~_reached(waits))).scalars())


def _reached(waits: FromClause) -> ColumnElement[bool]:
    """Whether something went to another messenger of theirs since, or they spoke there."""
    elsewhere, later = account.alias(), delivery.alias()
    arrived = exists().where(
        later.c.person_id == waits.c.id,
        later.c.account_id == elsewhere.c.id,
        later.c.state == DeliveryState.SENT,
        later.c.sent_at >= waits.c.since,
    )
    return exists().where(
        elsewhere.c.person_id == waits.c.id,
        elsewhere.c.platform != PAGE,
        or_(elsewhere.c.last_used_at >= waits.c.since, arrived),
    )
