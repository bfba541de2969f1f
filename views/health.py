"""How the program is doing: first whether anything is asked of the reader, then the figures."""

from datetime import datetime

from aiogram.utils.formatting import Bold

from domain.health import TELEGRAM, Pulse, Vitals, Worry, worries
from views import when
from views.home import go
from views.screen import Screen, lines
from views.texts import Translator


def report(t: Translator, vitals: Vitals, pulse: Pulse, now: datetime) -> Screen:
    held = worries(vitals, pulse, now)
    title = t("health-worries", count=len(held)) if held else t("health-well")
    text = lines(Bold(title), *(_worry(t, worry, vitals, pulse, now) for worry in held), *_figures(t, vitals, pulse))
    return Screen(text).with_rows([go(t, "health"), go(t, "menu")])


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
