"""The bot as it always runs; asked by a signal, it writes how many tasks it has into the file that was named first."""

import asyncio
import signal
import sys
from pathlib import Path
from types import FrameType


def main() -> int:
    file = Path(sys.argv[1])

    def count(_number: int, _frame: FrameType | None) -> None:
        file.write_text(str(len(asyncio.all_tasks())), encoding="utf-8")

    signal.signal(signal.SIGUSR1, count)
    from bot.__main__ import main as run

    return run(["run"])


if __name__ == "__main__":
    sys.exit(main())
