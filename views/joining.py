"""Joining and coming in: what is asked of a newcomer, of the secretary, and what both are told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aiogram.utils.formatting import Bold, Code

from domain.entrances import Invited, Links, RequestCard
from views.actions import JoinAction
from views.home import back_and_cancel, cancel_button, go
from views.screen import Button, Screen, lines, press
from views.texts import Translator
from views.when import moment

Payload = Mapping[str, Any]
PAGE = "web"


def ask(t: Translator, step: str, unit: str) -> Screen:
    """A newcomer's step: the code, the name, the staff number."""
    if step == "code":
        return Screen(t("join-ask-code")).with_rows([cancel_button(t)])
    leave = [cancel_button(t)] if step == "name" else back_and_cancel(t)
    return Screen(t(f"join-ask-{step}", unit=Bold(unit))).with_rows(leave)


def wrong_code(t: Translator) -> Screen:
    """The same for a code that is wrong, spent or expired."""
    return Screen(t("join-wrong-code")).with_rows([go(t, "join")])


def no_match(t: Translator, unit: str) -> Screen:
    """Nobody learns which of the two was wrong, or who else is on the roster."""
    return Screen(lines(t("join-no-match"), t("join-ask-name", unit=Bold(unit)))).with_rows([cancel_button(t)])


def invited_unit(t: Translator, invited: Invited, links: Links) -> Screen:
    """The invitation as it can be passed on, and the way to the sheet with the same code."""
    sheet, screen = links.sheet(invited.sheet), _invited(t, invited, links, "invite-unit", "invite-unit-next")
    if not sheet:
        return replace(screen, text=lines(screen.text, t("invite-no-sheet")))
    return screen.with_rows([Button(t.plain("invite-sheet"), url=sheet)])


def invited_person(t: Translator, invited: Invited, links: Links) -> Screen:
    return _invited(t, invited, links, "invite-person", "invite-person-next")


def _invited(t: Translator, invited: Invited, links: Links, title: str, following: str) -> Screen:
    page, messenger = links.page(invited.code), links.messenger(invited.code)
    text = lines(
        t(title, name=Bold(invited.name)),
        t("invite-until", when=moment(t, invited.expires_at), uses=invited.uses),
        t("invite-messenger", link=messenger) if messenger else "",
        t("invite-page", link=page) if page else "",
        t("invite-code", command=Code(f"/join {invited.code}")),
        t(following),
    )
    return Screen(text)


def page_link(t: Translator, invited: Invited, links: Links) -> Screen:
    return Screen(
        lines(
            t("page-link", link=links.page(invited.code)),
            t("page-link-until", when=moment(t, invited.expires_at)),
            t("page-link-own"),
        )
    )


def request(t: Translator, card: RequestCard) -> Screen:
    """Somebody who waits: is this the person?"""
    words = {
        "request": card.request_id,
        "version": card.version,
        "name": card.name,
        "staff_number": card.staff_number,
        "unit": card.unit_name,
        "known_as": card.known_as,
        "platform": card.platform,
        "has_account": card.has_account,
    }
    return _asked(words, t)


def refused(t: Translator) -> Screen:
    return Screen(t("join-refused-done")).with_rows([go(t, "people")])


def undone(t: Translator, name: str) -> Screen:
    return Screen(t("join-undone-done", name=Bold(name))).with_rows([go(t, "people")])


def waiting(t: Translator, cards: Sequence[RequestCard]) -> list[Button]:
    """A button for each who waits."""
    return [
        press(
            t.plain("join-waiting-one", name=card.name, unit=card.unit_name), JoinAction(do="open", id=card.request_id)
        )
        for card in cards
    ]


def _asked(payload: Payload, t: Translator) -> Screen:
    known_as, platform = payload["known_as"], payload["platform"]
    where = "join-asked-page" if platform == PAGE else "join-asked-messenger"
    text = lines(
        t("join-asked", name=Bold(payload["name"])),
        t("join-asked-who", unit=payload["unit"], number=payload["staff_number"]),
        t(where),
        t("join-asked-known-as", name=known_as) if known_as else "",
        t("join-asked-replaces") if payload["has_account"] else "",
    )
    place = {"id": payload["request"], "seen": payload["version"]}
    return Screen(text).with_rows(
        [
            press(t.plain("join-yes"), JoinAction(do="yes", **place)),
            press(t.plain("join-no"), JoinAction(do="no", **place)),
        ],
    )


def _said(kind: str, *commands: str) -> Callable[[Payload, Translator], Screen]:
    """A fact in one sentence, and where to go from it."""

    def render(payload: Payload, t: Translator) -> Screen:
        words = {name: Bold(value) for name, value in payload.items() if name in {"name", "unit"}}
        return Screen(t(kind, **words)).with_rows([go(t, command) for command in commands])

    return render


def _confirmed(payload: Payload, t: Translator) -> Screen:
    undo = press(t.plain("join-undo"), JoinAction(do="undo", id=payload["request"]))
    return Screen(t("join-confirmed", name=Bold(payload["name"]), unit=payload["unit"])).with_rows([undo])


def _begin(payload: Payload, t: Translator) -> Screen:
    begin = press(t.plain("join-begin-do"), JoinAction(do="begin", id=0))
    return Screen(t("join-begin", unit=Bold(payload["unit"]))).with_rows([begin])


RENDERS: Mapping[tuple[str, int], Callable[[Payload, Translator], Screen]] = {
    ("join-asked", 1): _asked,
    ("join-begin", 1): _begin,
    ("join-confirmed", 1): _confirmed,
    ("join-waiting", 1): _said("join-waiting"),
    ("joined", 1): _said("joined", "start"),
    ("join-used", 1): _said("join-used"),
    ("join-refused", 1): _said("join-refused", "join"),
    ("join-undone", 1): _said("join-undone", "join"),
    ("first-admin", 1): _said("first-admin", "import", "start"),
}
