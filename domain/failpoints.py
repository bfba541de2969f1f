"""Named places where a test may kill the process, to prove what survives. Without a test they do nothing."""

from collections.abc import Callable

NAMES = frozenset(
    {
        "after_claim",
        "before_commit",
        "after_commit",
        "before_ack",
        "after_lease",
        "before_send",
        "after_send",
        "before_mark",
        "leader_pause",
        "mid_chunk",
        "mid_migration",
        "during_backup",
    }
)

_hooks: list[Callable[[str], None]] = []


def reach(name: str) -> None:
    """Tell whoever armed the failpoints that this place was reached."""
    for hook in _hooks:
        hook(name)


def arm(hook: Callable[[str], None]) -> None:
    """From now on ``hook`` is called at every failpoint with its name."""
    _hooks.append(hook)
