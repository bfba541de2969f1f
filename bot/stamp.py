"""What a database is for: the demo's people are nobody's, a real organisation's are nobody else's to play."""

from bot.settings import Mode, Settings, SettingsError
from storage.unit_of_work import Store

DEMO, REAL = "demo", "real"
_KEY = "stamp"


def check(settings: Settings, store: Store) -> None:
    """Stamp a new database for good. Raises SettingsError when this one is for the other purpose."""
    wanted = DEMO if settings.run_mode is Mode.DEMO else REAL
    with store.work() as work:
        stamped = work.calendar.decide_once(_KEY, wanted)
    if stamped == wanted:
        return
    if stamped == DEMO:
        raise SettingsError("BOT_DATA_DIR holds the demo's database: a real organisation needs an empty folder")
    raise SettingsError("BOT_DATA_DIR holds a real organisation's database: BOT_MODE=demo needs an empty folder")
