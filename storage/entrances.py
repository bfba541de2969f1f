"""Tables of the ways in: invitations, requests to join, wrong guesses."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Session

from domain.entrances import WRONG_WITHIN, Guesses, Invitation, InvitationKind, JoinRequest, JoinState
from storage.base import EnumText, Id, UtcDateTime, get_locked, insert_once, locked, mapper, metadata

invitation = Table(
    "invitation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("kind", EnumText(InvitationKind), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("max_uses", Integer, nullable=False),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), index=True),
    Column("person_id", BigInteger, ForeignKey("person.id"), index=True),
    Column("created_by_id", BigInteger, ForeignKey("person.id")),
    Column("uses", Integer, nullable=False),
    Column("revoked_at", UtcDateTime),
)

join_request = Table(
    "join_request",
    metadata,
    Column("id", Id, primary_key=True),
    Column("invitation_id", BigInteger, ForeignKey("invitation.id"), nullable=False),
    Column("unit_id", BigInteger, ForeignKey("unit.id"), nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False, index=True),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("state", EnumText(JoinState), nullable=False, index=True),
    Column("person_id", BigInteger, ForeignKey("person.id")),
    Column("known_as", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("asked_at", UtcDateTime),
    Column("decided_at", UtcDateTime),
    Column("decided_by_id", BigInteger, ForeignKey("person.id")),
    Column("replaced_account_id", BigInteger, ForeignKey("account.id")),
    UniqueConstraint("invitation_id", "account_id"),
)

guesses = Table(
    "guesses",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)

mapper.map_imperatively(Invitation, invitation)
mapper.map_imperatively(JoinRequest, join_request)
mapper.map_imperatively(Guesses, guesses)


class Entrances:
    def __init__(self, session: Session) -> None:
        self._session = session

    # Invitations

    def invite(self, entity: Invitation) -> Invitation:
        self._session.add(entity)
        self._session.flush()
        return entity

    def revoke_open(self, kind: InvitationKind, now: datetime, *, unit_id: int | None, person_id: int | None) -> None:
        """Take back the codes of this kind for this unit or person that could still be used."""
        mine = (
            (invitation.c.kind == kind)
            & invitation.c.unit_id.is_not_distinct_from(unit_id)
            & invitation.c.person_id.is_not_distinct_from(person_id)
            & invitation.c.revoked_at.is_(None)
        )
        self._session.execute(update(invitation).where(mine).values(revoked_at=now))

    def revoke_own(self, person_id: int, now: datetime) -> None:
        """Take back every code of a person's own that could still be used."""
        mine = (invitation.c.person_id == person_id) & invitation.c.revoked_at.is_(None)
        self._session.execute(update(invitation).where(mine).values(revoked_at=now))

    def find_code(self, code_hash: str) -> Invitation | None:
        return self._session.scalars(select(Invitation).where(invitation.c.code_hash == code_hash)).first()

    def take_code(self, code_hash: str) -> Invitation | None:
        """The invitation, locked: whoever spends it comes one after another."""
        query = locked(select(Invitation).where(invitation.c.code_hash == code_hash))
        return self._session.scalars(query).first()

    def take_invitation(self, invitation_id: int) -> Invitation | None:
        return get_locked(self._session, Invitation, invitation_id)

    def joiners(self, invitation_id: int, but: int = 0) -> set[int]:
        """Those who said by this code who they are and were not refused; one request may be left out."""
        query = select(join_request.c.person_id).where(
            join_request.c.invitation_id == invitation_id,
            join_request.c.state.in_([JoinState.WAITING, JoinState.CONFIRMED]),
            join_request.c.id != but,
        )
        return {person_id for person_id in self._session.scalars(query) if person_id is not None}

    # Requests to join

    def add_request(self, entity: JoinRequest) -> JoinRequest:
        self._session.add(entity)
        self._session.flush()
        return entity

    def find_request(self, request_id: int) -> JoinRequest | None:
        return self._session.get(JoinRequest, request_id)

    def take_request(self, request_id: int) -> JoinRequest | None:
        return get_locked(self._session, JoinRequest, request_id)

    def request_by(self, invitation_id: int, account_id: int) -> JoinRequest | None:
        query = select(JoinRequest).where(
            join_request.c.invitation_id == invitation_id, join_request.c.account_id == account_id
        )
        return self._session.scalars(locked(query)).first()

    def requests_of(self, account_id: int, states: Collection[JoinState]) -> list[JoinRequest]:
        """What an account asked for, the newest first."""
        query = select(JoinRequest).where(
            join_request.c.account_id == account_id, join_request.c.state.in_(list(states))
        )
        return list(self._session.scalars(query.order_by(join_request.c.id.desc())))

    def waiting(self) -> list[JoinRequest]:
        """Everybody who waits to be confirmed, the longest first."""
        query = select(JoinRequest).where(join_request.c.state == JoinState.WAITING)
        return list(self._session.scalars(query.order_by(join_request.c.asked_at, join_request.c.id)))

    def confirmed_since(self, since: datetime) -> list[JoinRequest]:
        """Who was let in since then, the newest first."""
        query = select(JoinRequest).where(
            join_request.c.state == JoinState.CONFIRMED, join_request.c.decided_at >= since
        )
        return list(self._session.scalars(query.order_by(join_request.c.decided_at.desc(), join_request.c.id.desc())))

    # Wrong guesses

    def guesses(self, key: str) -> Guesses | None:
        return self._session.get(Guesses, key)

    def take_guesses(self, key: str, now: datetime) -> Guesses:
        """The count under this key, locked."""
        insert_once(self._session, guesses, [{"key": key, "wrong": 0, "since": now}])
        found = get_locked(self._session, Guesses, key)
        assert found is not None  # noqa: S101 - the row has just been written
        return found

    def purge(self, now: datetime) -> None:
        """Forget the counts of wrong guesses whose hour is over."""
        self._session.execute(delete(guesses).where(guesses.c.since <= now - WRONG_WITHIN))
