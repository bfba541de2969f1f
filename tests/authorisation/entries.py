"""Every way in that the program has, read off the routers as they are registered."""

from aiogram import Router
from aiogram.filters.callback_data import CallbackQueryFilter

from handlers.filters import AsksWhy
from handlers.routers import root_routers

KINDS = ("message", "callback_query", "edited_message")


def entries() -> set[str]:
    """Commands (``/report``) and buttons (``pb:accept``), by the names in their filters."""
    found: set[str] = set()
    for root in root_routers():
        for router in root.chain_tail:
            found |= _of(router)
    return found


def buttons() -> set[str]:
    return {entry for entry in entries() if ":" in entry and not entry.startswith("step:")}


def commands() -> set[str]:
    return {entry for entry in entries() if entry.startswith("/")}


def _of(router: Router) -> set[str]:
    found: set[str] = set()
    for kind in KINDS:
        for handler in router.observers[kind].handlers:
            for known in handler.filters or ():
                found |= _named(known.callback)
    return found


def _named(known: object) -> set[str]:
    if isinstance(known, CallbackQueryFilter):
        return {f"{known.callback_data.__prefix__}:"}
    if isinstance(known, AsksWhy):
        return {"why:"}
    return set(getattr(known, "keys", ()))
