"""Addresses that are handed out: how a code becomes a link of the page or of the messenger."""

from collections.abc import Callable

from bot.settings import Mode, Settings

EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not listened on


def base_address(settings: Settings, port: int) -> str:
    """Where a browser finds this program."""
    host = "127.0.0.1" if settings.http_host in EVERYWHERE else settings.http_host
    return settings.address or f"http://{host}:{port}"


def lead_nowhere(settings: Settings) -> bool:
    """Whether others may open the page, and no setting says by which address: what is handed out is of no use there."""
    return settings.run_mode is Mode.WEB and settings.http_host in EVERYWHERE and not settings.address


class Links:
    """``port`` is asked for late, since the system may choose it; ``username`` is the bot's, once Telegram told it."""

    def __init__(self, settings: Settings, port: Callable[[], int]) -> None:
        self._settings = settings
        self._port = port
        self.username = ""

    def page(self, code: str) -> str:
        """Empty where the page has no address that others could open."""
        return self._address("enter", code, Mode.WEB)

    def sheet(self, secret: str) -> str:
        """Empty where those who invite are elsewhere and the page has no address that they could open."""
        return self._address("sheet", secret, Mode.WEB, Mode.DEMO)

    def messenger(self, code: str) -> str:
        return f"https://t.me/{self.username}?start=j_{code}" if self.username else ""

    def _address(self, what: str, code: str, *here: Mode) -> str:
        """``here`` are the modes in which people sit at this machine, so that it needs no public address."""
        settings = self._settings
        if not settings.address and settings.run_mode not in here:
            return ""
        return f"{base_address(settings, self._port())}/{what}/{code}"
