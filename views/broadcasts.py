"""Writing and sending a notice: the steps, the sender's card, what the sender is told."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from aiogram.utils.formatting import Bold, Text

from domain.notices import MAX_BODY, MAX_TITLE, UNDO, Check, Progress, State, Tally
from domain.people import RoleKind, Unit
from views.actions import NoticeAction, Step
from views.home import back_and_cancel, cancel_button, go
from views.notices import words
from views.paging import paged
from views.screen import Button, Screen, in_rows, lines, press
from views.texts import Translator
from views.when import moment

Draft = Mapping[str, Any]
STEPS = 4
UNITS_SHOWN = 8
UNTOLD = frozenset({State.STARTING, State.WAITING, State.UNDONE})
"""Nobody has got it, so that there is nothing to say unit by unit."""


def ask_title(t: Translator, draft: Draft) -> Screen:
    rows = [_keep(t)] if draft.get("title") else []
    known = t("broadcast-known", text=draft["title"]) if draft.get("title") else ""
    question = t("broadcast-title", step=1, steps=STEPS, limit=MAX_TITLE)
    sent = press(t.plain("broadcast-sent-list"), NoticeAction(do="sent"))
    return Screen(lines(question, known)).with_rows(rows, [sent], [cancel_button(t)])


def ask_body(t: Translator, draft: Draft) -> Screen:
    rows = [_keep(t)] if draft.get("body") else []
    known = t("broadcast-known", text=_short(draft["body"])) if draft.get("body") else ""
    question = t("broadcast-body", step=2, steps=STEPS, limit=MAX_BODY)
    file = t("broadcast-has-file") if draft.get("file") else ""
    return Screen(lines(question, file, known)).with_rows(rows, back_and_cancel(t))


def ask_units(t: Translator, draft: Draft, units: Sequence[Unit], size: tuple[int, int]) -> Screen:
    """The units as a tree; pressing one takes it with all below it, and pressing again gives it back."""
    chosen = set(draft.get("units", ()))
    top = min((unit.path.count("/") for unit in units), default=0)
    found = [
        press(
            t.plain("broadcast-indent") * (unit.path.count("/") - top) + _marked(t, unit.name, on=unit.id in chosen),
            Step(name="unit", value=str(unit.id)),
        )
        for unit in units
    ]
    rows = paged(t, found, int(draft.get("page", 0)), lambda page: Step(name="page", value=str(page)))
    every = {unit.id for unit in units} <= chosen
    everything = press(_marked(t, t.plain("broadcast-all-units"), on=every), Step(name="unit", value="all"))
    text = lines(t("broadcast-units", step=3, steps=STEPS), _size(t, size))
    return Screen(text).with_rows([everything], *rows, [_next(t)], back_and_cancel(t))


def ask_roles(t: Translator, draft: Draft, size: tuple[int, int]) -> Screen:
    chosen = draft.get("roles", ())
    found = [
        press(
            _marked(
                t,
                t.plain("broadcast-everybody" if role is RoleKind.MEMBER else f"role-{role.replace('_', '-')}"),
                on=role.value in chosen,
            ),
            Step(name="role", value=role.value),
        )
        for role in RoleKind
    ]
    text = lines(t("broadcast-roles", step=4, steps=STEPS), _size(t, size))
    return Screen(text).with_rows(found[:1], *in_rows(found[1:], 2), [_next(t)], back_and_cancel(t))


def preview(t: Translator, draft: Draft, check: Check) -> Screen:
    """The message as its recipients will read it, then what the sender decides on."""
    text = lines(
        t("broadcast-preview"),
        words(t, draft["title"], draft["body"], draft["sender"], check.opens_at),
        t("broadcast-line"),
        t("broadcast-has-file") if draft.get("file") else "",
        _size(t, (check.count, check.reachable)),
        t("broadcast-urgent-is", reason=draft["urgent"]) if draft.get("urgent") else "",
        _when(t, draft, check),
        t("broadcast-same", when=moment(t, check.same_at)) if check.same_at is not None else "",
    )
    change = [_choice(t, "broadcast-change-words", "change", "words"), _choice(t, "broadcast-file", "change", "file")]
    timing = [_choice(t, "broadcast-now", "now") if draft.get("at") else _choice(t, "broadcast-later", "later")]
    if check.waits and draft.get("admin"):
        timing.append(_choice(t, "broadcast-urgent", "change", "urgent"))
    send = press(t.plain("broadcast-send", count=check.count), Step(name="send"))
    return Screen(text).with_rows([send], change, timing, back_and_cancel(t))


def _when(t: Translator, draft: Draft, check: Check) -> Text:
    if not check.waits:
        return t("broadcast-goes", seconds=_undo())
    return t("broadcast-at" if draft.get("at") else "broadcast-waits", when=moment(t, check.opens_at))


def ask_file(t: Translator, draft: Draft) -> Screen:
    drop = [_choice(t, "broadcast-no-file", "no-file")] if draft.get("file") else []
    return Screen(t("broadcast-ask-file")).with_rows(drop, back_and_cancel(t))


def ask_reason(t: Translator) -> Screen:
    return Screen(t("broadcast-ask-reason")).with_rows(back_and_cancel(t))


def ask_count(t: Translator, draft: Draft) -> Screen:
    return Screen(t("broadcast-ask-count", count=draft["count"])).with_rows(back_and_cancel(t))


def ask_again(t: Translator, draft: Draft) -> Screen:
    """The same text went to some of these people before: sent again only if that is meant."""
    when = moment(t, datetime.fromisoformat(draft["same"]))
    send = _choice(t, "broadcast-again-yes", "again")
    return Screen(t("broadcast-again", when=when)).with_rows([send], back_and_cancel(t))


# What was sent


def sent(t: Translator, notices: Sequence[tuple[int, str, datetime]], page: int) -> Screen:
    if not notices:
        return Screen(t("broadcast-sent-empty")).with_rows([go(t, "broadcast")])
    found = [
        press(
            t.plain("broadcast-sent-line", when=moment(t, at), title=title), NoticeAction(do="progress", id=notice_id)
        )
        for notice_id, title, at in notices
    ]
    rows = paged(t, found, page, lambda number: NoticeAction(do="sent", page=number))
    return Screen(t("broadcast-sent-title")).with_rows(*rows, [go(t, "broadcast")])


def progress(t: Translator, progress: Progress, page: int = 0) -> Screen:
    """How far a notice is, with every unit, as it stands at this moment."""
    units = () if progress.state in UNTOLD else progress.units
    last = max(0, (len(units) - 1) // UNITS_SHOWN)
    page = min(max(page, 0), last)
    shown = units[page * UNITS_SHOWN : (page + 1) * UNITS_SHOWN]
    urgent = t("broadcast-urgent-is", reason=progress.urgent_reason) if progress.urgent_reason else ""
    text = _card(t, progress.state, progress.title, progress.opens_at, progress.total, urgent, shown)
    turns = []
    if page > 0:
        turns.append(press(t.plain("page-before"), NoticeAction(do="progress", id=progress.notice_id, page=page - 1)))
    if page < last:
        turns.append(press(t.plain("page-after"), NoticeAction(do="progress", id=progress.notice_id, page=page + 1)))
    return Screen(text).with_rows(turns, *_decisions(t, progress.state, progress.notice_id))


def card(payload: Mapping[str, Any], t: Translator) -> Screen:
    """The sender's one card, out of the numbers it was recorded with."""
    units = [(row[0], Tally(*row[1:])) for row in payload["units"]]
    state, total = State(payload["state"]), Tally(*payload["total"])
    text = _card(t, state, payload["title"], datetime.fromisoformat(payload["opens_at"]), total, "", units)
    more = []
    if payload["more"] and state not in UNTOLD:
        label = t.plain("broadcast-more-units", count=payload["more"])
        more.append(press(label, NoticeAction(do="progress", id=payload["notice"])))
    return Screen(text).with_rows(more, *_decisions(t, state, payload["notice"]))


