"""What joining and signing in share: the account of a chat, its binding to a person, and who is told."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from domain.deliveries import Delivery, Lane, key
from domain.entrances import Invitation, InvitationKind, may_vouch
from domain.people import Account, Actor, Duty, Person, RoleKind
from storage.people import PAGE
from storage.unit_of_work import UnitOfWork


def account_for(work: UnitOfWork, actor: Actor, now: datetime) -> Account:
    """The row of the chat that speaks; a stranger's first is written here, in the language they were answered in."""
    known = work.people.account(actor.platform, str(actor.chat_id))
    if known is not None:
        return known
    account = work.people.add_account(actor.platform, str(actor.chat_id), now, None)
    account.language = actor.language
    return account


def page_account(work: UnitOfWork, person: Person, now: datetime) -> tuple[Account, bool]:
    """The person's chat on the page, one however many browsers show it, and whether it is new."""
    for known in work.people.accounts_on(PAGE, person.id):
        return known, False
    account = work.people.add_account(PAGE, None, now, None)
    bind(work, account, person, person.id, now)
    return account, True


def bind(work: UnitOfWork, account: Account, person: Person, by_id: int | None, now: datetime) -> int | None:
    """From now on the account is the person's, and the only one at this messenger; gives back the one it replaces."""
    replaced = None
    for other in work.people.accounts_on(account.platform, person.id):
        if other.id != account.id:
            other.person_id, replaced = None, other.id
            work.audit.record(now, by_id, "account.release", str(other.id), person=person.id)
    account.person_id, account.last_used_at, account.blocked_at = person.id, now, None
    work.audit.record(now, by_id, "account.bind", str(account.id), person=person.id, platform=account.platform)
    return replaced


def deciders(work: UnitOfWork, duties: Collection[Duty], path: str) -> list[Person]:
    """Who is asked to let somebody of the unit with ``path`` in who holds these duties: the nearest secretaries who may
    vouch for them, else the administrators. Who has not joined can answer nobody, least of all about themselves."""
    near = work.people.nearest_holders(RoleKind.SECRETARY, path)
    joined = work.people.joined(one.id for one in near)
    found = [one for one in near if one.id in joined and may_vouch(work.actors.of(one.id), path, duties)]
    return found or work.people.holders(RoleKind.ADMIN)


def welcome(work: UnitOfWork, invitation: Invitation, account: Account, person: Person, now: datetime) -> None:
    """Somebody came in by a code of their own: they hear it, and so does whoever gave them the code."""
    unit = work.people.unit(person.unit_id)
    words = {"name": person.name, "unit": unit.name if unit is not None else ""}
    tell_account(work, "joined", f"i{invitation.id}", account, now, **words)
    if invitation.kind is InvitationKind.PERSON and invitation.created_by_id not in {None, person.id}:
        inviters = list(work.people.people([invitation.created_by_id or 0]).values())
        tell_people(work, "join-used", f"i{invitation.id}", inviters, now, now, **words)


def tell_account(work: UnitOfWork, kind: str, subject: str, account: Account, now: datetime, **words: Any) -> None:
    """A fact to whoever sits at this account, whether they have joined or not."""
    work.deliveries.record(
        Delivery(
            dedupe_key=key(kind, subject, now, account.id),
            kind=kind,
            lane=Lane.FACTS,
            payload={"v": 1, **words},
            not_before=now,
            created_at=now,
            person_id=account.person_id,
            account_id=account.id,
            subject=subject,
        )
    )


def tell_people(
    work: UnitOfWork, kind: str, subject: str, people: list[Person], at: datetime, now: datetime, **words: Any
) -> None:
    """The same to each of these people, from ``at`` on."""
    work.deliveries.record(
        *(
            Delivery(
                dedupe_key=key(kind, subject, now, person.id),
                kind=kind,
                lane=Lane.FACTS,
                payload={"v": 1, **words},
                not_before=at,
                created_at=now,
                person_id=person.id,
                subject=subject,
            )
            for person in people
        )
    )
