"""The people somebody keeps: units to choose from, their people, one person with roles."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiogram.utils.formatting import Bold

from domain.directory import PersonCard, PersonLine, RoleLine, UnitPeople
from domain.entrances import Invited, Links, RequestCard
from domain.people import Actor, Listed, RoleKind
from views.actions import PeopleAction, Step
from views.home import back_and_cancel, cancel_button, go
from views.joining.confirming import PAGE, waiting
from views.paging import paged
from views.screen import Button, Document, Screen, in_rows, lines, press
from views.texts import Translator
from views.when import moment

Payload = Mapping[str, Any]


def choose_unit(
    t: Translator, units: Sequence[tuple[int, str]], cards: Sequence[RequestCard], page: int, unopened: int
) -> Screen:
    """Who waits to be let in, how many do not open the page, and the units whose people the reader keeps."""
    buttons = [press(name, PeopleAction(do="unit", id=unit_id)) for unit_id, name in units]
    text = lines(t("people-title"), t("people-waiting", count=len(cards)) if cards else "", t("people-choose-unit"))
    rows = paged(t, buttons, page, lambda number: PeopleAction(do="units", page=number))
    return Screen(text).with_rows(*in_rows(waiting(t, cards[:8]), 1), _unopened(t, 0, unopened), *rows, [_find(t, 0)])


def unit(
    t: Translator, found: UnitPeople, cards: Sequence[RequestCard], page: int, unopened: int, *, alone: bool
) -> Screen:
    """The people of a unit. ``alone`` says that the reader keeps no other."""
    text = lines(
        t("people-unit", unit=Bold(found.name), count=len(found.people), joined=found.joined),
        t("people-waiting", count=len(cards)) if cards else "",
        t("people-marks" if found.people else "people-nobody"),
    )
    buttons = [_line(t, one) for one in found.people]
    turn = _turner("unit", found.unit_id)
    rows = paged(t, buttons, page, turn, width=2)
    back = [] if alone else [press(t.plain("back"), PeopleAction(do="units"))]
    link = press(t.plain("people-unit-link"), PeopleAction(do="link", id=found.unit_id))
    return Screen(text).with_rows(
        *in_rows(waiting(t, cards[:8]), 1),
        _unopened(t, found.unit_id, unopened),
        *rows,
        [link, _find(t, found.unit_id)],
        back,
    )


def to_cards(t: Translator, people: Sequence[Listed]) -> list[Button]:
    """Each of them with the unit, leading to the card on which a new link is made."""
    return [
        press(t.plain("pick-person", name=one.name, unit=one.unit_name), PeopleAction(do="card", id=one.person_id))
        for one in people
    ]


def do_not_open(t: Translator, unit_id: int, people: Sequence[Listed], page: int) -> Screen:
    """Who of a unit, or of all that the reader keeps, has not opened the page for some working days; each opens the
    card on which a new link is made."""
    rows = paged(t, to_cards(t, people), page, lambda number: PeopleAction(do="unopened", id=unit_id, page=number))
    words = "people-unopened-who" if people else "people-unopened-nobody"
    back = press(t.plain("back"), PeopleAction(do="unit", id=unit_id)) if unit_id else go(t, "people")
    return Screen(t(words, people=len(people))).with_rows(*rows, [back])


def _unopened(t: Translator, unit_id: int, count: int) -> list[Button]:
    return [press(t.plain("people-unopened", people=count), PeopleAction(do="unopened", id=unit_id))] if count else []


def _turner(do: str, number: int) -> Callable[[int], PeopleAction]:
    return lambda page: PeopleAction(do=do, id=number, page=page)


def _line(t: Translator, one: PersonLine) -> Button:
    words = "people-joined" if one.joined else "people-not-joined"
    name = f"{one.name} {one.staff_number}".strip()
    return press(t.plain(words, name=name), PeopleAction(do="card", id=one.person_id))


def _find(t: Translator, unit_id: int) -> Button:
    return press(t.plain("people-find"), PeopleAction(do="find", id=unit_id))


def person(t: Translator, card: PersonCard) -> Screen:
    state = "people-state-left" if card.left else "people-state-joined" if card.joined else "people-state-not-joined"
    text = lines(
        Bold(card.name),
        t("people-who", unit=card.unit_name, number=card.staff_number),
        t(state),
        *[t("people-role", role=_role(t, one.role), unit=one.unit_name) for one in card.roles],
    )
    rows: list[list[Button]] = []
    if card.may_invite:
        rows.append([_does(t, "invite", card.person_id), _does(t, "qr", card.person_id)])
    if card.may_stop:
        rows.append([_does(t, "stop", card.person_id)])
    if card.may_change:
        own = press(t.plain("people-roles-do"), PeopleAction(do="roles", id=card.person_id))
        rows.append([own, _does(t, "leave", card.person_id)])
    return Screen(text).with_rows(*rows, [press(t.plain("back"), PeopleAction(do="unit", id=card.unit_id))])


def roles(t: Translator, card: PersonCard) -> Screen:
    """One person's roles: each may be taken away, and one added."""
    buttons = [
        press(
            t.plain("people-revoke", role=_role(t, one.role), unit=one.unit_name),
            PeopleAction(do="ask-revoke", id=card.person_id, other=one.role_id),
        )
        for one in card.roles
    ]
    text = lines(t("people-roles", name=Bold(card.name)), "" if card.roles else t("people-no-roles"))
    back = press(t.plain("back"), PeopleAction(do="card", id=card.person_id))
    return Screen(text).with_rows(*in_rows(buttons, 1), [_does(t, "grant", card.person_id)], [back])