def done(payload: Mapping[str, Any], t: Translator) -> Screen:
    """Told once: it is over, and what came of it."""
    return _ended(t, "broadcast-told-done", payload)


def stopped(payload: Mapping[str, Any], t: Translator) -> Screen:
    """Told to a sender whose notice somebody else stopped."""
    return _ended(t, "broadcast-told-stopped", payload)


def _ended(t: Translator, identifier: str, payload: Mapping[str, Any]) -> Screen:
    text = lines(t(identifier, title=Bold(payload["title"])), _numbers(t, Tally(*payload["total"])))
    see = press(t.plain("broadcast-see"), NoticeAction(do="progress", id=payload["notice"]))
    return Screen(text).with_rows([see])


def _card(
    t: Translator,
    state: State,
    title: str,
    opens_at: datetime,
    total: Tally,
    urgent: Text | str,
    units: Sequence[tuple[str, Tally]],
) -> Text:
    head = t(
        f"broadcast-state-{state}",
        title=Bold(title),
        when=moment(t, opens_at),
        count=total.total,
        seconds=_undo(),
    )
    if state in UNTOLD:
        return lines(head, urgent)
    return lines(head, urgent, _numbers(t, total), *(_unit(t, name, tally) for name, tally in units))


def _unit(t: Translator, name: str, tally: Tally) -> Text:
    return t(
        "broadcast-unit",
        unit=name,
        sent=tally.sent,
        unopened=tally.unopened,
        waiting=tally.waiting,
        unreachable=tally.unreachable,
        acknowledged=tally.acknowledged,
        total=tally.total,
    )


def _numbers(t: Translator, total: Tally) -> Text:
    return lines(
        t(
            "broadcast-numbers",
            sent=total.sent,
            waiting=total.waiting,
            unreachable=total.unreachable,
            acknowledged=total.acknowledged,
            total=total.total,
        ),
        t("broadcast-unopened", count=total.unopened) if total.unopened else "",
        t("broadcast-left-out", count=total.left_out) if total.left_out else "",
    )


def _decisions(t: Translator, state: State, number: int) -> list[list[Button]]:
    do = {State.STARTING: "undo", State.WAITING: "stop", State.RUNNING: "stop", State.UNDONE: "again"}.get(state)
    if do is None:
        return []
    return [[press(t.plain(f"broadcast-do-{do}"), NoticeAction(do=do, id=number))]]


def _size(t: Translator, size: tuple[int, int]) -> Text:
    count, reachable = size
    without = t("broadcast-unreached", count=count - reachable) if count > reachable else ""
    return lines(t("broadcast-count", count=count), without)


def _marked(t: Translator, label: str, *, on: bool) -> str:
    return t.plain("broadcast-on" if on else "broadcast-off", label=label)


def _keep(t: Translator) -> Button:
    return press(t.plain("broadcast-keep"), Step(name="keep"))


def _next(t: Translator) -> Button:
    return press(t.plain("broadcast-next"), Step(name="next"))


def _choice(t: Translator, identifier: str, name: str, value: str = "") -> Button:
    return press(t.plain(identifier), Step(name=name, value=value))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"


def _undo() -> int:
    return int(UNDO.total_seconds())


RENDERS: Mapping[tuple[str, int], Callable[[Mapping[str, Any], Translator], Screen]] = {
    ("notice-card", 1): card,
    ("notice-done", 1): done,
    ("notice-stopped", 1): stopped,
}
