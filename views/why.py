"""Why me? What is said unasked answers, on request, why it went to the reader."""

from collections.abc import Mapping

from aiogram.utils.formatting import Text

from views.actions import Why
from views.screen import Button, press
from views.texts import Translator

REASONS: Mapping[str, str] = {
    "digest": "digest",
    "problem-accepted": "reporter",
    "problem-declined": "reporter",
    "problem-closed": "reporter",
    "problem-needs-info": "reporter",
    "problem-card": "reporter",
    "contest-open": "contest",
    "contest-result": "contest-result",
    "session-new": "session",
    "session-moved": "session",
    "session-hour": "session",
    "session-cancelled": "session",
    "assessment-new": "assessment",
    "assessment-cancelled": "assessment",
    "join-asked": "vouch",
    "join-queue": "vouch",
    "join-queue-now": "vouch",
    "join-undone": "joined",
    "role-granted": "role",
    "role-revoked": "role",
}
"""The reason by the kind of delivery, where it is the same for everybody. A notice and a problem's worker have reasons
of their own and look them up."""


def button(t: Translator, kind: str) -> Button:
    return press(t.plain("why-me"), Why(reason=REASONS[kind]))


def reason(t: Translator, name: str) -> Text | None:
    """The words of a reason; None for one that this release does not know."""
    return t(f"why-{name}") if name in REASONS.values() else None
