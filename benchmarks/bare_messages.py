"""What a notice is measured by: messages posted by aiohttp and nothing else, so many in flight."""

import asyncio
import sys

import orjson
from aiohttp import ClientSession

from benchmarks.messenger import TOKEN
from benchmarks.town import FIRST_CHAT


async def post(api_url: str, many: int, in_flight: int) -> None:
    chats = iter(range(FIRST_CHAT, FIRST_CHAT + many))
    headers = {"Content-Type": "application/json"}

    async def go_on(http: ClientSession) -> None:
        for chat in chats:
            body = orjson.dumps({"chat_id": chat, "text": "停电\n\n周三停电检修"})
            async with http.post(f"{api_url}/bot{TOKEN}/sendMessage", data=body, headers=headers) as response:
                if not orjson.loads(await response.read())["ok"]:
                    raise RuntimeError(f"the messenger answered {response.status}")

    async with ClientSession() as http:
        await asyncio.gather(*(go_on(http) for _ in range(in_flight)))


if __name__ == "__main__":
    asyncio.run(post(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
