"""``python -m bot audit``: whether the audit trail is as it was sealed."""

from bot.settings import Settings, SettingsError
from bot.upkeep import open_database
from services.audit import Audit
from services.clock import SystemClock
from storage.unit_of_work import Store


def verify(settings: Settings, head: str) -> str:
    """One line that says so, with the newest seal to be written down elsewhere. Raises SettingsError with one line that
    says what does not fit."""
    database = open_database(settings)
    try:
        verdict = Audit(Store(database).work, SystemClock(settings.clock_offset_file)).verify(head)
    finally:
        database.close()
    if verdict.broken is not None and verdict.broken.number > verdict.seals:
        raise SettingsError(
            f"audit: seal {verdict.broken.number}, up to entry {verdict.broken.up_to}, does not fit: "
            "an entry was changed, added or removed after it was sealed"
        )
    if verdict.broken is not None:
        raise SettingsError(f"audit: the trail does not lead through {head}: it ends elsewhere or was written anew")
    return (
        f"audit: {verdict.entries} entries in {verdict.seals} seals are as they were sealed, "
        f"{verdict.unsealed} newer ones are not sealed yet; newest seal {verdict.head}"
    )
