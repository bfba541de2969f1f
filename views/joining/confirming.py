"""Confirming who asks to join: one card for all who wait, a card for each, and what can be undone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiogram.utils.formatting import Bold, Text

from domain.entrances import Confirmed, RequestCard, mark_of
from views.actions import JoinAction
from views.home import go
from views.paging import paged
from views.screen import Button, Screen, lines, press
from views.texts import Translator

Payload = Mapping[str, Any]
PAGE = "web"


def request(t: Translator, card: RequestCard) -> Screen:
    """Somebody who waits: is this the person?"""
    return _decided_by(t, card, "yes", "no")


def waiting(t: Translator, cards: Sequence[RequestCard]) -> list[Button]:
    """A button for each who waits."""
    return [
        press(
            t.plain("join-waiting-one", name=card.name, unit=card.unit_name, number=card.staff_number),
            JoinAction(do="open", id=card.request_id),
        )
        for card in cards
    ]


def listed(t: Translator, cards: Sequence[RequestCard], page: int) -> Screen:
    """Everybody who waits, to be looked at one by one."""
    text = t("join-queue", count=len(cards)) if cards else t("join-queue-empty")
    rows = paged(t, waiting(t, cards), page, lambda number: JoinAction(do="list", id=number))
    return Screen(text).with_rows(*rows, [go(t, "people")])


def confirmed(t: Translator, people: Sequence[Confirmed], page: int) -> Screen:
    """Who was let in lately; a press takes it back."""
    buttons = [
        press(
            t.plain("join-undo-one", name=one.name, unit=one.unit_name, number=one.staff_number),
            JoinAction(do="undo", id=one.request_id),
        )
        for one in people
    ]
    text = t("join-confirmed-list") if people else t("join-confirmed-empty")
    rows = paged(t, buttons, page, lambda number: JoinAction(do="confirmed", id=number))
    return Screen(text).with_rows(*rows, [go(t, "people")])


def refused(t: Translator) -> Screen:
    return Screen(t("join-refused-done")).with_rows([go(t, "people")])


def undone(t: Translator, name: str) -> Screen:
    return Screen(t("join-undone-done", name=Bold(name))).with_rows([_list_of_confirmed(t), go(t, "people")])


def _decided_by(t: Translator, card: RequestCard, yes: str, no: str) -> Screen:
    place = {"id": card.request_id, "seen": card.version}
    return Screen(lines(t("join-asked", name=Bold(card.name)), *_about(t, card))).with_rows(
        [press(t.plain("join-yes"), JoinAction(do=yes, **place)), press(t.plain("join-no"), JoinAction(do=no, **place))]
    )


def _about(t: Translator, card: RequestCard) -> list[Text | str]:
    where = "join-asked-page" if card.platform == PAGE else "join-asked-messenger"
    return [
        t("join-asked-who", unit=card.unit_name, number=card.staff_number),
        t(where),
        t("join-asked-known-as", name=card.known_as) if card.known_as else "",
        t("join-asked-twice") if card.twice else "",
        t("join-asked-replaces") if card.has_account else "",
    ]


def _queue(payload: Payload, t: Translator) -> Screen:
    """One who waits is shown whole. Of many each has a line, and all whom the card names are let in by one press; who
    needs a look of their own is marked and left out of it."""
    cards = [RequestCard.from_json(kept) for kept in payload["cards"]]
    if not cards:
        return Screen(t("join-queue-empty")).with_rows([go(t, "people")])
    if payload["count"] == 1:
        return _decided_by(t, cards[0], "queue-yes", "queue-no")
    plain = [card for card in cards if not card.needs_a_look]
    text = lines(
        t("join-queue", count=payload["count"]),
        *[_line(t, card) for card in cards],
        t("join-queue-more", count=payload["count"] - len(cards)) if payload["count"] > len(cards) else "",
        t("join-queue-look") if len(plain) < len(cards) else "",
        t("join-queue-sure"),
    )
    everybody = JoinAction(do="all", id=len(cards), seen=mark_of(cards))
    all_of_them = [press(t.plain("join-all", count=len(plain)), everybody)] if plain else []
    return Screen(text).with_rows(all_of_them, [press(t.plain("join-look"), JoinAction(do="list", id=0))])


def _line(t: Translator, card: RequestCard) -> Text:
    words = "join-queue-line-look" if card.needs_a_look else "join-queue-line"
    return t(words, name=Bold(card.name), unit=card.unit_name, number=card.staff_number)


def _asked(payload: Payload, t: Translator) -> Screen:
    """As the last release asked, with a message for each."""
    return request(
        t,
        RequestCard(
            request_id=payload["request"],
            version=payload["version"],
            name=payload["name"],
            staff_number=payload["staff_number"],
            unit_name=payload["unit"],
            known_as=payload["known_as"],
            platform=payload["platform"],
            has_account=payload["has_account"],
        ),
    )


def _confirmed(payload: Payload, t: Translator) -> Screen:
    undo = press(t.plain("join-undo"), JoinAction(do="undo", id=payload["request"]))
    return Screen(t("join-confirmed", name=Bold(payload["name"]), unit=payload["unit"])).with_rows([undo])


def _confirmed_many(payload: Payload, t: Translator) -> Screen:
    return Screen(t("join-confirmed-many", count=payload["count"])).with_rows([_list_of_confirmed(t)])


def _list_of_confirmed(t: Translator) -> Button:
    return press(t.plain("join-confirmed-look"), JoinAction(do="confirmed", id=0))


RENDERS: Mapping[tuple[str, int], Callable[[Payload, Translator], Screen]] = {
    ("join-queue", 1): _queue,
    ("join-queue-now", 1): _queue,
    ("join-asked", 1): _asked,
    ("join-confirmed", 1): _confirmed,
    ("join-confirmed-many", 1): _confirmed_many,
}
