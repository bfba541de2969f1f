"""People and roles: the secretary's list with its invitations, a person's card, what an administrator may change."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from domain.entrances import Links
from domain.errors import DomainError
from domain.people import Actor, RoleKind
from domain.use import Use
from handlers.filters import Called, Chosen, Does, To, Typed
from handlers.picking import PickingPerson
from handlers.show import Event, Show
from handlers.steps import prompts
from services.entrances import Entrances
from services.people import People
from services.qr import draw_qr
from services.roles import Roles
from services.unopened import Unopened
from views import people as views
from views.actions import PeopleAction
from views.joining import inviting
from views.screen import Screen
from views.texts import Translator

WHO = PickingPerson(lambda t: t("people-ask-who"))


class Finding(StatesGroup):
    who_text = State()


class Granting(StatesGroup):
    role = State()
    place_text = State()


@prompts("Finding", blank=("who_text",))
async def finding(draft: dict[str, Any], t: Translator) -> Screen:
    return WHO.screen(t, draft)


@prompts("Granting", blank=("role",))
async def granting(raw_state: str, draft: dict[str, Any], t: Translator) -> Screen:
    if raw_state == Granting.role.state:
        return views.ask_role(t, draft["name"])
    return views.ask_place(t, draft)


async def people(_event: Event, t: Translator, callback_data: PeopleAction | None = None, **data: Any) -> None:
    """All units the actor keeps, a page of them; where that is one, its people at once."""
    actor, use = data["actor"], data["use"]
    units = await use(data["roster"].kept_units, actor)
    cards, away = await use(data["confirming"].waiting, actor), await use(data["unopened"].people, actor)
    if len(units) == 1:
        found = await use(data["roster"].people, actor, units[0][0])
        await data["show"](views.unit(t, found, cards, 0, len(away), alone=True))
        return
    page = callback_data.page if callback_data is not None else 0
    await data["show"](views.choose_unit(t, units, cards, page, len(away)))


async def unit(_event: Event, callback_data: PeopleAction, t: Translator, **data: Any) -> None:
    actor, use = data["actor"], data["use"]
    found = await use(data["roster"].people, actor, callback_data.id)
    cards, away = await use(data["confirming"].waiting, actor), await use(data["unopened"].people, actor, found.unit_id)
    alone = len(await use(data["roster"].kept_units, actor)) == 1
    await data["show"](views.unit(t, found, cards, callback_data.page, len(away), alone=alone))


async def do_not_open(
    _event: Event, callback_data: PeopleAction, actor: Actor, unopened: Unopened, use: Use, show: Show, t: Translator
) -> None:
    found = await use(unopened.people, actor, callback_data.id)
    await show(views.do_not_open(t, callback_data.id, found, callback_data.page))


async def person(
    _event: Event, callback_data: PeopleAction, actor: Actor, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    await show(views.person(t, await use(roles.card, actor, callback_data.id)))


async def find(
    _event: Event,
    callback_data: PeopleAction,
    actor: Actor,
    state: FSMContext,
    people: People,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """In the actor's own unit; an administrator finds anybody."""
    own = next((duty.path for duty in actor.duties if duty.unit_id == callback_data.id), actor.unit_path)
    within = "" if actor.has(RoleKind.ADMIN) else own
    await state.set_state(Finding.who_text)
    await state.set_data(await WHO.begin(actor, people, use, within))
    await show(WHO.screen(t, await state.get_data()), fresh=True)


