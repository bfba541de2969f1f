"""What each method does, given a call that fits the schema."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.faults.botapi.chats import BIGGEST_DOWNLOAD, Message, Upload
from tests.faults.botapi.polling import Polling
from tests.faults.botapi.refused import Refused
from tests.faults.botapi.webhook import Webhook
from tests.faults.botapi.world import Payload, World

Uploads = Mapping[str, Upload]
Method = Callable[[Payload, Uploads], Any]

# What a message keeps of the call that sent it.
KEPT = ("text", "entities", "caption", "caption_entities", "reply_markup", "message_effect_id")


class Methods:
    def __init__(self, world: World, polling: Polling, webhook: Webhook) -> None:
        self._me = world.me
        self._chats = world.chats
        self._updates = world.updates
        self._presses = world.presses
        self._polling = polling
        self._webhook = webhook
        self._texts: dict[tuple[str, str, str], Payload] = {}
        self._table: dict[str, Method] = {
            "getMe": lambda _payload, _files: self._me,
            "getUpdates": lambda payload, _files: self._polling.get_updates(payload),
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._set_webhook,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send(lambda _payload, _files: {}),
            "sendPhoto": self._send(self._photo),
            "sendDocument": self._send(self._document),
            "sendLocation": self._send(lambda payload, _files: {"location": _place(payload)}),
            "sendChatAction": lambda payload, _files: bool(self._chats.reachable(payload["chat_id"])),
            "editMessageText": self._edit("text", "text", "entities"),
            "editMessageCaption": self._edit("caption", "caption", "caption_entities"),
            "editMessageReplyMarkup": self._edit(""),
            "deleteMessage": self._delete,
            "deleteMessages": self._delete_many,
            "answerCallbackQuery": lambda payload, _files: self._presses.answer(payload),
            "getFile": self._get_file,
        }
        for thing in ("Commands", "Name", "Description", "ShortDescription"):
            self._table[f"setMy{thing}"] = self._set_own(thing)
            self._table[f"getMy{thing}"] = self._get_own(thing)
        self._table["deleteMyCommands"] = self._set_own("Commands")

    async def perform(self, method: str, payload: Payload, files: Uploads) -> Any:
        if method not in self._table:
            raise Refused(404, "this double does not have the method")
        result = self._table[method](payload, files)
        return await result if isinstance(result, Awaitable) else result

    def _send(self, content: Method) -> Method:
        def send(payload: Payload, files: Uploads) -> Message:
            chat_id = self._chats.reachable(payload["chat_id"])
            kept = {name: payload[name] for name in KEPT if name in payload}
            return self._chats.post(
                chat_id, self._me, {**kept, **self._reply(chat_id, payload), **content(payload, files)}
            )

        return send

    def _reply(self, chat_id: int, payload: Payload) -> Payload:
        reply = payload.get("reply_parameters")
        if reply is None:
            return {}
        found = self._chats.find(chat_id, reply.get("message_id"))
        if found is None and not reply.get("allow_sending_without_reply"):
            raise Refused(400, "message to be replied not found")
        return {"reply_to_message": found} if found else {}

    def _photo(self, payload: Payload, files: Uploads) -> Payload:
        upload = _upload("photo", payload, files)
        data = upload.data if upload else self._chats.file(payload["photo"]).data
        return {"photo": self._chats.photo(data)}

    def _document(self, payload: Payload, files: Uploads) -> Payload:
        upload = _upload("document", payload, files)
        if upload is not None:
            return {"document": self._chats.document(upload)}
        return {"document": self._chats.file(payload["document"]).described()}

    def _edit(self, needed: str, *parts: str) -> Method:
        """Editing replaces the parts named here and the buttons, also by nothing."""

        def edit(payload: Payload, _files: Uploads) -> Message:
            chat_id = self._chats.reachable(payload["chat_id"])
            message = self._chats.find(chat_id, payload["message_id"])
            if message is None:
                raise Refused(400, "message to edit not found")
            if message["from"]["id"] != self._me["id"]:
                raise Refused(400, "message can't be edited")
            if needed == "text" and needed not in message:
                raise Refused(400, "there is no text in the message to edit")
            markup = payload.get("reply_markup")
            # A keyboard without buttons is none.
            new = {"reply_markup": markup if markup and markup.get("inline_keyboard") else None}
            return self._chats.change(message, new | {part: payload.get(part) or None for part in parts})

        return edit

    def _delete(self, payload: Payload, _files: Uploads) -> bool:
        chat_id = self._chats.reachable(payload["chat_id"])
        if not self._chats.remove(chat_id, payload["message_id"]):
            raise Refused(400, "message to delete not found")
        return True

    def _delete_many(self, payload: Payload, _files: Uploads) -> bool:
        chat_id = self._chats.reachable(payload["chat_id"])
        for number in payload["message_ids"]:
            self._chats.remove(chat_id, number)
        return True

    def _get_file(self, payload: Payload, _files: Uploads) -> Payload:
        file = self._chats.file(payload["file_id"])
        if len(file.data) > BIGGEST_DOWNLOAD:
            raise Refused(400, "file is too big")
        return {**file.described(), "file_path": file.path}

    async def _set_webhook(self, payload: Payload, _files: Uploads) -> bool:
        """Also deletes it: that is setting none."""
        url = payload.get("url", "")
        if url:
            self._polling.end("terminated by setWebhook request")
            self._updates.allow(payload.get("allowed_updates"))
        await self._webhook.close()
        if payload.get("drop_pending_updates"):
            self._updates.clear()
        if url:
            self._webhook.set(url, payload.get("secret_token", ""), payload.get("max_connections", 40))
        return True

    def _webhook_info(self, _payload: Payload, _files: Uploads) -> Payload:
        return {
            "url": self._webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }

    def _set_own(self, thing: str) -> Method:
        def set_own(payload: Payload, _files: Uploads) -> bool:
            self._texts[_whose(thing, payload)] = payload
            return True

        return set_own

    def _get_own(self, thing: str) -> Method:
        def get_own(payload: Payload, _files: Uploads) -> Any:
            name = {"ShortDescription": "short_description"}.get(thing, thing.lower())
            found = self._texts.get(_whose(thing, payload), {})
            return found.get(name, []) if thing == "Commands" else {name: found.get(name, "")}

        return get_own


def _upload(name: str, payload: Payload, files: Uploads) -> Upload | None:
    """The file that came with the call, under the parameter's own name or under one that its value tells."""
    return files.get(str(payload.get(name, name)).removeprefix("attach://"))


def _place(payload: Payload) -> Payload:
    return {name: payload[name] for name in ("latitude", "longitude")}


def _whose(thing: str, payload: Payload) -> tuple[str, str, str]:
    """These texts are kept for each audience and each language."""
    return thing, repr(sorted(payload.get("scope", {"type": "default"}).items())), payload.get("language_code", "")
