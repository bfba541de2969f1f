"""Invitations: a unit's, a person's, and somebody's own way to the page."""

from dataclasses import replace

from aiogram.utils.formatting import Bold, Code

from domain.entrances import Invited, Links
from views.screen import Button, Screen, lines
from views.texts import Translator
from views.when import moment


def unit(t: Translator, invited: Invited, links: Links) -> Screen:
    """The invitation as it can be passed on, and the way to the sheet with the same code."""
    sheet, screen = links.sheet(invited.sheet), _invited(t, invited, links, "invite-unit", "invite-unit-next")
    if not sheet:
        return replace(screen, text=lines(screen.text, t("invite-no-sheet")))
    return screen.with_rows([Button(t.plain("invite-sheet"), url=sheet)])


def person(t: Translator, invited: Invited, links: Links) -> Screen:
    return _invited(t, invited, links, "invite-person", "invite-person-next")


def page(t: Translator, invited: Invited, links: Links) -> Screen:
    return Screen(
        lines(
            t("page-link", link=links.page(invited.code)),
            t("page-link-until", when=moment(t, invited.expires_at)),
            t("page-link-own"),
        )
    )


def _invited(t: Translator, invited: Invited, links: Links, title: str, following: str) -> Screen:
    page, messenger = links.page(invited.code), links.messenger(invited.code)
    text = lines(
        t(title, name=Bold(invited.name)),
        t("invite-until", when=moment(t, invited.expires_at), uses=invited.uses),
        t("invite-messenger", link=messenger) if messenger else "",
        t("invite-page", link=page) if page else "",
        t("invite-code", command=Code(f"/join {invited.code}")),
        t(following),
    )
    return Screen(text)
