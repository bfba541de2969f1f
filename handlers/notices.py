"""Notices as people get them: the list, the acknowledgement, the file; and who of a unit has not acknowledged."""

from aiogram import Router

from domain.audiences import planning_paths
from domain.errors import DomainError
from domain.files import extension
from domain.people import Actor, RoleKind
from domain.use import Use
from handlers.filters import Called, Does
from handlers.show import Event, Show
from services.files import Files
from services.notices.reading import Notices
from views import notices as views
from views.actions import NoticeAction
from views.screen import Document, Screen
from views.texts import Translator


async def inbox(
    _event: Event,
    actor: Actor,
    notices: Notices,
    use: Use,
    show: Show,
    t: Translator,
    callback_data: NoticeAction | None = None,
) -> None:
    found = await use(notices.received, actor)
    page = callback_data.page if callback_data is not None else 0
    secretary, sender = actor.has(RoleKind.SECRETARY), bool(planning_paths(actor))
    await show(views.inbox(t, found, page, secretary=secretary, sender=sender))


async def open_one(
    _event: Event, callback_data: NoticeAction, actor: Actor, notices: Notices, use: Use, show: Show, t: Translator
) -> None:
    await show(views.message(t, await use(notices.one, actor, callback_data.id)))


async def acknowledge(
    _event: Event, callback_data: NoticeAction, actor: Actor, notices: Notices, use: Use, show: Show, t: Translator
) -> None:
    received, first = await use(notices.acknowledge, actor, callback_data.id)
    await show.toast(t("notice-acknowledged-now" if first else "notice-acknowledged-before"))
    await show(views.message(t, received))


async def open_file(
    _event: Event,
    callback_data: NoticeAction,
    actor: Actor,
    notices: Notices,
    files: Files,
    use: Use,
    show: Show,
    t: Translator,
) -> None:
    title, file_id = await use(notices.file_of, actor, callback_data.id)
    found = await use(files.find, file_id)
    if found is None:
        raise DomainError("notice-file-waiting")
    file, data = found
    name = t.plain("notice-file-name", extension=extension(data))
    await show(Screen(t("notice-file", title=title), document=Document(name, data, file.mime)))


async def why(
    _event: Event, callback_data: NoticeAction, actor: Actor, notices: Notices, use: Use, show: Show, t: Translator
) -> None:
    unit, sender = await use(notices.why, actor, callback_data.id)
    await show.toast(t("notice-why-is", unit=unit, sender=sender), alert=True)


async def of_units(
    _event: Event, callback_data: NoticeAction, actor: Actor, notices: Notices, use: Use, show: Show, t: Translator
) -> None:
    await show(views.of_units(t, await use(notices.of_units, actor), callback_data.page))


async def missing(
    _event: Event, callback_data: NoticeAction, actor: Actor, notices: Notices, use: Use, show: Show, t: Translator
) -> None:
    people = await use(notices.missing, actor, callback_data.id)
    await show(views.missing(t, callback_data.id, people, callback_data.page))


def setup() -> Router:
    router = Router(name="notices")
    press = router.callback_query
    router.message.register(inbox, Called("notices"))
    press.register(inbox, Called("notices"))
    press.register(inbox, Does(NoticeAction, "inbox"))
    press.register(open_one, Does(NoticeAction, "open"))
    press.register(acknowledge, Does(NoticeAction, "ack"))
    press.register(open_file, Does(NoticeAction, "file"))
    press.register(why, Does(NoticeAction, "why"))
    press.register(of_units, Does(NoticeAction, "unit"))
    press.register(missing, Does(NoticeAction, "who"))
    return router
