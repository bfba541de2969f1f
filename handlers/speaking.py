"""What ingest itself has to say: "already saved", and "not saved"."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.types import Update

from domain.messenger import Messenger
from domain.people import Actor
from domain.turn import Turn
from domain.use import Use
from handlers.show import Show
from handlers.steps import current
from services.people import People
from views import refusals
from views.screen import Screen
from views.texts import Texts, Translator


class Speaking:
    """Speaks outside the dispatcher. ``messenger_of`` gives the way out of a bot; ``services`` are what the prompts of
    the steps may ask for by name."""

    def __init__(
        self,
        use: Use,
        people: People,
        texts: Texts,
        zone: ZoneInfo,
        language: str,
        messenger_of: Callable[[Bot], Messenger],
        services: dict[str, Any],
    ) -> None:
        self._use = use
        self._people = people
        self._texts = texts
        self._zone = zone
        self._language = language
        self._messenger_of = messenger_of
        self._services = services

    async def already_saved(self, bot: Bot, update: Update, turn: Turn) -> None:
        actor, t, show = await self._voice(bot, update, turn)
        await show.toast(t("already-saved"))
        screen = await current(turn.state, turn.data, {**self._services, "actor": actor, "turn": turn, "t": t})
        if screen is not None:
            await show(screen, fresh=True)

    async def failed(self, bot: Bot, update: Update, turn: Turn, reference: str) -> None:
        turn.changed = False
        _, t, show = await self._voice(bot, update, turn)
        await show(Screen(refusals.failed(t, reference)), fresh=True)

    async def waiting(self, bot: Bot, update: Update, turn: Turn) -> None:
        """In the language of the messenger: where nothing can be saved, perhaps nothing can be looked up either."""
        turn.changed = False
        event: Any = update.event
        code = getattr(getattr(event, "from_user", None), "language_code", None) or self._language
        t = self._texts.translator(spoken_language(code, self._language), self._zone)
        show = Show(self._messenger_of(bot), event, turn.chat_id, _settled)
        await show(Screen(refusals.not_saved_yet(t)), fresh=True)

    async def _voice(self, bot: Bot, update: Update, turn: Turn) -> tuple[Actor, Translator, Show]:
        event: Any = update.event
        person = getattr(event, "from_user", None)
        code = (person.language_code if person is not None else None) or self._language
        actor = await self._use(self._people.acting, turn.platform, turn.chat_id, spoken_language(code, self._language))
        t = self._texts.translator(actor.language, self._zone)
        return actor, t, Show(self._messenger_of(bot), event, turn.chat_id, _settled)


def spoken_language(code: str, fallback: str) -> str:
    """Which of our languages a messenger's language code means: Chinese of every kind is zh, any other known is en."""
    if not code:
        return fallback
    return "zh" if code.casefold().startswith("zh") else "en"


async def _settled() -> None:
    """Nothing to commit: these words change nothing."""
