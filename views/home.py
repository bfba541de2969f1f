"""Start, menu and help: where everybody begins."""

from collections.abc import Sequence

from aiogram.utils.formatting import Bold

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
GUEST_MENU = ("start", "join", "language", "help")


def commands_of(actor: Actor) -> tuple[str, ...]:
    """The commands of all the actor's roles in one merged list, each once."""
    if actor.is_guest:
        return GUEST_MENU
    roles = [role for role in (*reversed(RoleKind), RoleKind.MEMBER) if role in actor.roles() | {RoleKind.MEMBER}]
    return tuple(dict.fromkeys(command for role in roles for command in MENUS[role]))


def go(t: Translator, command: str) -> Button:
    """A button that does what the command does."""
    return press(t.plain(f"command-{command.replace('_', '-')}-word"), Go(command=command))


def menu(actor: Actor, t: Translator, known: Sequence[str], counts: dict[str, int]) -> Screen:
    """What waits for the reader, with counts, and a button for everything they may do.

    ``known`` are the commands that exist; ``counts`` how many things wait behind a command.
    """
    waiting = [command for command in commands_of(actor) if counts.get(command)]
    text = lines(
        t("menu-title", name=Bold(actor.name)) if actor.name else t("menu-title-guest"),
        _acting_as(actor, t),
        t("menu-waiting") if waiting else t("menu-nothing-waits"),
    )
    buttons = [_counted(t, command, counts) for command in waiting]
    rest = [go(t, c) for c in commands_of(actor) if c in known and c not in {"menu", "start"} and c not in waiting]
    return Screen(text).with_rows(*in_rows(buttons, 1), *in_rows(rest, 2))


def _counted(t: Translator, command: str, counts: dict[str, int]) -> Button:
    word = t.plain(f"command-{command.replace('_', '-')}-word")
    return press(t.plain("menu-count", what=word, count=counts[command]), Go(command=command))


def _acting_as(actor: Actor, t: Translator) -> str:
    duties = [
        t.plain("duty", role=t.plain(f"role-{duty.role.value.replace('_', '-')}"), unit=duty.unit_name)
        for duty in actor.duties
        if duty.role is not RoleKind.MEMBER
    ]
    if not duties:
        return ""
    return t.plain("menu-acting-as", duties=t.plain("list-separator").join(duties))


def guest(t: Translator, chat_id: int) -> Screen:
    """What a stranger sees: what this is and how to come in."""
    return Screen(t("start-guest", id=str(chat_id))).with_rows([_languages(t)])


def menu_entries(actor: Actor, t: Translator, known: Sequence[str]) -> list[dict[str, str]]:
    """The messenger's own command menu for this reader, as the Bot API wants it."""
    return [
        {"command": command, "description": t.plain(f"command-{command.replace('_', '-')}")}
        for command in commands_of(actor)
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
        for command in (*commands_of(actor), *_seldom(actor), "language", "cancel")
        if command in known
        for name in [command.replace("_", "-")]
    ]
    return Screen(lines(t("help-title"), *rows))


def _seldom(actor: Actor) -> tuple[str, ...]:
    """Commands too seldom wanted for the menu."""
    for_members = () if actor.is_guest else ("devices", "page", "passphrase")
    return (*for_members, "holidays") if actor.has(RoleKind.ADMIN) else for_members


def languages(t: Translator) -> Screen:
    buttons = [press(t.plain(f"language-name-{code}"), Language(code=code)) for code in LANGUAGES]
    return Screen(t("language-ask")).with_rows(buttons)


def _languages(t: Translator) -> Button:
    return press(t.plain("language-switch"), Go(command="language"))


def cancel_button(t: Translator) -> Button:
    return press(t.plain("cancel"), Nav(to="cancel"))


def back_and_cancel(t: Translator) -> list[Button]:
    return [press(t.plain("back"), Nav(to="back")), cancel_button(t)]


def interrupted(t: Translator, command: str) -> Screen:
    """A command in the middle of another: go on with the draft, or discard it."""
    return Screen(t("draft-interrupted")).with_rows(
        [
            press(t.plain("draft-continue"), Nav(to="continue")),
            press(t.plain("draft-discard"), Go(command=command, drop=True)),
        ]
    )
