"""The updates that wait for the bot: kept until it confirms them, and no longer than they are good for."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

DAY = 24 * 60 * 60
PRESS_SECONDS = 150
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

Lane = tuple[str, int]
"""What is delivered to a webhook one at a time: a chat's messages, a person's presses."""


@dataclass
class Pending:
    """``again``: handed out once more although it was confirmed, as after a confirmation that got lost."""

    update: dict[str, Any]
    lane: Lane
    expires: float
    again: bool = False

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


class Updates:
    def __init__(self, clock: Callable[[], float], changed: Callable[[], None], first_id: int) -> None:
        self._clock = clock
        self._changed = changed
        self._numbers = itertools.count(first_id)
        self._made: dict[int, Pending] = {}
        self._pending: dict[int, Pending] = {}
        self._allowed: frozenset[str] | None = None

    def add(self, kind: str, content: dict[str, Any], lane: Lane) -> int:
        """Queue an update, unless the bot said that it does not want its kind; gives back its number."""
        number = next(self._numbers)
        life = PRESS_SECONDS if kind == "callback_query" else DAY
        pending = Pending({"update_id": number, kind: content}, lane, self._clock() + life)
        self._made[number] = pending
        if kind not in UNASKED if self._allowed is None else kind in self._allowed:
            self._pending[number] = pending
            self._changed()
        return number

    def take(self, number: int) -> dict[str, Any]:
        """Take one out: it will not be handed out here."""
        self._pending.pop(number, None)
        return self._made[number].update

    def made(self) -> list[dict[str, Any]]:
        return [pending.update for pending in self._made.values()]

    def redeliver(self, number: int) -> None:
        made = self._made[number]
        self._pending[number] = Pending(made.update, made.lane, self._clock() + DAY, again=True)
        self._changed()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """What the bot wants from now on. An empty list means the usual kinds; nothing said, no change."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def fetch(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Confirm all below the offset (a negative one keeps that many of the newest), and hand out the next."""
        self._expire()
        numbers = sorted(self._pending)
        for number in numbers[:offset] if offset < 0 else [each for each in numbers if each < offset]:
            if not self._pending[number].again:
                self.drop(number)
        batch = [self._pending[number] for number in sorted(self._pending)[:limit]]
        for pending in batch:
            pending.again = False
        return [pending.update for pending in batch]

    def head(self, lane: Lane) -> Pending | None:
        """The oldest of a lane."""
        self._expire()
        return next((self._pending[number] for number in sorted(self._pending) if self._is_in(number, lane)), None)

    def lanes(self) -> set[Lane]:
        return {pending.lane for pending in self._pending.values()}

    def drop(self, number: int) -> None:
        if self._pending.pop(number, None) is not None:
            self._changed()

    def clear(self) -> None:
        for number in list(self._pending):
            self.drop(number)

    def __iter__(self) -> Iterator[int]:
        self._expire()
        return iter(sorted(self._pending))

    def __contains__(self, number: int) -> bool:
        return number in self._pending

    def __len__(self) -> int:
        self._expire()
        return len(self._pending)

    def _is_in(self, number: int, lane: Lane) -> bool:
        return self._pending[number].lane == lane

    def _expire(self) -> None:
        now = self._clock()
        for pending in [each for each in self._pending.values() if each.expires <= now]:
            self.drop(pending.id)
