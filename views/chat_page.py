"""The words of the chat page itself."""

from collections.abc import Sequence
from typing import Any

from domain.people import Actor
from views.home import first_commands, waiting_for
from views.screen import capitalised
from views.texts import Translator

TEXTS = (
    "chat-say",
    "chat-send",
    "chat-attach",
    "chat-location",
    "chat-location-missing",
    "chat-record",
    "chat-record-refused",
    "chat-stop-recording",
    "chat-offline",
    "chat-not-sent",
    "chat-retry",
    "chat-demo",
    "chat-waiting",
    "chat-welcome",
    "chat-welcome-offline",
    "chat-sending",
    "chat-photo",
    "chat-file",
    "chat-today",
    "chat-yesterday",
    "chat-typing",
    "chat-file-too-large",
    "chat-pick-date",
    "chat-menu",
    "chat-new-messages",
    "chat-you",
    "chat-bot",
    "chat-close",
    "chat-sign-out",
    "chat-sign-out-sure",
    "chat-discard",
    "chat-not-pressed",
    "chat-bell-on",
    "chat-bell-off",
    "chat-bell-refused",
    "chat-bell-rings",
)


def hello(actor: Actor, t: Translator, known: Sequence[str]) -> dict[str, Any]:
    """What the page needs to draw itself in the reader's language."""
    commands = [
        {"command": command, "text": _word(t, command), "description": t.plain(f"command-{name}")}
        for command in first_commands(actor)
        if command in known
        for name in [command.replace("_", "-")]
    ]
    return {
        "title": t.plain("chat-title"),
        "demo": False,
        "locale": t.language,
        "account": str(actor.chat_id),
        "texts": {name: t.plain(name) for name in TEXTS},
        "personas": [],
        "commands": commands,
    }


def standing(actor: Actor, t: Translator, counts: dict[str, int]) -> dict[str, Any]:
    """What stands beside the messages: the language they come in, and what waits for the reader, as on the menu."""
    waiting = [
        {"command": command, "text": _word(t, command), "count": counts[command]}
        for command in waiting_for(actor, counts)
    ]
    return {"locale": t.language, "waiting": waiting}


def persona(t: Translator, name: str) -> str:
    return capitalised(t.plain(f"persona-{name}"))


def _word(t: Translator, command: str) -> str:
    return capitalised(t.plain(f"command-{command.replace('_', '-')}-word"))
