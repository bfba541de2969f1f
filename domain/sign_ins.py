"""Sign-ins: the browsers and messenger accounts by which somebody is in, and how long a browser stays in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class Device:
    """What a browser comes in on. ``name`` is plain, such as "Chrome · Android"; empty when nothing is known. On a
    ``shared`` one others sit down after the person."""

    name: str = ""
    shared: bool = False


LASTS: Mapping[bool, timedelta] = {False: timedelta(days=90), True: timedelta(hours=12)}
"""How long a browser stays in, by whether the device is shared."""

USED_STEP = timedelta(hours=1)
"""When a browser was used last is known this exactly: looking on costs a write an hour and no more."""


@dataclass(eq=False)
class PageSession:
    """A browser that entered; of its cookie only the hash is kept."""

    token_hash: str
    account_id: int
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime
    device: str = ""
    shared: bool = False
    id: int = field(init=False)


@dataclass(frozen=True)
class Entered:
    """A browser that is in. ``returning`` says that when it was used last has to be written down anew."""

    session_id: int
    account_id: int
    returning: bool


class SignInKind(StrEnum):
    ACCOUNT = "account"
    BROWSER = "browser"


@dataclass(frozen=True)
class SignIn:
    """One way in that is open now. ``name`` is the messenger's or the device's; ``here`` says that it is the one by
    which the reader asks."""

    kind: SignInKind
    id: int
    name: str
    since: datetime
    last_used_at: datetime | None
    here: bool
    shared: bool = False


# The first that stands in a user agent names it: most browsers also claim to be those below them.
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Lark", "Feishu"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("MiuiBrowser", "Mi Browser"),
    ("QQBrowser", "QQ Browser"),
    ("UCBrowser", "UC Browser"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Version/", "Safari"),
)
_SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """A plain name for what a browser says of itself; brands are the same in every language."""
    found = (_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent))
    return " · ".join(name for name in found if name)


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
