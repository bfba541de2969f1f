"""Long lists as buttons: a page at a time."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData

from views.screen import Button, in_rows, press
from views.texts import Translator

SIZE = 8


def paged(
    t: Translator, buttons: Sequence[Button], page: int, turn: Callable[[int], CallbackData], width: int = 1
) -> tuple[tuple[Button, ...], ...]:
    """The ``page``-th page (from 0) of the buttons in rows, and under it the way to the neighbours.

    ``turn`` makes the action that opens a page.
    """
    last = max(0, (len(buttons) - 1) // SIZE)
    page = min(max(page, 0), last)
    rows = in_rows(buttons[page * SIZE : (page + 1) * SIZE], width)
    turns = []
    if page > 0:
        turns.append(press(t.plain("page-before"), turn(page - 1)))
    if page < last:
        turns.append(press(t.plain("page-after"), turn(page + 1)))
    return (*rows, tuple(turns)) if turns else rows
