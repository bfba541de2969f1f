"""Notices as people get them, and who of a unit has not acknowledged."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold, Text

from domain.notices import Missing, Received, Unread
from views.actions import NoticeAction
from views.home import go
from views.paging import paged
from views.screen import Button, Screen, lines, press
from views.texts import Translator
from views.when import moment

NAMES = 40
"""So many names stand on one page."""


def words(t: Translator, title: str, body: str, sender: str, at: datetime) -> Text:
    """What recipients read, in a preview exactly as in the message itself."""
    return lines(t("notice-please"), t("notice-from", sender=sender, when=moment(t, at)), Text(Bold(title)), Text(body))


def message(t: Translator, received: Received, *, fresh: bool = False) -> Screen:
    """A notice in a recipient's hands. One that just came does not ask for the way back to the list."""
    text = words(t, received.title, received.body, received.sender, received.at)
    if received.acknowledged_at is not None:
        text = lines(text, t("notice-acknowledged-at", when=moment(t, received.acknowledged_at)))
    return Screen(text).with_rows(*buttons(t, received, fresh=fresh))


def buttons(t: Translator, received: Received, *, fresh: bool = False) -> list[list[Button]]:
    number = received.notice_id
    first = [] if received.acknowledged_at else [_button(t, "notice-got-it", "ack", number)]
    more = [_button(t, "notice-open-file", "file", number)] if received.has_file else []
    more.append(_button(t, "why-me", "why", number))
    return [first, more, [] if fresh else [go(t, "notices")]]


def inbox(t: Translator, received: Sequence[Received], page: int, *, secretary: bool, sender: bool) -> Screen:
    """What the reader has got, what waits for them first."""
    unread = sum(notice.acknowledged_at is None for notice in received)
    if not received:
        title = t("notices-empty")
    else:
        title = t("notices-unread", count=unread) if unread else t("notices-all-read")
    found = [
        press(
            t.plain("notices-line-unread" if notice.acknowledged_at is None else "notices-line", title=notice.title),
            NoticeAction(do="open", id=notice.notice_id),
        )
        for notice in received
    ]
    rows = paged(t, found, page, lambda number: NoticeAction(do="inbox", page=number))
    extra = [_button(t, "notices-of-unit", "unit")] if secretary else []
    if sender:
        extra.append(go(t, "broadcast"))
    return Screen(title).with_rows(*rows, extra, [go(t, "menu")])


def of_units(t: Translator, notices: Sequence[Unread], page: int) -> Screen:
    """For a secretary: each notice with how many of the own people have not acknowledged it."""
    if not notices:
        return Screen(t("notices-unit-empty")).with_rows([go(t, "notices")])
    found = [
        press(
            t.plain("notices-unit-line", missing=notice.missing, total=notice.total, title=notice.title),
            NoticeAction(do="who", id=notice.notice_id),
        )
        for notice in notices
    ]
    rows = paged(t, found, page, lambda number: NoticeAction(do="unit", page=number))
    return Screen(t("notices-unit-title")).with_rows(*rows, [go(t, "notices")])


def missing(t: Translator, notice_id: int, people: Sequence[Missing], page: int) -> Screen:
    """Their names; those on whose page it lies unopened stand apart, and those whom no messenger reaches, since they
    must be told another way."""
    back = [_button(t, "notices-of-unit", "unit")]
    if not people:
        return Screen(t("notices-nobody-missing")).with_rows(back)
    page = min(max(page, 0), (len(people) - 1) // NAMES)
    shown = people[page * NAMES : (page + 1) * NAMES]
    text = lines(
        t("notices-missing", count=len(people)),
        _names(t, "notices-missing-reached", [row for row in shown if row.reachable and not row.unopened]),
        _names(t, "notices-missing-unopened", [row for row in shown if row.reachable and row.unopened]),
        _names(t, "notices-missing-unreachable", [row for row in shown if not row.reachable]),
    )
    turns = []
    if page > 0:
        turns.append(press(t.plain("page-before"), NoticeAction(do="who", id=notice_id, page=page - 1)))
    if (page + 1) * NAMES < len(people):
        turns.append(press(t.plain("page-after"), NoticeAction(do="who", id=notice_id, page=page + 1)))
    return Screen(text).with_rows(turns, back)


def _names(t: Translator, identifier: str, people: Sequence[Missing]) -> Text | str:
    if not people:
        return ""
    names = [t.plain("notices-name", name=row.name, unit=row.unit_name) for row in people]
    return t(identifier, names=t.plain("list-separator").join(names))


def _button(t: Translator, identifier: str, do: str, number: int = 0) -> Button:
    return press(t.plain(identifier), NoticeAction(do=do, id=number))


def told(payload: Mapping[str, Any], t: Translator) -> Screen:
    """The message to a recipient."""
    at = datetime.fromisoformat(payload["at"])
    received = Received(
        payload["notice"], payload["title"], payload["body"], payload["sender"], at, payload["file"], None
    )
    return message(t, received, fresh=True)


RENDERS: Mapping[tuple[str, int], Callable[[Mapping[str, Any], Translator], Screen]] = {("notice", 1): told}
