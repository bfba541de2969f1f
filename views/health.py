"""How the program is doing: first whether anything is asked of the reader, then the figures."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.utils.formatting import Bold

from domain.health import TELEGRAM, Pulse, Vitals, Worry, worries
from domain.people import Listed
from views import when
from views.actions import Nav, PeopleAction
from views.home import go
from views.paging import paged
from views.people import to_cards
from views.screen import Screen, lines, press
from views.texts import Translator


def report(t: Translator, vitals: Vitals, pulse: Pulse, now: datetime) -> Screen:
    held = worries(vitals, pulse, now)
    title = t("health-worries", count=len(held)) if held else t("health-well")
    text = lines(Bold(title), *(_worry(t, worry, vitals, pulse, now) for worry in held), *_figures(t, vitals, pulse))
    who = press(t.plain("health-who", count=vitals.unreachable), PeopleAction(do="unreachable"))
    decide = [press(t.plain(f"health-held-{do}"), Nav(to=f"held-{do}")) for do in ("send", "drop")]
    return Screen(text).with_rows(
        [who] if Worry.UNREACHABLE in held else [],
        decide if Worry.HELD in held else [],
        [go(t, "health"), go(t, "menu")],
    )


def let_go(t: Translator, count: int, *, send: bool) -> Screen:
    """What became of what was held."""
    return Screen(t("health-held-sent" if send else "health-held-dropped", count=count)).with_rows([go(t, "health")])


def unreachable(t: Translator, people: Sequence[Listed], page: int) -> Screen:
    """Who could not be reached; each opens the card on which a new link is made."""
    rows = paged(t, to_cards(t, people), page, lambda number: PeopleAction(do="unreachable", page=number))
    return Screen(t("health-unreachable-who", people=len(people))).with_rows(*rows, [go(t, "health")])


def _worry(t: Translator, worry: Worry, vitals: Vitals, pulse: Pulse, now: datetime) -> str:
    """What is the matter, and what to do about it."""
    return t.plain(
        f"health-{worry.value}",
        free=_megabytes(vitals.free_bytes),
        since=when.moment(t, vitals.oldest_due) if vitals.oldest_due is not None else "",
        ticks=len(pulse.missed(now) - {TELEGRAM}),
        heard=when.moment(t, pulse.beats[TELEGRAM].last) if TELEGRAM in pulse.beats else "",
        lost=vitals.lost,
        failed=vitals.failed,
        people=vitals.unreachable,
        held=vitals.held,
    )


def _figures(t: Translator, vitals: Vitals, pulse: Pulse) -> list[str]:
    contact = pulse.beats.get(TELEGRAM)
    return [
        t.plain("health-waiting", count=vitals.waiting),
        t.plain("health-disk", free=_megabytes(vitals.free_bytes)),
        *([t.plain("health-contact", at=when.moment(t, contact.last))] if contact is not None else []),
    ]


def _megabytes(count: int) -> str:
    return f"{count / 2**30:.1f} GB" if count >= 2**30 else f"{count // 2**20} MB"
