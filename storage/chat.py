"""The chat page's messages. ``seq`` counts every arrival and edit of one chat, so a page asks only for what is new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage.base import Id, UtcDateTime, insert_once, metadata
from storage.engine import Database
from storage.lanes import reads, writes_alone

PAGE = 50

chat_thread = Table(
    "chat_thread",
    metadata,
    Column("account_id", BigInteger, ForeignKey("account.id"), primary_key=True),
    Column("seq", Integer, nullable=False),
    # When a page last told that it has everything: what was said before then was in front of somebody.
    Column("opened_at", UtcDateTime),
)

chat_message = Table(
    "chat_message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("mine", Boolean, nullable=False),
    # The sender's own number for it: the same message sent again after a lost answer is the same row.
    Column("client_id", String(64)),
    Column("body", JSON, nullable=False),
    UniqueConstraint("account_id", "seq"),
    UniqueConstraint("account_id", "client_id"),
)


@dataclass(frozen=True)
class ChatMessage:
    """One row: ``body`` is the message as Bot API JSON without its number."""

    id: int
    seq: int
    mine: bool
    client_id: str | None
    body: dict[str, Any]


class ChatThreads:
    """Rows of chats inside a transaction of somebody else's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, account_id: int, body: dict[str, Any], *, mine: bool = False, client_id: str | None = None) -> int:
        row = {
            "account_id": account_id,
            "seq": self._next(account_id),
            "mine": mine,
            "client_id": client_id,
            "body": body,
        }
        added = self._session.execute(insert(chat_message).values(row).returning(chat_message.c.id))
        return int(added.scalar_one())

    def replace(self, account_id: int, message_id: int, body: dict[str, Any]) -> None:
        where = (chat_message.c.id == message_id) & (chat_message.c.account_id == account_id)
        values = {"seq": self._next(account_id), "body": body}
        self._session.execute(update(chat_message).where(where).values(values))

    def wake(self, account_id: int) -> None:
        """Let the pages that show this chat look again, though nothing was said: every process sees the number move."""
        self._next(account_id)

    def erase(self, accounts: Collection[int], words: Collection[str], files: Collection[int]) -> set[int]:
        """Empty every message of these chats that holds one of the words or files; gives back the files that the bot
        itself had sent in them: copies of its own, to which nothing else refers."""
        query = select(chat_message).where(chat_message.c.account_id.in_(list(accounts)))
        copies: set[int] = set()
        for row in self._session.execute(query).all():
            sent = {row.body[kind]["file"] for kind in ("photo", "document", "voice") if kind in row.body}
            if not sent & set(files) and not any(word in row.body["text"] for word in words):
                continue
            gone = {"date": row.body["date"], "text": "", "entities": [], "deleted": True}
            self.replace(row.account_id, row.id, gone)
            copies |= set() if row.mine else sent
        return copies

    def rewrite(self, account_id: int, message_id: int, body: dict[str, Any]) -> None:
        """Change what a message says; when it was said stays."""
        where = (chat_message.c.id == message_id) & (chat_message.c.account_id == account_id)
        known = self._session.execute(select(chat_message.c.body).where(where)).scalar()
        if known is not None:
            self.replace(account_id, message_id, {**body, "date": known["date"]})

    def _next(self, account_id: int) -> int:
        """The chat's next number; its row stays locked until the commit, so numbers appear in their order."""
        insert_once(self._session, chat_thread, [{"account_id": account_id, "seq": 0}])
        where = chat_thread.c.account_id == account_id
        self._session.execute(update(chat_thread).where(where).values(seq=chat_thread.c.seq + 1))
        return int(self._session.execute(select(chat_thread.c.seq).where(where)).scalar_one())


class ChatStore:
    """The chat page's own reads and writes: what its Bot API session says and what the browser asks for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @writes_alone
    def append(self, account_id: int, body: dict[str, Any]) -> int:
        """Add what the bot says; gives back the message's number."""
        with self._database.writing() as session:
            return ChatThreads(session).append(account_id, body)

    @writes_alone
    def receive(self, account_id: int, body: dict[str, Any], client_id: str) -> int:
        """Add what the person says, once per ``client_id``; gives back its number, also when it came again."""
        query = select(chat_message.c.id).where(
            chat_message.c.account_id == account_id, chat_message.c.client_id == client_id
        )
        try:
            with self._database.writing() as session:
                known = session.execute(query).scalar()
                if known is None:
                    known = ChatThreads(session).append(account_id, body, mine=True, client_id=client_id)
                return int(known)
        except IntegrityError:
            # It came twice at once, and the other one is in.
            with self._database.reading() as session:
                return int(session.execute(query).scalar_one())

    @writes_alone
    def replace(self, account_id: int, message_id: int, body: dict[str, Any]) -> None:
        with self._database.writing() as session:
            ChatThreads(session).replace(account_id, message_id, body)

    @writes_alone
    def opened(self, account_id: int, at: datetime) -> None:
        """Note that a page shows this chat, with everything that was said by then."""
        where = chat_thread.c.account_id == account_id
        with self._database.writing() as session:
            insert_once(session, chat_thread, [{"account_id": account_id, "seq": 0}])
            session.execute(update(chat_thread).where(where).values(opened_at=at))

    @reads
    def message(self, account_id: int, message_id: int) -> ChatMessage | None:
        """The message, if it stands in this account's own chat."""
        query = select(chat_message).where(chat_message.c.id == message_id, chat_message.c.account_id == account_id)
        return next(iter(self._rows(query)), None)

    @reads
    def since(self, account_id: int, seq: int) -> list[ChatMessage]:
        """What came or changed after ``seq``, oldest first; from nothing, the newest page."""
        query = select(chat_message).where(chat_message.c.account_id == account_id, chat_message.c.seq > seq)
        if seq == 0:
            return sorted(self._rows(query.order_by(chat_message.c.id.desc()).limit(PAGE)), key=lambda m: m.id)
        return self._rows(query.order_by(chat_message.c.seq).limit(4 * PAGE))

    @reads
    def before(self, account_id: int, message_id: int) -> list[ChatMessage]:
        """The page before ``message_id``, oldest first."""
        query = select(chat_message).where(chat_message.c.account_id == account_id, chat_message.c.id < message_id)
        return sorted(self._rows(query.order_by(chat_message.c.id.desc()).limit(PAGE)), key=lambda m: m.id)

    @reads
    def unread(self, account_id: int, seq: int) -> int:
        """How many messages of the bot's came or changed after ``seq``."""
        where = (chat_message.c.account_id == account_id) & (chat_message.c.seq > seq) & ~chat_message.c.mine
        with self._database.reading() as session:
            return int(session.execute(select(func.count()).select_from(chat_message).where(where)).scalar_one())

    @reads
    def newest(self, accounts: list[int]) -> dict[int, int]:
        """The last number of each chat, for pages that wait for something new."""
        query = select(chat_thread).where(chat_thread.c.account_id.in_(accounts))
        with self._database.reading() as session:
            return {row.account_id: row.seq for row in session.execute(query)}

    def _rows(self, query: Any) -> list[ChatMessage]:
        with self._database.reading() as session:
            return [
                ChatMessage(row.id, row.seq, row.mine, row.client_id, dict(row.body)) for row in session.execute(query)
            ]
