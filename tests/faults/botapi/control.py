"""Driving a double that runs in a process of its own: POST /control/<deed> with the deed's values as JSON."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from tests.faults.botapi.faults import Fault
from tests.faults.botapi.server import BotApi

Deed = Callable[..., Any]


def routes(api: BotApi) -> list[web.RouteDef]:
    deeds: dict[str, Deed] = {
        "says": lambda person, text: api.person(person).says(text),
        "taps": lambda person, label: api.person(person).taps(label),
        "sees": lambda person, words, within=5: api.person(person).sees(words, within),
        "sent": lambda person=None: api.sent(person),
        "calls": lambda method: [{"payload": call.payload, "answer": call.answer} for call in api.called(method)],
        "pushes": lambda: [asdict(push) for push in api.webhook.pushes],
        "complaints": lambda: api.complaints,
        "fault": lambda method, fault, times=1: api.fault(method, Fault(fault), times),
        "block": lambda person: api.block(person),
        "redeliver": lambda update_id: api.redeliver(update_id),
        "confirmed": lambda *update_ids: api.confirmed(*update_ids),
    }

    async def do(request: web.Request) -> web.Response:
        deed = deeds.get(request.match_info["deed"])
        if deed is None:
            return web.json_response({"error": f"one of {', '.join(deeds)}"}, status=404)
        try:
            result = deed(**await request.json())
            done = await result if isinstance(result, Awaitable) else result
        except (AssertionError, TypeError, KeyError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"done": done})

    return [web.post("/control/{deed}", do)]
