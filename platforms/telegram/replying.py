"""One call can stand in the answer to the webhook, which saves a request. Nobody learns what becomes of it, so it is
one whose result nobody reads: the pressed button is let go."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

RELEASE = "answerCallbackQuery"


class Reply:
    def __init__(self) -> None:
        self.call: dict[str, Any] | None = None
        self.open = True

    def take(self, method: str, payload: Mapping[str, Any]) -> bool:
        """Whether this call goes with the answer. One with words does not: they are wanted before the rest is done."""
        if not self.open or self.call is not None or method != RELEASE or "text" in payload:
            return False
        self.call = {"method": method, **payload}
        return True


reply: ContextVar[Reply | None] = ContextVar("reply", default=None)
"""What the answer to the update that is handled here will hold."""


@contextmanager
def replying(answer: Reply) -> Iterator[None]:
    """While an update of the webhook is handled; tasks that outlive it call as usual."""
    token = reply.set(answer)
    try:
        yield
    finally:
        answer.open = False
        reply.reset(token)
