"""What a server, or the network before it, can do to a call."""

from collections import defaultdict, deque
from enum import StrEnum


class Fault(StrEnum):
    """The first group refuses a call, or loses it before it has an effect; in the second it has its effect, and only
    the answer is lost."""

    TOO_MANY = "429"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502, a page of HTML"
    BLOCKED = "403"
    RESET_BEFORE = "connection reset before the call was accepted"
    HANG_BEFORE = "no answer ever, and the call was not accepted"

    RESET_AFTER = "connection reset after the call was accepted"
    HANG_AFTER = "no answer ever, though the call was accepted"
    TRUNCATED = "half an answer"

    @property
    def comes_before(self) -> bool:
        return self not in {Fault.RESET_AFTER, Fault.HANG_AFTER, Fault.TRUNCATED}


class Faults:
    """Each fault happens to the next call of its method, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[tuple[Fault, int]]] = defaultdict(deque)

    def add(self, method: str, fault: Fault, times: int, retry_after: int) -> None:
        self._waiting[method].extend([(fault, retry_after)] * times)

    def next(self, method: str) -> tuple[Fault | None, int]:
        """The fault of this call, and what it tells as ``retry_after``."""
        waiting = self._waiting[method]
        return waiting.popleft() if waiting else (None, 0)

    def left(self, method: str) -> int:
        """How many have not happened yet."""
        return len(self._waiting[method])
