"""Every table there is, imported in one place so that migrations and tests see them all."""

from storage import (
    assessments,
    audit,
    calendar,
    chat,
    contests,
    counters,
    deliveries,
    entrances,
    files,
    inbox,
    notices,
    people,
    problems,
    reminders,
    sign_ins,
    studies,
)

__all__ = [
    "assessments",
    "audit",
    "calendar",
    "chat",
    "contests",
    "counters",
    "deliveries",
    "entrances",
    "files",
    "inbox",
    "notices",
    "people",
    "problems",
    "reminders",
    "sign_ins",
    "studies",
]
