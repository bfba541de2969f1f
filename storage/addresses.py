"""Where leased deliveries go: accounts as plain values, in one statement for a whole round."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from domain.deliveries import Address, Leased
from storage.people import account, person

_ACCOUNTS = (
    select(
        account.c.id,
        account.c.platform,
        account.c.external_id,
        account.c.person_id,
        account.c.language,
        account.c.blocked_at,
        person.c.language.label("own_language"),
        person.c.left_at,
    )
    .select_from(account.outerjoin(person, person.c.id == account.c.person_id))
    .order_by(account.c.last_used_at.desc().nulls_last(), account.c.id)
)
_OF_PEOPLE = _ACCOUNTS.where(account.c.person_id.in_(bindparam("people", expanding=True)))
_NAMED = _ACCOUNTS.where(account.c.id.in_(bindparam("accounts", expanding=True)))


@dataclass(frozen=True)
class Found:
    """The accounts that rows named, and those of each person, the one last used first."""

    named: Mapping[int, Address]
    of_person: Mapping[int, Sequence[Address]]


class Addresses:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, rows: Collection[Leased]) -> Found:
        people = {row.person_id for row in rows if row.person_id is not None}
        named = {row.account_id for row in rows if row.account_id is not None}
        of_person: dict[int, list[Address]] = {}
        for one in self._found(_OF_PEOPLE, "people", people):
            of_person.setdefault(one.person_id or 0, []).append(one)
        return Found({one.id: one for one in self._found(_NAMED, "accounts", named)}, of_person)

    def named(self, account_id: int) -> Address | None:
        return next(iter(self._found(_NAMED, "accounts", {account_id})), None)

    def _found(self, query: object, name: str, numbers: Collection[int]) -> list[Address]:
        if not numbers:
            return []
        return [
            Address(
                id=row.id,
                platform=row.platform,
                external_id=row.external_id,
                person_id=row.person_id,
                language=row.own_language or row.language,
                may_write=row.blocked_at is None,
                left=row.left_at is not None,
            )
            for row in self._session.execute(query, {name: list(numbers)})  # type: ignore[call-overload]  # one of the statements above
        ]
