"""The queues that are worked one by one: what waits for triage, for a unit's signature, for verifying."""

from collections.abc import Callable

from aiogram.utils.formatting import Text

from domain.people import Actor
from domain.use import Use
from domain.visibility import Card
from services.problems.reading import Problems
from views.problems import lists
from views.screen import Screen
from views.texts import Translator


async def behind(name: str, actor: Actor, problems: Problems, use: Use, problem_id: int) -> int:
    """The one that is next behind this one, before a decision takes this one out of the queue; 0 where none is."""
    ids = [card.problem_id for card in await use(_queue(name, problems), actor)]
    place = ids.index(problem_id) + 1 if problem_id in ids else 0
    return ids[place] if place < len(ids) else 0


def _queue(name: str, problems: Problems) -> Callable[[Actor], list[Card]]:
    return {"triage": problems.queue, "inbox": problems.inbox, "verify": problems.to_verify}[name]


async def first(
    name: str,
    actor: Actor,
    problems: Problems,
    use: Use,
    t: Translator,
    after: int = 0,
    at: int = 0,
    done: Text | str = "",
) -> Screen:
    """The one whose turn it is, the one behind ``after``, which was passed over, or ``at`` itself."""
    ids = [card.problem_id for card in await use(_queue(name, problems), actor)]
    place = (ids.index(after) + 1) % len(ids) if after in ids else 0
    if at in ids:
        place = ids.index(at)
    chosen = await use(problems.card, actor, ids[place]) if ids else None
    return lists.queue(t, name, place + 1, len(ids), chosen, done)
