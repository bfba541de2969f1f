"""What every messenger understands: a Bot API method by name, plain JSON in, and a short answer back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

PASSING = frozenset({0, 500, 502, 503, 504})


@dataclass(frozen=True)
class OutFile:
    """Bytes that go out; ``name`` is what the reader's device will call them."""

    name: str
    data: bytes
    mime: str


@dataclass(frozen=True)
class Answer:
    """What a messenger said. ``error_code`` 0 with ``ok`` false means that no answer came and nobody knows whether
    the call had its effect; ``unsent`` means that it surely had none."""

    ok: bool
    result: Any = None
    error_code: int = 0
    description: str = ""
    retry_after: int = 0
    unsent: bool = False

    @property
    def message_id(self) -> int | None:
        if isinstance(self.result, dict):
            number = self.result.get("message_id")
            return int(number) if number is not None else None
        return None

    @property
    def may_pass(self) -> bool:
        """Whether the fault is the messenger's or the network's, so that another try has a chance."""
        return self.error_code in PASSING

    @property
    def blocked(self) -> bool:
        return self.error_code == 403


class Messenger(Protocol):
    """One messenger's way out."""

    async def call(
        self, method: str, payload: Mapping[str, Any], files: Mapping[str, OutFile] | None = None
    ) -> Answer: ...
