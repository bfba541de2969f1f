"""Start, menu and help: where everybody begins."""

from collections.abc import Sequence
from itertools import zip_longest

from aiogram.utils.formatting import Bold, Code

from domain.people import Actor, RoleKind
from views.actions import Go, Language, Nav
from views.screen import Button, Screen, in_rows, lines, press
from views.texts import LANGUAGES, Translator

# At most eight commands a role, in the order of their use.
MENUS: dict[RoleKind, tuple[str, ...]] = {
    RoleKind.MEMBER: ("menu", "report", "my", "due", "quiz", "study", "notices", "help"),
    RoleKind.SECRETARY: ("menu", "inbox", "due", "report", "session_new", "roll", "people", "help"),
    RoleKind.SUPERVISOR: ("menu", "triage", "verify", "due", "problem", "notices", "report", "help"),
    RoleKind.POINT_OFFICER: ("menu", "opinion", "points", "my", "notices", "help"),
    RoleKind.ADMIN: ("menu", "broadcast", "people", "units", "contest", "import", "health", "help"),
}
NUMBERED = "telegram"
GUEST_MENU = ("start", "join", "privacy", "language", "help")
MOST = 8
"""So many commands stand in the messenger's own list, and so many buttons on the menu; the others behind "more"."""


def commands_of(actor: Actor) -> tuple[str, ...]:
    """The commands of all the actor's roles and of every member in one merged list, each once."""
    if actor.is_guest:
        return GUEST_MENU
    menus = [*_menus(actor), MENUS[RoleKind.MEMBER]]
    return tuple(dict.fromkeys(command for menu in menus for command in menu))


def first_commands(actor: Actor) -> tuple[str, ...]:
    """Those of them that stand in the messenger's own list: the role's, and of several roles what each uses most."""
    if actor.is_guest:
        return GUEST_MENU
    ranks = zip_longest(*(_menus(actor) or [MENUS[RoleKind.MEMBER]]))
    merged = dict.fromkeys(command for rank in ranks for command in rank if command not in {None, "menu", "help"})
    return ("menu", *list(merged)[: MOST - 2], "help")


def _menus(actor: Actor) -> list[tuple[str, ...]]:
    """The menus of the duties somebody has beyond being a member, the widest first."""
    return [MENUS[role] for role in reversed(RoleKind) if role in actor.roles() - {RoleKind.MEMBER}]


def go(t: Translator, command: str) -> Button:
    """A button that does what the command does."""
    return press(_word(t, command), Go(command=command))


def menu(actor: Actor, t: Translator, known: Sequence[str], counts: dict[str, int]) -> Screen:
    """First what waits for the reader, with counts; then what else they do most, and the way to all the rest.

    ``known`` are the commands that exist; ``counts`` how many things wait behind a command.
    """
    waiting = waiting_for(actor, counts)
    offered = [*waiting, *(command for command in _choices(actor, known) if command not in waiting)]
    first = offered if len(offered) <= MOST else offered[: MOST - 1]
    others = [command for command in first if command not in waiting]
    between = t.plain("list-separator")
    counted = {command: _counted(t, command, counts[command]) for command in waiting}
    text = lines(
        t("menu-title", name=Bold(actor.name)) if actor.name else t("menu-title-guest"),
        _acting_as(actor, t),
        t("menu-waiting", what=between.join(counted.values())) if waiting else t("menu-nothing-waits"),
        t("menu-also", what=between.join(_word(t, command) for command in others)) if others else "",
    )
    waits = [press(words, Go(command=command)) for command, words in counted.items() if command in first]
    more = [press(t.plain("menu-more"), Nav(to="more"))] if len(first) < len(offered) else []
    return Screen(text).with_rows(*in_rows(waits, 1), *in_rows([go(t, command) for command in others], 2), more)


def waiting_for(actor: Actor, counts: dict[str, int]) -> list[str]:
    """The commands behind which something waits, in the order of the reader's menu."""
    return [command for command in ("setup", *commands_of(actor)) if counts.get(command)]


def more(actor: Actor, t: Translator, known: Sequence[str]) -> Screen:
    """Everything the reader may do."""
    commands = dict.fromkeys((*_choices(actor, known), *_seldom(actor), "language"))
    buttons = [go(t, command) for command in commands if command in known]
    return Screen(t("menu-everything")).with_rows(*in_rows(buttons, 2), [go(t, "menu")])


def _choices(actor: Actor, known: Sequence[str]) -> list[str]:
    """What the reader may do, help last."""
    found = [command for command in commands_of(actor) if command in known and command not in {"menu", "start"}]
    return sorted(found, key=lambda command: command == "help")


def _word(t: Translator, command: str) -> str:
    return t.plain(f"command-{command.replace('_', '-')}-word")


def _counted(t: Translator, command: str, count: int) -> str:
    return t.plain("menu-count", what=_word(t, command), count=count)


def _acting_as(actor: Actor, t: Translator) -> str:
    duties = [
        t.plain("duty", role=t.plain(f"role-{duty.role.value.replace('_', '-')}"), unit=duty.unit_name)
        for duty in actor.duties
        if duty.role is not RoleKind.MEMBER
    ]
    if not duties:
        return ""
    return t.plain("menu-acting-as", duties=t.plain("list-separator").join(duties))


def guest(t: Translator, actor: Actor) -> Screen:
    """What a stranger sees: what this is and how to come in. In a messenger also the number by which whoever runs the
    program can name them as an administrator; on the page nobody has one of use."""
    number = t("start-number", id=Code(str(actor.chat_id))) if actor.platform == NUMBERED else ""
    return Screen(lines(t("start-guest"), number)).with_rows([go(t, "join"), go(t, "privacy"), _languages(t)])


def menu_entries(actor: Actor, t: Translator, known: Sequence[str]) -> list[dict[str, str]]:
    """The messenger's own command menu for this reader, as the Bot API wants it."""
    return [
        {"command": command, "description": t.plain(f"command-{command.replace('_', '-')}")}
        for command in first_commands(actor)
        if command in known
    ]


def help_page(actor: Actor, t: Translator, known: Sequence[str]) -> Screen:
    rows = [
        t(
            "help-line",
            word=Bold(t.plain(f"command-{name}-word")),
            command=f"/{command}",
            what=t.plain(f"command-{name}"),
        )
        for command in dict.fromkeys((*commands_of(actor), *_seldom(actor), "language", "cancel"))
        if command in known
        for name in [command.replace("_", "-")]
    ]
    return Screen(lines(t("help-title"), *rows))


def _seldom(actor: Actor) -> tuple[str, ...]:
    """Commands too seldom wanted for the menu."""
    for_members = () if actor.is_guest else ("problem", "devices", "page", "passphrase", "privacy")
    return (*for_members, "holidays", "setup") if actor.has(RoleKind.ADMIN) else for_members


def languages(t: Translator) -> Screen:
    buttons = [press(t.plain(f"language-name-{code}"), Language(code=code)) for code in LANGUAGES]
    return Screen(t("language-ask")).with_rows(buttons)


def _languages(t: Translator) -> Button:
    return press(t.plain("language-switch"), Go(command="language"))


def to_list(t: Translator, command: str) -> Button:
    """Back from one of a list to all of it."""
    return press(t.plain("back-to-list"), Go(command=command))


def cancel_button(t: Translator) -> Button:
    return press(t.plain("cancel"), Nav(to="cancel"))


def back_and_cancel(t: Translator) -> list[Button]:
    return [press(t.plain("back"), Nav(to="back")), cancel_button(t)]
