"""Who acts: the person behind a chat, with the duties they hold."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause, bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Join

from domain.people import Actor, Duty
from storage.people import account, person, role, unit
from storage.prepared import Prepared

_home, _held = unit.alias("home"), unit.alias("held")


def _with_duties(who: FromClause) -> Join:
    """One join behind the other: SQLite reads the whole of what stands in brackets."""
    at_home = who.outerjoin(_home, _home.c.id == person.c.unit_id)
    return at_home.outerjoin(role, role.c.person_id == person.c.id).outerjoin(_held, _held.c.id == role.c.unit_id)


# Who acts is asked for with every update: one statement, built once. Each duty is a row.
_WHO = (
    person.c.id.label("person_id"),
    person.c.name,
    person.c.unit_id,
    person.c.language.label("own_language"),
    person.c.left_at,
    _home.c.path.label("home_path"),
    _home.c.name.label("home_name"),
    role.c.role,
    role.c.unit_id.label("held_id"),
    _held.c.path.label("held_path"),
    _held.c.name.label("held_name"),
)
_BEHIND_A_CHAT = Prepared(
    select(account.c.id.label("account_id"), account.c.language, *_WHO)
    .select_from(_with_duties(account.outerjoin(person, person.c.id == account.c.person_id)))
    .where(account.c.platform == bindparam("platform"), account.c.external_id == bindparam("chat"))
    .order_by(role.c.id)
)
_BY_NUMBER = Prepared(
    select(*_WHO).select_from(_with_duties(person)).where(person.c.id == bindparam("person")).order_by(role.c.id)
)


class Actors:
    def __init__(self, session: Session) -> None:
        self._session = session

    def behind(self, platform: str, chat_id: int, fallback_language: str) -> Actor:
        """Who stands behind a chat. An unknown one is a guest, without a row being written."""
        rows = _BEHIND_A_CHAT.rows(self._session, platform=platform, chat=str(chat_id))
        if not rows:
            return Actor(platform=platform, chat_id=chat_id, language=fallback_language)
        found = rows[0]
        language = found.own_language or found.language or fallback_language
        if found.person_id is None or found.left_at is not None:
            return Actor(platform=platform, chat_id=chat_id, language=language, account_id=found.account_id)
        return _actor(rows, platform, chat_id, language, found.account_id)

    def of(self, person_id: int) -> Actor:
        """The actor a person would be: for rules about somebody who is not the one acting."""
        rows = _BY_NUMBER.rows(self._session, person=person_id)
        if not rows:
            raise LookupError(person_id)
        return _actor(rows, "", 0, rows[0].own_language or "", None)


def _actor(rows: Sequence[Any], platform: str, chat_id: int, language: str, account_id: int | None) -> Actor:
    who = rows[0]
    return Actor(
        platform=platform,
        chat_id=chat_id,
        language=language,
        account_id=account_id,
        person_id=who.person_id,
        name=who.name,
        unit_id=who.unit_id,
        unit_path=who.home_path,
        unit_name=who.home_name,
        duties=tuple(Duty(row.role, row.held_id, row.held_path, row.held_name) for row in rows if row.role is not None),
    )
