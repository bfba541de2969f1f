"""The double as a process of its own: ``python -m tests.faults.botapi`` prints its address and runs until stopped.

Bots talk to that address; tests drive it through POST /control/<deed> there (control.py)."""

import asyncio
import signal
import sys

from tests.faults.botapi.control import routes
from tests.faults.botapi.server import BotApi


async def main() -> None:
    stopped = asyncio.Event()
    for reason in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(reason, stopped.set)
    api = BotApi()
    api.more_routes = routes(api)
    async with api:
        sys.stdout.write(api.url + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(main())
