"""The current step of a dialogue, shown again: after a redelivery, after "continue", after "back"."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.dispatcher.event.handler import CallableObject

from views.screen import Screen

Prompt = Callable[..., Awaitable[Screen]]

_prompts: dict[str, CallableObject] = {}


def prompts(group: str) -> Callable[[Prompt], Prompt]:
    """Register the function that words the steps of a group of states. It gets its arguments by their names, as a
    handler does: ``raw_state``, ``draft`` (the dialogue's data), ``t``, the services."""

    def register(prompt: Prompt) -> Prompt:
        _prompts[group] = CallableObject(prompt)
        return prompt

    return register


async def current(raw_state: str | None, draft: dict[str, Any], data: dict[str, Any]) -> Screen | None:
    """The screen of the step the dialogue stands at, or None outside any."""
    prompt = _prompts.get((raw_state or "").partition(":")[0])
    if raw_state is None or prompt is None:
        return None
    screen: Screen = await prompt.call(**{**data, "raw_state": raw_state, "draft": draft})
    return screen
