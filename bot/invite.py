"""A way in for whoever runs the program: the first administrator, or somebody on the roster who lost theirs."""

import sys

from bot import stamp
from bot.folder import make_usable
from bot.links import base_address
from bot.settings import Mode, Settings, SettingsError
from bot.upkeep import open_database
from domain.errors import DomainError, NotFound
from services.clock import SystemClock
from services.entrances import Entrances
from storage.unit_of_work import Store


def invite(settings: Settings, staff_number: str | None) -> str:
    """The link, which works once: for the first administrator an hour, else a few minutes. Raises SettingsError with
    one line that says why not."""
    if settings.run_mode is Mode.DEMO:
        raise SettingsError("BOT_MODE is demo, where everybody may act as anybody: set BOT_MODE=web or BOT_TOKEN first")
    make_usable(settings.folder)
    new = settings.database_url is None and not (settings.folder / "bot.sqlite3").exists()
    database = open_database(settings)
    try:
        store = Store(database)
        stamp.check(settings, store)
        entrances = Entrances(store.work, SystemClock(settings.clock_offset_file))
        invited = entrances.invite_by_number(staff_number) if staff_number else entrances.invite_admin()
    except NotFound:
        raise SettingsError("Nobody on the roster has this staff number") from None
    except DomainError:
        raise SettingsError(
            "There is an administrator already: python -m bot invite --person STAFF_NUMBER lets one in again"
        ) from None
    finally:
        database.close()
    if new:
        sys.stderr.write(f"There was no database in {settings.folder.absolute()}: a new one was made\n")
    return f"{base_address(settings, settings.http_port)}/enter/{invited.code}"
