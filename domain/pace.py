"""How fast a messenger is spoken to, and when not at all."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

RECOVERY_SECONDS = 1800.0
"""After a refusal the rate is halved; without another one the whole limit would come back within this time."""

MARGIN_SECONDS = 0.002
"""A second here is longer by this than one there."""

FORGETTING = 1.001
"""The fastest answer counts for less with every other one: the way to a messenger may have become longer."""

TOGETHER_SECONDS = 1.0
"""Refusals within this time are one: they halve the rate once."""

BEHIND_SECONDS = 0.25
"""So far behind its slots a sender may fall, as by a slow commit, and still catch up."""

LONGEST_SILENCE = timedelta(minutes=1)
FIRST_SILENCE = timedelta(seconds=5)


@dataclass
class Departure:
    """When a message goes, as far as is known: at first when it is to go, then when it went, at last when it must have
    arrived there, less the way."""

    at: float
    went: float = 0.0


class Pace:
    """``limit`` messages a second, evenly; 0 is as fast as it goes. Instants are seconds of a clock that only goes
    forward."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._next = 0.0
        self._lowered_to = float(limit)
        self._lowered_at = float("-inf")
        self._fastest = float("inf")
        self._gone: deque[Departure] = deque(maxlen=limit)
        self.demanded = 0.0
        """Seconds of silence that the messenger has asked for since the start."""

    def rate(self, now: float) -> float:
        """Messages a second at this moment."""
        if self._lowered_to >= self.limit:
            return self.limit
        return min(self.limit, self._lowered_to + self.limit * (now - self._lowered_at) / RECOVERY_SECONDS)

    def slot(self, now: float) -> float:
        """When the next message may go; the one after it later by its share of a second."""
        if self.limit == 0:
            return now
        at = self._next if self._next > now - BEHIND_SECONDS else now
        self._next = at + 1 / self.rate(now)
        return at

    def departure(self, now: float) -> Departure:
        """When the one whose slot has come really goes: never more than ``limit`` within a second, also where some were
        held up and would go together with those behind them."""
        full = 0 < self.limit == len(self._gone)
        departure = Departure(max(now, self._gone[0].at + 1 + MARGIN_SECONDS) if full else now)
        self._gone.append(departure)
        return departure

    def went(self, departure: Departure, now: float) -> None:
        departure.at = departure.went = now

    def answered(self, departure: Departure, now: float) -> None:
        """It may have been held up on its way; what goes a second later counts from there. Somewhere between going and
        being answered it arrived, and the way there and back takes at least as long as the fastest took."""
        took = now - departure.went
        self._fastest = min(took, self._fastest * FORGETTING)
        departure.at = departure.went + took - self._fastest

    def refused(self, now: float, seconds: float) -> None:
        """The messenger says that this was too fast, and wants to be left alone for so long. Of many that were under
        way together it says so many times."""
        self.demanded += seconds
        if self.limit and now - self._lowered_at >= TOGETHER_SECONDS:
            self._lowered_to, self._lowered_at = max(1.0, self.rate(now) / 2), now


class Quiet:
    """Whether to leave a messenger alone."""

    def __init__(self) -> None:
        self.until: datetime | None = None
        self._next = FIRST_SILENCE

    def left(self, now: datetime) -> timedelta:
        """For how long still."""
        return max(timedelta(0), self.until - now) if self.until is not None else timedelta(0)

    def demanded(self, until: datetime) -> None:
        """It asked for that."""
        self.until = max(self.until or until, until)

    def unreachable(self, now: datetime) -> None:
        """Nobody answers there: each time twice as long, up to a minute."""
        if not self.left(now):
            self.until = now + self._next
            self._next = min(LONGEST_SILENCE, 2 * self._next)

    def heard(self) -> None:
        """It answered."""
        self._next = FIRST_SILENCE
