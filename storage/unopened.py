"""What went to a chat page that nobody has opened since: it was sent, and nobody was alerted to it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, exists, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Join

from storage.chat import chat_thread
from storage.deliveries import delivery
from storage.people import PAGE, account, person, unit


def with_page(deliveries: FromClause) -> Join:
    """The same rows beside the account each went to and, where that is a page, beside its chat."""
    with_account = deliveries.outerjoin(account, account.c.id == delivery.c.account_id)
    return with_account.outerjoin(chat_thread, chat_thread.c.account_id == account.c.id)


def is_unopened() -> ColumnElement[bool]:
    return (account.c.platform == PAGE) & _not_opened_since(delivery.c.sent_at)


class Unopened:
    def __init__(self, session: Session) -> None:
        self._session = session

    def people(self, paths: Sequence[str], before: datetime) -> list[int]:
        """The people of these units, and of those below, to whose page something went before then that they have not
        opened since. Whoever was reached by another messenger since is not among them."""
        below = or_(*(unit.c.path.startswith(path) for path in paths))
        # A chat that has ceased to be theirs is one they cannot open, and a card changed in place is nothing new. What
        # has a time at which it was sent was sent; by its state SQLite would look through all that ever was.
        lies = (
            select(func.max(delivery.c.sent_at))
            .where(delivery.c.person_id == person.c.id, delivery.c.account_id == account.c.id)
            .where(delivery.c.sent_at < before, is_unopened(), delivery.c.payload["edits"].as_string().is_(None))
            .correlate(person, account, chat_thread)
            .scalar_subquery()
        )
        waits = (
            select(person.c.id, lies.label("since"))
            .select_from(
                person.join(unit, unit.c.id == person.c.unit_id)
                .join(account, (account.c.person_id == person.c.id) & (account.c.platform == PAGE))
                .outerjoin(chat_thread, chat_thread.c.account_id == account.c.id)
            )
            .where(below, person.c.left_at.is_(None), _not_opened_since(before))
            .subquery()
        )
        query = select(waits.c.id).where(waits.c.since.is_not(None), ~_reached(waits)).distinct()
        return list(self._session.execute(query).scalars())


def _not_opened_since(instant: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    return or_(chat_thread.c.opened_at.is_(None), chat_thread.c.opened_at < instant)


def _reached(waits: FromClause) -> ColumnElement[bool]:
    """Whether something went to another messenger of theirs since, or they spoke there."""
    elsewhere, later = account.alias(), delivery.alias()
    arrived = exists().where(
        later.c.person_id == waits.c.id,
        later.c.account_id == elsewhere.c.id,
        later.c.sent_at >= waits.c.since,
    )
    return exists().where(
        elsewhere.c.person_id == waits.c.id,
        elsewhere.c.platform != PAGE,
        or_(elsewhere.c.last_used_at >= waits.c.since, arrived),
    )
