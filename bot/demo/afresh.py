"""The demo begins anew: what it holds is removed, and the program started again in its own place."""

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn


def begin_afresh(folder: Path, language: str) -> NoReturn:
    """``folder`` is the demo's own in that language, in which nothing is kept that anybody would miss."""
    if folder.exists():
        shutil.rmtree(folder)
    os.environ["BOT_LOCALE"] = language  # noqa: TID251 - handed on to the settings of the life that follows
    os.execv(sys.executable, [sys.executable, "-m", "bot", "run"])  # noqa: S606 - the program itself, with nothing of anybody's in the call
