"""What a start costs at the least: the libraries, imported as the bot imports them."""

import sys
import time
from pathlib import Path

BEGAN = time.perf_counter()

from bot import deferral  # noqa: E402 - the time before is the figure

deferral.install()

import aiohttp.web  # noqa: E402
import sqlalchemy.orm  # noqa: E402

assert aiohttp.web is not None
assert sqlalchemy.orm is not None
lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
sys.stdout.write(f"{kilobytes / 1024}")
