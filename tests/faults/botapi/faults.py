"""What a server, or the network before it, can do to a call."""

import random
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
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
    """Each fault happens to the next call of its method, in the order in which they were asked for; where none waits,
    one may happen by chance. ``happened`` counts what came by chance."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[tuple[Fault, int]]] = defaultdict(deque)
        self._chances: dict[str, Mapping[Fault, float]] = {}
        self._dice = random.Random()
        self._longest = 1
        self.happened: Counter[Fault] = Counter()

    def add(self, method: str, fault: Fault, times: int, retry_after: int) -> None:
        self._waiting[method].extend([(fault, retry_after)] * times)

    def next(self, method: str) -> tuple[Fault | None, int]:
        """The fault of this call, and what it tells as ``retry_after``."""
        waiting = self._waiting[method]
        if waiting:
            return waiting.popleft()
        fault = self._by_chance(method)
        return fault, self._dice.randint(1, self._longest)

    def left(self, method: str) -> int:
        """How many have not happened yet."""
        return len(self._waiting[method])

    def chances(self, method: str, chances: Mapping[Fault, float], seed: int, retry_after: int) -> None:
        """From now on each call of a method meets a fault with its probability, told to wait at most so long."""
        self._chances[method], self._longest = chances, retry_after
        self._dice.seed(seed)

    def _by_chance(self, method: str) -> Fault | None:
        throw = self._dice.random()
        for fault, chance in self._chances.get(method, {}).items():
            if throw < chance:
                self.happened[fault] += 1
                return fault
            throw -= chance
        return None
