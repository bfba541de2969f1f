"""One figure, its goal, and whether it was held."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    name: str
    value: float | str
    goal: str
    held: bool
    is_header: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "value": self.value, "goal": self.goal, "held": self.held}

    def as_line(self) -> str:
        value = self.value if isinstance(self.value, str) else f"{self.value:.3g}"
        mark = "held" if self.is_header else ("yes" if self.held else "NO")
        return f"{self.name:<58} {value:>10}  {self.goal:<16} {mark}\n"
