"""Where leased deliveries go: accounts as plain values, in one statement for a whole round."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from domain.deliveries import Address, Leased, Stream
from storage.deliveries import messenger_pause
from storage.people import account, person

_ACCOUNTS = (
    select(
        account.c.id,
        account.c.platform,
        account.c.external_id,
        account.c.person_id,
        func.coalesce(person.c.language, account.c.language),
        account.c.blocked_at.is_(None),
        person.c.left_at.is_not(None),
        messenger_pause.c.until,
    )
    .select_from(
        account.outerjoin(person, person.c.id == account.c.person_id).outerjoin(
            messenger_pause,
            and_(
                messenger_pause.c.platform == account.c.platform,
                messenger_pause.c.stream == bindparam("stream"),
                messenger_pause.c.until > bindparam("now"),
            ),
        )
    )
    .where(
        or_(
            account.c.person_id.in_(bindparam("people", expanding=True)),
            account.c.id.in_(bindparam("accounts", expanding=True)),
        )
    )
    .order_by(account.c.last_used_at.desc().nulls_last(), account.c.id)
)


@dataclass(frozen=True)
class Found:
    """The accounts that rows named, and those of each person, the one last used first."""

    named: Mapping[int, Address]
    of_person: Mapping[int, Sequence[Address]]


class Addresses:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, rows: Collection[Leased], stream: Stream, now: datetime) -> Found:
        people = {row.person_id for row in rows if row.person_id is not None}
        found = self._found(people, {row.account_id for row in rows if row.account_id is not None}, stream, now)
        of_person: dict[int, list[Address]] = {}
        for one in found:
            if one.person_id in people:
                of_person.setdefault(one.person_id, []).append(one)
        return Found({one.id: one for one in found}, of_person)

    def named(self, account_id: int, stream: Stream, now: datetime) -> Address | None:
        return next(iter(self._found((), {account_id}, stream, now)), None)

    def _found(
        self, people: Collection[int], accounts: Collection[int], stream: Stream, now: datetime
    ) -> list[Address]:
        values = {"people": list(people), "accounts": list(accounts), "stream": stream, "now": now}
        return [Address(*row) for row in self._session.execute(_ACCOUNTS, values)]
