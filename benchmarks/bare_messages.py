"""What a notice is measured by: messages posted by aiohttp and nothing else, so many in flight."""

import asyncio
import sys
import time

import orjson
from aiohttp import ClientSession

from benchmarks.messenger import TOKEN
from benchmarks.town import FIRST_CHAT


async def post(api_url: str, many: int, in_flight: int) -> float:
    """Messages a second."""
    chats = iter(range(FIRST_CHAT, FIRST_CHAT + many))
    headers = {"Content-Type": "application/json"}

    async def go_on(http: ClientSession) -> None:
        for chat in chats:
            body = orjson.dumps({"chat_id": chat, "text": "停电\n\n周三停电检修"})
            async with http.post(f"{api_url}/bot{TOKEN}/sendMessage", data=body, headers=headers) as response:
                orjson.loads(await response.read())

    async with ClientSession() as http:
        began = time.perf_counter()
        await asyncio.gather(*(go_on(http) for _ in range(in_flight)))
        return many / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.stdout.write(str(asyncio.run(post(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