async def found(
    _event: Event, person_id: int, actor: Actor, state: FSMContext, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    card = await use(roles.card, actor, person_id)
    await state.clear()
    await show(views.person(t, card))


async def link(
    _event: Event,
    callback_data: PeopleAction,
    actor: Actor,
    entrances: Entrances,
    links: Links,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    invited = await use(entrances.invite_unit, actor, callback_data.id)
    await show(inviting.unit(t, invited, links), fresh=True)


async def invite(
    _event: Event,
    callback_data: PeopleAction,
    actor: Actor,
    entrances: Entrances,
    links: Links,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    invited = await use(entrances.invite_person, actor, callback_data.id)
    await show(inviting.person(t, invited, links), fresh=True)


async def show_qr(
    _event: Event,
    callback_data: PeopleAction,
    actor: Actor,
    entrances: Entrances,
    links: Links,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    """For whoever stands beside the actor: their phone's camera takes the link off this screen."""
    if not views.way_in(links, actor, ""):
        raise DomainError("page-not-public")
    invited = await use(entrances.invite_person, actor, callback_data.id, at_hand=True)
    picture = await use(draw_qr, views.way_in(links, actor, invited.code))
    await show(views.qr(t, invited, picture), fresh=True)


async def list_roles(
    _event: Event, callback_data: PeopleAction, actor: Actor, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    await show(views.roles(t, await use(roles.card, actor, callback_data.id)))


async def ask_revoke(
    _event: Event, callback_data: PeopleAction, actor: Actor, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    await show(views.ask_revoke(t, *await use(roles.held, actor, callback_data.id, callback_data.other)))


async def revoke(
    _event: Event, callback_data: PeopleAction, actor: Actor, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    await show(views.roles(t, await use(roles.revoke, actor, callback_data.id, callback_data.other)))


async def ask_leave(
    _event: Event, callback_data: PeopleAction, actor: Actor, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    await show(views.ask_leave(t, await use(roles.card, actor, callback_data.id)))


async def leave(
    _event: Event, callback_data: PeopleAction, actor: Actor, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    await show(views.person(t, await use(roles.leave, actor, callback_data.id)))


async def ask_stop(
    _event: Event, callback_data: PeopleAction, actor: Actor, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    await show(views.ask_stop(t, await use(roles.card, actor, callback_data.id)))


async def stop(
    _event: Event, callback_data: PeopleAction, actor: Actor, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    await show(views.stopped(t, await use(roles.stop, actor, callback_data.id)))


async def ask_role(
    _event: Event,
    callback_data: PeopleAction,
    actor: Actor,
    state: FSMContext,
    roles: Roles,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    card = await use(roles.card, actor, callback_data.id)
    await state.set_state(Granting.role)
    await state.set_data({"person": card.person_id, "name": card.name})
    await show(views.ask_role(t, card.name), fresh=True)


async def take_role(
    _event: Event, value: str, actor: Actor, state: FSMContext, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    if value not in set(RoleKind):
        raise DomainError("choice-unknown")
    draft = await state.update_data(role=value)
    await _at_place(draft, "", actor, state, roles, use, show, t)


async def find_place(
    _event: Event, text: str, actor: Actor, state: FSMContext, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    await _at_place(await state.get_data(), text.strip(), actor, state, roles, use, show, t)


async def _at_place(
    draft: dict[str, Any], part: str, actor: Actor, state: FSMContext, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    draft = {**draft, "places": await use(roles.places, actor, draft["person"], part)}
    await state.set_state(Granting.place_text)
    await state.set_data(draft)
    await show(views.ask_place(t, draft))


async def take_place(
    _event: Event, value: str, actor: Actor, state: FSMContext, roles: Roles, use: Use, show: Show, t: Translator
) -> None:
    draft = await state.get_data()
    if value not in {str(place[0]) for place in draft["places"]}:
        raise DomainError("choice-unknown")
    await state.clear()
    card = await use(roles.grant, actor, draft["person"], RoleKind(draft["role"]), int(value))
    await show(views.roles(t, card))


async def back(_event: Event, state: FSMContext, show: Show, t: Translator) -> None:
    await state.set_state(Granting.role)
    await show(views.ask_role(t, (await state.get_data())["name"]))


def setup() -> Router:
    router = Router(name="people")
    message, press = router.message, router.callback_query
    for event in (message, press):
        event.register(people, Called("people"))
    ways: dict[str, Callable[..., Awaitable[None]]] = {
        "units": people,
        "unit": unit,
        "unopened": do_not_open,
        "card": person,
        "find": find,
        "link": link,
        "invite": invite,
        "qr": show_qr,
        "roles": list_roles,
        "ask-revoke": ask_revoke,
        "revoke": revoke,
        "leave": ask_leave,
        "leave-yes": leave,
        "stop": ask_stop,
        "stop-yes": stop,
        "grant": ask_role,
    }
    for do, handler in ways.items():
        press.register(handler, Does(PeopleAction, do))
    WHO.register(router, Finding.who_text, found)
    press.register(people, StateFilter(Finding), To("back"))
    press.register(take_role, StateFilter(Granting.role), Chosen("role"))
    press.register(take_place, StateFilter(Granting.place_text), Chosen("place"))
    message.register(find_place, StateFilter(Granting.place_text), Typed())
    press.register(back, StateFilter(Granting.place_text), To("back"))
    return router