def ask_revoke(t: Translator, card: PersonCard, held: RoleLine) -> Screen:
    """Names the role and what its loss means; one press more takes it away."""
    text = t("people-revoke-ask", name=Bold(card.name), role=_role(t, held.role), unit=held.unit_name)
    yes = press(t.plain("people-revoke-yes"), PeopleAction(do="revoke", id=card.person_id, other=held.role_id))
    return Screen(text).with_rows([yes], [press(t.plain("back"), PeopleAction(do="roles", id=card.person_id))])


def ask_leave(t: Translator, card: PersonCard) -> Screen:
    back = press(t.plain("back"), PeopleAction(do="card", id=card.person_id))
    return Screen(t("people-leave-ask", name=Bold(card.name))).with_rows(
        [_does(t, "leave-yes", card.person_id)], [back]
    )


def way_in(links: Links, actor: Actor, code: str) -> str:
    """Where a code leads that the actor shows somebody: to the messenger that both are at, else to the other; empty
    where there is neither."""
    page, messenger = links.page(code), links.messenger(code)
    return (page or messenger) if actor.platform == PAGE else (messenger or page)


def qr(t: Translator, invited: Invited, picture: bytes) -> Screen:
    text = lines(
        t("people-qr-for", name=Bold(invited.name)),
        t("people-qr-until", when=moment(t, invited.expires_at)),
        t("people-qr-own"),
    )
    return Screen(text, document=Document("qr.png", picture, "image/png"))


def ask_stop(t: Translator, card: PersonCard) -> Screen:
    back = press(t.plain("back"), PeopleAction(do="card", id=card.person_id))
    return Screen(t("people-stop-ask", name=Bold(card.name))).with_rows([_does(t, "stop-yes", card.person_id)], [back])


def stopped(t: Translator, card: PersonCard) -> Screen:
    """They are out; the way back in is right here."""
    back = press(t.plain("back"), PeopleAction(do="card", id=card.person_id))
    ways = [_does(t, "invite", card.person_id), _does(t, "qr", card.person_id)]
    return Screen(t("people-stopped", name=Bold(card.name))).with_rows(ways, [back])


def ask_role(t: Translator, name: str) -> Screen:
    buttons = [press(_role(t, role), Step(name="role", value=role.value)) for role in RoleKind]
    return Screen(t("people-ask-role", name=Bold(name))).with_rows(*in_rows(buttons, 2), [cancel_button(t)])


def ask_place(t: Translator, draft: Mapping[str, Any]) -> Screen:
    """In which unit: the person's own, those above it, or one found by part of its name."""
    buttons = [press(name, Step(name="place", value=str(unit_id))) for unit_id, name in draft["places"]]
    text = lines(
        t("people-ask-place", name=Bold(draft["name"]), role=_role(t, RoleKind(draft["role"]))),
        t("people-place-type" if buttons else "people-place-none"),
    )
    return Screen(text).with_rows(*in_rows(buttons, 1), back_and_cancel(t))


def _does(t: Translator, do: str, person_id: int) -> Button:
    return press(t.plain(f"people-{do}"), PeopleAction(do=do, id=person_id))


def _role(t: Translator, role: RoleKind) -> str:
    return t.plain(f"role-{role.value.replace('_', '-')}")


def _role_changed(kind: str) -> Callable[[Payload, Translator], Screen]:
    def render(payload: Payload, t: Translator) -> Screen:
        said = t(kind, role=Bold(_role(t, RoleKind(payload["role"]))), unit=payload["unit"])
        return Screen(said).with_rows([go(t, "start")])

    return render


RENDERS: Mapping[tuple[str, int], Callable[[Payload, Translator], Screen]] = {
    ("role-granted", 1): _role_changed("role-granted"),
    ("role-revoked", 1): _role_changed("role-revoked"),
}
