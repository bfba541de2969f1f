"""Prints as JSON what aiogram's models are in a fresh process: ``python -m tests.bot.aiogram_models deferred``."""

import json
import re
import resource
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from bot import deferral

UPDATES = json.loads(Path(__file__).with_name("updates_of_each_kind.json").read_text(encoding="utf-8"))


def main(deferred: bool) -> None:
    begin = time.process_time()
    deferral.install(enabled=deferred)
    import aiogram

    cost = {
        # Of the process's own time, because other work on the machine must not decide a test.
        "seconds": time.process_time() - begin,
        "megabytes": _megabytes(),
    }
    unbuilt = sum(not model.__pydantic_complete__ for model in _models(aiogram).values())
    # Updates come first, as in a running bot: what an update needs must be found without anything built before.
    found = {"cost": cost, "unbuilt": unbuilt, "updates": _updates(), "answers": _answers(), **_described(aiogram)}
    json.dump(found, sys.stdout, sort_keys=True, default=repr)


def _megabytes() -> float:
    """What this process holds now. The peak that ``getrusage`` knows would begin with that of the process that
    started it, so it only serves where Linux's own figures are not to be had."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _updates() -> dict[str, Any]:
    from aiogram.types import Update

    parsed = {kind: Update.model_validate({"update_id": 1, kind: raw}) for kind, raw in UPDATES.items()}
    return {kind: [update.event_type, repr(update), update.model_dump(mode="json")] for kind, update in parsed.items()}


def _answers() -> list[str]:
    """An answer to a call, one in a list and one that is an error."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.exceptions import TelegramRetryAfter
    from aiogram.methods import GetUpdates, SendMessage

    bot, session = Bot("100:x"), AiohttpSession()
    sent = json.dumps({"ok": True, "result": UPDATES["callback_query"]["message"]})
    message = session.check_response(bot, SendMessage(chat_id=1, text="?"), 200, sent).result
    assert message is not None
    assert message.chat.bot is bot, "what lies inside an answer is bound to the bot"
    batch = json.dumps({"ok": True, "result": [{"update_id": 1, "message": UPDATES["message"]}]})
    updates = session.check_response(bot, GetUpdates(), 200, batch).result
    refusal = json.dumps({"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 3}})
    try:
        session.check_response(bot, SendMessage(chat_id=1, text="?"), 429, refusal)
    except TelegramRetryAfter as error:
        return [repr(message), repr(updates), f"again in {error.retry_after}"]
    return []


def _described(aiogram: Any) -> dict[str, Any]:
    from pydantic import ValidationError
    from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

    class Tolerant(GenerateJsonSchema):
        def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> JsonSchemaValue:
            return {"no JSON for": error_info}

    models = _models(aiogram)
    refusals = {}
    for name, model in models.items():
        try:
            model.model_validate(0)
        except ValidationError as error:
            refusals[name] = error.errors(include_url=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # defaults without a JSON form are compared among the fields
        names, schemas = models_json_schema(
            [(model, mode) for model in models.values() for mode in ("validation", "serialization")],
            schema_generator=Tolerant,
        )
    return {
        "refusals": refusals,
        "fields": {
            name: {field: _plain(about) for field, about in model.model_fields.items()}
            for name, model in models.items()
        },
        "schemas": {f"{model.__module__}.{model.__name__} {mode}": schema for (model, mode), schema in names.items()},
        "definitions": schemas["$defs"],
    }


def _plain(about: Any) -> str:
    return re.sub(r" at 0x[0-9a-f]+", "", repr(about))


def _models(aiogram: Any) -> dict[str, Any]:
    from pydantic import BaseModel

    everything = [getattr(place, name) for place in (aiogram.types, aiogram.methods) for name in place.__all__]
    return {
        f"{thing.__module__}.{thing.__name__}": thing
        for thing in everything
        if isinstance(thing, type) and issubclass(thing, BaseModel)
    }


if __name__ == "__main__":
    main(deferred=sys.argv[1] == "deferred")
