"""The browsers that entered the chat page."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, String, Table, delete, select, update
from sqlalchemy.orm import Session

from domain.sign_ins import PageSession
from storage.base import Id, UtcDateTime, mapper, metadata
from storage.people import PAGE, account

page_session = Table(
    "page_session",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime, nullable=False),
    Column("device", String(60), nullable=False),
    Column("shared", Boolean, nullable=False),
)

mapper.map_imperatively(PageSession, page_session)


class SignIns:
    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, entity: PageSession) -> None:
        self._session.add(entity)
        self._session.flush()

    def find(self, token_hash: str) -> PageSession | None:
        return self._session.scalars(select(PageSession).where(page_session.c.token_hash == token_hash)).first()

    def used(self, session_id: int, now: datetime) -> None:
        self._session.execute(update(page_session).where(page_session.c.id == session_id).values(last_used_at=now))

    def of_accounts(self, accounts: Collection[int], now: datetime) -> list[PageSession]:
        """The browsers that show one of these chats, the newest first."""
        query = select(PageSession).where(
            page_session.c.account_id.in_(list(accounts)), page_session.c.expires_at > now
        )
        return list(self._session.scalars(query.order_by(page_session.c.id.desc())))

    def may_enter(self, people: Collection[int], now: datetime) -> set[int]:
        """Which of these people are in somewhere: at a messenger, or in a browser."""
        open_page = (page_session.c.account_id == account.c.id) & (page_session.c.expires_at > now)
        somewhere = (account.c.platform != PAGE) | select(page_session.c.id).where(open_page).exists()
        query = select(account.c.person_id).where(account.c.person_id.in_(list(people)), somewhere)
        return {int(found) for found in self._session.execute(query).scalars() if found is not None}

    def end(self, token_hash: str) -> int | None:
        """End the browser's session; gives back its account, or None where there is no such session."""
        ended = delete(page_session).where(page_session.c.token_hash == token_hash)
        return self._session.execute(ended.returning(page_session.c.account_id)).scalar()

    def end_one(self, session_id: int) -> int | None:
        """The same by its number."""
        ended = delete(page_session).where(page_session.c.id == session_id)
        return self._session.execute(ended.returning(page_session.c.account_id)).scalar()

    def end_all(self, account_id: int) -> int:
        """End every session of an account; gives back how many those were."""
        ended = delete(page_session).where(page_session.c.account_id == account_id).returning(page_session.c.id)
        return len(self._session.execute(ended).all())

    def purge(self, now: datetime) -> None:
        """Forget sessions that are over."""
        self._session.execute(delete(page_session).where(page_session.c.expires_at <= now))
