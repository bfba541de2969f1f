"""The wiring: every handler can be called, no filter costs a thread, every menu entry is answered by somebody."""

import pytest
from aiogram.dispatcher.event.handler import HandlerObject

from bot.table import Table
from domain.people import Actor, Duty, RoleKind
from handlers.drafts import BEGINNING
from tests.talk import Talk
from views import home
from views.texts import Texts


@pytest.fixture
def handlers(talk: Talk) -> list[HandlerObject]:
    [table] = talk.dispatcher.sub_routers
    assert isinstance(table, Table)
    return [handler for kind in table.observers for handler in table.walk(kind)]


def test_every_filter_is_awaited_and_none_runs_in_a_thread(handlers: list[HandlerObject]) -> None:
    filters = [known for handler in handlers for known in handler.filters or ()]
    assert len(filters) > len(handlers) > 100
    assert [repr(known.callback) for known in filters if not known.awaitable] == []


def test_every_handler_is_awaited(handlers: list[HandlerObject]) -> None:
    assert [handler.callback.__name__ for handler in handlers if not handler.awaitable] == []


def test_every_command_of_a_menu_has_words_in_both_languages() -> None:
    texts = Texts()
    commands = {*home.GUEST_MENU, *(command for menu in home.MENUS.values() for command in menu), *BEGINNING}
    for language in ("zh", "en"):
        missing = {
            f"command-{name}{suffix}"
            for command in commands
            for name in [command.replace("_", "-")]
            for suffix in ("", "-word")
        } - texts.ids(language)
        assert missing == set()


def test_no_two_commands_are_called_by_the_same_word() -> None:
    texts = Texts()
    ids = [name for name in texts.ids("zh") if name.startswith("command-") and name.endswith("-word")]
    assert len({texts.command_words()[word] for word in texts.command_words()}) == len(ids)


def test_a_menu_has_at_most_eight_commands_and_a_merged_one_names_each_once() -> None:
    assert max(len(menu) for menu in home.MENUS.values()) <= 8
    duties = tuple(Duty(role, 1, "/1/") for role in RoleKind)
    for few in (duties, duties[1:3], duties[:1], ()):
        actor = Actor("web", 1, "zh", person_id=1, duties=few)
        listed, known = home.first_commands(actor), home.commands_of(actor)
        assert len(listed) == len(set(listed)) <= 8
        assert (listed[0], listed[-1]) == ("menu", "help")
        assert set(listed) <= set(known)
        assert len(known) == len(set(known))
    for role in RoleKind:
        alone = Actor("web", 1, "zh", person_id=1, duties=(Duty(role, 1, "/1/"),))
        assert home.first_commands(alone) == home.MENUS[role]
