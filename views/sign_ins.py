"""One's own sign-ins: which there are, the question before one ends, and that it has."""

from collections.abc import Sequence

from aiogram.utils.formatting import Bold, Text

from domain.sign_ins import SignIn, SignInKind
from views.actions import SignInAction
from views.home import go
from views.paging import SIZE, paged
from views.screen import Screen, lines, press
from views.texts import Translator
from views.when import moment


def listed(t: Translator, found: Sequence[SignIn], page: int) -> Screen:
    """The sign-ins of one page, each with a button that ends it."""
    if not found:
        return Screen(t("devices-none")).with_rows([go(t, "menu")])
    page = min(max(page, 0), (len(found) - 1) // SIZE)
    numbered = list(enumerate(found, 1))
    buttons = [
        press(t.plain("devices-end", number=number, name=name(t, one)), _action("ask", one)) for number, one in numbered
    ]
    rows = paged(t, buttons, page, lambda number: SignInAction(do="list", page=number))
    shown = [
        t("devices-numbered", number=n, line=_line(t, one)) for n, one in numbered[page * SIZE : (page + 1) * SIZE]
    ]
    return Screen(lines(t("devices-title", count=len(found)), *shown)).with_rows(*rows)


def ask_end(t: Translator, one: SignIn) -> Screen:
    question = "devices-ask-here" if one.here else "devices-ask"
    back = press(t.plain("back"), SignInAction(do="list"))
    yes = press(t.plain("devices-yes"), _action("end", one))
    return Screen(lines(t(question, name=Bold(name(t, one))), _line(t, one))).with_rows([yes], [back])


def ended(t: Translator, one: SignIn) -> Screen:
    if one.here:
        return Screen(t("devices-ended-here"))
    back = press(t.plain("command-devices-word"), SignInAction(do="list"))
    return Screen(t("devices-ended", name=Bold(name(t, one)))).with_rows([back])


def name(t: Translator, one: SignIn) -> str:
    if one.kind is SignInKind.ACCOUNT:
        return t.plain("devices-telegram") if one.name == "telegram" else one.name
    return one.name or t.plain("devices-browser")


def _line(t: Translator, one: SignIn) -> Text:
    words = {
        "name": Bold(name(t, one)),
        "since": moment(t, one.since),
        "used": moment(t, one.last_used_at or one.since),
    }
    return t("devices-line", **words, here=one.here, shared=one.shared)


def _action(do: str, one: SignIn) -> SignInAction:
    return SignInAction(do=do, kind=one.kind, id=one.id)
