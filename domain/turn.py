"""A turn: one update and the dialogue it meets, from the look before dispatch to the commit."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Turn:
    """What one update may change in its dialogue, buffered until its one commit.

    ``version`` is the dialogue's as it was read: a commit that finds another one raises ``DialogueMoved``.
    ``sign_in`` is the browser's session by which an update of the chat page came.
    ``returning`` says that nothing came from the account for a while, which is worth a commit of its own.
    ``written`` says that it stands in a transaction, ``committed`` that this one is in the database.
    """

    bot_id: int
    update_id: int
    chat_id: int
    platform: str
    at: datetime
    sign_in: int | None = None
    seen: bool = False
    version: int = 0
    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    changed: bool = False
    returning: bool = False
    written: bool = False
    committed: bool = False

    @property
    def is_to_settle(self) -> bool:
        """Whether it holds something that no use case has committed."""
        return not self.written and (self.changed or self.returning)


current_turn: ContextVar[Turn | None] = ContextVar("current_turn", default=None)


class DialogueMoved(Exception):
    """Another update of the same chat committed first, on another replica. Nothing was said yet: dispatch anew."""


class Undone(Exception):
    """It was written well, and lost with the transaction that it shared with another update's. Dispatch anew."""


class AlreadySeen(Exception):
    """This update has had its effect, committed by somebody else while it was being handled here."""


class SecondWrite(Exception):
    """A handler called two writing use cases, or changed the dialogue after its commit: a mistake in the handler."""
