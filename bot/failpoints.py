"""Arms a failpoint for a test: ``before_commit:kill`` ends the process there as a power cut would."""

import os
import signal

from bot.settings import SettingsError
from domain import failpoints


class FailpointReached(Exception):
    """What ``raise`` raises."""


def arm(spec: str) -> None:
    """``name:kill``, ``name:raise`` or ``name:stop``; ``name:kill:3`` waits for the third time."""
    name, _, rest = spec.partition(":")
    action, _, count = rest.partition(":")
    if name not in failpoints.NAMES or action not in {"kill", "raise", "stop"}:
        raise SettingsError("BOT_FAILPOINT must be a failpoint's name with :kill, :raise or :stop")
    left = [int(count or 1)]

    def hook(reached: str) -> None:
        if reached != name:
            return
        left[0] -= 1
        if left[0] != 0:
            return
        if action == "raise":
            raise FailpointReached(name)
        os.kill(os.getpid(), signal.SIGKILL if action == "kill" else signal.SIGSTOP)

    failpoints.arm(hook)
