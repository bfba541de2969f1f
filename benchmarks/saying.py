"""What people send: updates with numbers of their own."""

import itertools

from benchmarks.messenger import Raw

_numbers = itertools.count(50_000_000)


def message(chat_id: int, text: str) -> Raw:
    number, said = next(_numbers), {"text": text, "date": 1, "chat": _chat(chat_id), "from": _person(chat_id)}
    return {"update_id": number, "message": {"message_id": number, **said}}


def press(chat_id: int, data: str) -> Raw:
    number = next(_numbers)
    card = {"message_id": number, "date": 1, "chat": _chat(chat_id), "text": "…"}
    query = {"id": str(number), "from": _person(chat_id), "chat_instance": "1", "data": data, "message": card}
    return {"update_id": number, "callback_query": query}


def _chat(chat_id: int) -> Raw:
    return {"id": chat_id, "type": "private"}


def _person(chat_id: int) -> Raw:
    return {"id": chat_id, "is_bot": False, "first_name": "P", "language_code": "zh-hans"}
