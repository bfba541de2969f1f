"""The check of calls finds what the real server would refuse, and nothing else."""

from typing import Any

import aiogram
import pytest

from tests.botapi_schema import METHODS, VERSION, check, decoded


def message(**changes: Any) -> dict[str, Any]:
    return {"chat_id": 1, "text": "您好", **changes}


def keyboard(**button: Any) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[button]]}}


def test_the_schema_is_the_one_aiogram_was_made_from():
    assert aiogram.__api_version__ == VERSION
    assert len(METHODS) == 185


@pytest.mark.parametrize(
    ("method", "payload"),
    [
        ("getMe", {}),
        ("sendMessage", message()),
        ("sendMessage", message(chat_id="@channel", text="x" * 4096)),
        ("sendMessage", message(text="👍好", entities=[{"type": "bold", "offset": 2, "length": 1}])),
        ("sendMessage", message(**keyboard(text="是", callback_data="键" * 21))),
        ("sendMessage", message(**keyboard(text="看", url="https://example.org/", style="primary"))),
        ("sendMessage", message(**keyboard(text="-", disabled={}))),
        ("sendMessage", message(reply_markup={"keyboard": [[{"text": "是"}]]})),
        ("sendMessage", message(reply_markup={"remove_keyboard": True})),
        ("sendPhoto", {"chat_id": 1, "photo": "AgAC", "caption": "x" * 1024}),
        ("editMessageText", {"chat_id": 1, "message_id": 2, "text": "x"}),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 200, "show_alert": True}),
        ("setMyCommands", {"commands": [{"command": "report", "description": "报问题"}], "scope": {"type": "default"}}),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 5}, "language_code": "zh"}),
        ("setWebhook", {"url": "https://example.org", "secret_token": "a-b_9", "allowed_updates": ["message"]}),
        ("getUpdates", {"offset": -1, "limit": 100, "timeout": 30}),
        ("sendMediaGroup", {"chat_id": 1, "media": [{"type": "photo", "media": "a"}, {"type": "video", "media": "b"}]}),
    ],
)
def test_a_good_call_raises_no_complaint(method: str, payload: dict[str, Any]):
    assert check(method, payload) == []


@pytest.mark.parametrize(
    ("method", "payload", "complaint"),
    [
        ("sendMesage", message(), "no such method"),
        ("sendMessage", message(disable_web_page_preview=True), "disable_web_page_preview is unknown"),
        ("sendMessage", {"chat_id": 1}, "text is missing"),
        ("sendMessage", message(chat_id=True), "chat_id should be"),
        ("sendMessage", message(text=5), "text should be String"),
        ("sendMessage", message(text=None), "text should be String"),
        ("sendMessage", message(text=""), "text is 0 characters"),
        ("sendMessage", message(text=" \n"), "text is 0 characters"),
        ("sendMessage", message(text="x" * 4097), "text is 4097 characters"),
        ("sendMessage", message(text="👍" * 2049), "text is 4098 characters"),
        ("sendMessage", message(parse_mode="HTML"), "parse_mode is not used"),
        ("sendMessage", message(disable_notification="true"), "disable_notification should be Boolean"),
        ("sendMessage", message(entities={}), "entities should be a list"),
        ("sendMessage", message(entities=[{"type": "bold", "offset": 1, "length": 2}]), "entities.0 lies outside"),
        ("sendMessage", message(entities=[{"type": "bold", "offset": -1, "length": 1}]), "entities.0 lies outside"),
        ("sendMessage", message(entities=[{"type": "bold", "offset": 0, "length": 0}]), "entities.0 lies outside"),
        ("sendMessage", message(text="👍", entities=[{"type": "bold", "offset": 1, "length": 1}]), "cuts a character"),
        ("sendMessage", message(text="👍", entities=[{"type": "bold", "offset": 0, "length": 1}]), "cuts a character"),
        (
            "sendMessage",
            message(entities=[{"type": "text_link", "offset": 0, "length": 1}]),
            "entities.0.url is missing",
        ),
        ("sendMessage", message(entities=[{"offset": 0, "length": 1}]), "entities.0.type is missing"),
        ("sendMessage", message(**keyboard(text="是")), "inline_keyboard.0.0 should have exactly one action, not 0"),
        (
            "sendMessage",
            message(**keyboard(text="是", callback_data="1", url="https://e.org")),
            "exactly one action, not 2",
        ),
        ("sendMessage", message(**keyboard(text=" ", callback_data="1")), "inline_keyboard.0.0.text is empty"),
        ("sendMessage", message(**keyboard(text="是", callback_data="键" * 22)), "callback_data is 66 bytes"),
        ("sendMessage", message(**keyboard(text="是", callback_data="")), "callback_data is 0 bytes"),
        (
            "sendMessage",
            message(reply_markup={"inline_keyboard": [{"text": "是"}]}),
            "inline_keyboard.0 should be a list",
        ),
        ("sendMessage", message(reply_markup="{}"), "reply_markup should be an object"),
        ("sendPhoto", {"chat_id": 1, "photo": "a", "caption": "x" * 1025}, "caption is 1025 characters"),
        ("sendPhoto", {"chat_id": 1, "photo": "attach://part"}, "photo names a file that was not sent"),
        ("sendPhoto", {"chat_id": 1}, "photo is missing"),
        ("editMessageText", {"message_id": 2, "text": "x"}, "chat_id is missing"),
        ("editMessageReplyMarkup", {"chat_id": 2}, "message_id is missing"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "text is 201 characters"),
        ("setMyCommands", {"commands": [{"command": "Report", "description": "x"}]}, "commands.0.command should be of"),
        ("setMyCommands", {"commands": [{"command": "report", "description": ""}]}, "description is 0 characters"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "scope.chat_id is missing"),
        ("setMyCommands", {"commands": [], "scope": {"type": "all"}}, "scope.type should be"),
        ("setWebhook", {"url": "https://e.org", "secret_token": "密"}, "secret_token should be of"),
        ("getUpdates", {"limit": 101}, "limit is 101 value"),
        ("deleteMessages", {"chat_id": 1, "message_ids": []}, "message_ids is 0 items"),
        ("deleteMessages", {"chat_id": 1, "message_ids": [1.5]}, "message_ids.0 should be Integer"),
    ],
)
def test_a_bad_call_is_noticed(method: str, payload: dict[str, Any], complaint: str):
    found = check(method, payload)

    assert len(found) == 1
    assert complaint in found[0]


def test_an_uploaded_file_counts_as_given():
    assert check("sendPhoto", {"chat_id": 1}, files=["photo"]) == []
    assert check("sendPhoto", {"chat_id": 1, "photo": "attach://part"}, files=["part"]) == []


def test_a_form_means_the_same_as_json():
    form = {"chat_id": "-5", "text": "12", "protect_content": "true", "entities": "[]", "message_thread_id": "x"}

    assert decoded("sendMessage", form) == {
        "chat_id": -5,
        "text": "12",
        "protect_content": True,
        "entities": [],
        "message_thread_id": "x",
    }
