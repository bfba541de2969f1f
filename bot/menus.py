"""The command menu a messenger shows to everybody, in every language; a person's own is set when they say /start."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from domain.messenger import Messenger
from domain.people import Actor
from views.home import menu_entries
from views.texts import LANGUAGES, Texts


async def announce(messenger: Messenger, texts: Texts, zone: ZoneInfo, known: Sequence[str], language: str) -> bool:
    """Tell the messenger the strangers' menu; gives back whether it took it."""
    taken = True
    for code in ("", *LANGUAGES):
        t = texts.translator(code or language, zone)
        entries = menu_entries(Actor("", 0, t.language), t, known)
        payload = {"commands": entries, **({"language_code": code} if code else {})}
        taken = taken and (await messenger.call("setMyCommands", payload)).ok
    return taken
