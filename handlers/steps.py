"""The steps of dialogues: what a step says, shown again whenever one comes back to it, and whether it was left.

Whoever sends a command that only looks goes on elsewhere: the dialogue's state then ends in ``AWAY``, so that nothing
typed meanwhile falls into a draft that is out of sight. Coming back takes the mark off.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram.dispatcher.event.handler import CallableObject

from views.screen import Screen

Prompt = Callable[..., Awaitable[Screen]]

AWAY = "~away"
_TYPED = ("kept", "title", "texts", "files")
"""Where drafts keep what somebody typed or sent."""

_prompts: dict[str, CallableObject] = {}
_blank: set[str] = set()


def prompts(group: str, *, blank: tuple[str, ...] = ()) -> Callable[[Prompt], Prompt]:
    """Register the function that words the steps of a group of states. It gets its arguments by their names, as a
    handler does: ``raw_state``, ``draft`` (the dialogue's data), ``t``, the services. ``blank`` are the steps at which
    nothing was filled in yet, so that leaving them loses nothing."""

    def register(prompt: Prompt) -> Prompt:
        if group in _prompts:
            raise ValueError(f"two groups of steps are called {group}")
        _prompts[group] = CallableObject(prompt)
        _blank.update(f"{group}:{step}" for step in blank)
        return prompt

    return register


def groups(package: str) -> list[str]:
    """The names of the groups of steps that the modules of a package have."""
    return sorted(name for name, prompt in _prompts.items() if prompt.callback.__module__.startswith(package))


def is_blank(raw_state: str, draft: Mapping[str, Any]) -> bool:
    """Whether nothing is lost when the dialogue ends here."""
    return raw_state.removesuffix(AWAY) in _blank and not any(draft.get(name) for name in _TYPED)


def is_away(raw_state: str | None) -> bool:
    return (raw_state or "").endswith(AWAY)


def group_of(raw_state: str | None) -> str:
    return (raw_state or "").partition(":")[0]


def subject(raw_state: str | None, draft: Mapping[str, Any]) -> str:
    """What is being filled in: the group of steps, unless the draft names itself more exactly under ``about``."""
    return str(draft.get("about") or group_of(raw_state))


async def current(raw_state: str | None, draft: dict[str, Any], data: dict[str, Any]) -> Screen | None:
    """The screen of the step the dialogue stands at, or None outside any."""
    prompt = _prompts.get(group_of(raw_state))
    if raw_state is None or prompt is None:
        return None
    screen: Screen = await prompt.call(**{**data, "raw_state": raw_state.removesuffix(AWAY), "draft": draft})
    return screen
