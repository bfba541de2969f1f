"""The queues that are worked one by one: what waits for triage, for a unit's signature, for verifying."""

from aiogram.utils.formatting import Text

from domain.people import Actor
from domain.use import Use
from services.problems.reading import Problems
from views.problems import lists
from views.screen import Screen
from views.texts import Translator


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
    queues = {"triage": problems.queue, "inbox": problems.inbox, "verify": problems.to_verify}
    ids = [card.problem_id for card in await use(queues[name], actor)]
    place = (ids.index(after) + 1) % len(ids) if after in ids else 0
    if at in ids:
        place = ids.index(at)
    chosen = await use(problems.card, actor, ids[place]) if ids else None
    return lists.queue(t, name, place + 1, len(ids), chosen, done)
