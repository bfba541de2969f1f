"""How fast a messenger is spoken to, and when not at all."""

from datetime import datetime, timedelta

RECOVERY_SECONDS = 60.0
"""After a refusal the rate is halved; every minute that passes without one brings back a message a second."""

LONGEST_SILENCE = timedelta(minutes=1)
FIRST_SILENCE = timedelta(seconds=5)


class Pace:
    """``limit`` messages a second, evenly; 0 is as fast as it goes. Instants are seconds of a clock that only goes
    forward."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._next = 0.0
        self._lowered_to = float(limit)
        self._lowered_at = 0.0
        self.demanded = 0.0
        """Seconds of silence that the messenger has asked for since the start."""

    def rate(self, now: float) -> float:
        """Messages a second at this moment."""
        return min(self.limit, self._lowered_to + (now - self._lowered_at) / RECOVERY_SECONDS)

    def slot(self, now: float) -> float:
        """When the next message may go; the one after it later by its share of a second."""
        if self.limit == 0:
            return now
        at = max(now, self._next)
        self._next = at + 1 / self.rate(now)
        return at

    def refused(self, now: float, seconds: float) -> None:
        """The messenger says that this was too fast, and wants to be left alone for so long."""
        self.demanded += seconds
        if self.limit:
            self._lowered_to, self._lowered_at = max(1.0, self.rate(now) / 2), now


class Quiet:
    """Whether to leave a messenger alone."""

    def __init__(self) -> None:
        self._until: datetime | None = None
        self._next = FIRST_SILENCE

    def left(self, now: datetime) -> timedelta:
        """For how long still."""
        return max(timedelta(0), self._until - now) if self._until is not None else timedelta(0)

    def demanded(self, until: datetime) -> None:
        """It asked for that."""
        self._until = max(self._until or until, until)

    def unreachable(self, now: datetime) -> None:
        """Nobody answers there: each time twice as long, up to a minute."""
        if not self.left(now):
            self._until = now + self._next
            self._next = min(LONGEST_SILENCE, 2 * self._next)

    def heard(self) -> None:
        """It answered."""
        self._next = FIRST_SILENCE
