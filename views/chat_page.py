"""The words of the chat page itself."""

from collections.abc import Sequence
from typing import Any

from domain.people import Actor
from views.home import commands_of
from views.texts import Translator

TEXTS = (
    "chat-say",
    "chat-send",
    "chat-attach",
    "chat-location",
    "chat-record",
    "chat-stop-recording",
    "chat-offline",
    "chat-not-sent",
    "chat-retry",
    "chat-demo",
    "chat-today",
    "chat-yesterday",
    "chat-older",
    "chat-typing",
    "chat-file-too-large",
    "chat-pick-date",
    "chat-menu",
    "chat-new-messages",
    "chat-you",
    "chat-bot",
    "chat-close",
    "chat-download",
    "chat-sign-out",
)


def hello(actor: Actor, t: Translator, known: Sequence[str]) -> dict[str, Any]:
    """What the page needs to draw itself in the reader's language."""
    commands = [
        {"command": command, "text": t.plain(f"command-{name}-word"), "description": t.plain(f"command-{name}")}
        for command in commands_of(actor)
        if command in known
        for name in [command.replace("_", "-")]
    ]
    return {
        "title": t.plain("chat-title"),
        "demo": False,
        "locale": t.language,
        "texts": {name: t.plain(name) for name in TEXTS},
        "personas": [],
        "commands": commands,
    }
