"""The running bot: everything built, started in order and stopped in the opposite one."""

import asyncio
import errno
import gc
import signal
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import structlog
from aiogram import Bot
from aiohttp import web

from bot import dispatcher, doors, proxies, stamp
from bot import services as use_cases
from bot.demo.clock import ROOM, into_working_hours
from bot.demo.filling import Filling, remove_half_filled
from bot.demo.gate import Gate
from bot.demo.stage import Stage
from bot.fetcher import Fetcher, OwnFiles
from bot.introducing import Introducing
from bot.leading import Leading
from bot.links import Links, lead_nowhere
from bot.lock import FolderLock
from bot.metrics import Metrics
from bot.nursery import Nursery
from bot.patience import Patient
from bot.probes import Probes
from bot.settings import Mode, Settings, SettingsError
from bot.upkeep import open_database
from domain.health import TELEGRAM, Pulse
from domain.messenger import Messenger
from domain.pace import Pace
from handlers.speaking import Speaking
from pages.entering import Entering
from pages.leaving import Leaving
from pages.returning import Returning
from pages.sheets import SheetPages
from platforms.ingest import Ingest
from platforms.telegram.polling import POLL_SECONDS, Polling
from platforms.telegram.session import TelegramSession
from platforms.telegram.webhook import Webhook
from platforms.web.open_pages import OpenPages
from platforms.web.server import MAX_REQUEST, ChatPage, Doors, safe_headers, static_routes
from platforms.web.session import WebSession
from schedules.audit import SealTick
from schedules.contests import ContestTick
from schedules.fetching import Downloads, Fetching
from schedules.notices import NoticeTick
from schedules.senders import Senders
from schedules.ticks import Ticks
from services.clock import Clock, SystemClock
from storage.chat import ChatStore
from storage.files import FileStore
from storage.hop import Hop
from storage.inbox import Inbox
from storage.unit_of_work import Store
from views.texts import LANGUAGES, TextError, Texts

log = structlog.get_logger()

WEB_BOT_TOKEN = "1:web"  # noqa: S105 - not a secret: aiogram wants a number, and this is the page's
FINISH_SECONDS = 10


class App:
    """``clock`` is the machine's unless a test brings one. ``again`` is the language in which the demo is to begin
    afresh once this life has ended."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock(settings.clock_offset_file or self._demo_clock())
        self.lock = FolderLock(settings.folder)
        self.nursery = Nursery()
        self.stopping = asyncio.Event()
        self.again: str | None = None
        self.pages = OpenPages()
        self.texts = _texts(settings)
        self._build_core()
        self._build_edges()

    def _demo_clock(self) -> Path | None:
        """The file by which the demo's clock runs ahead of the machine's."""
        return self.settings.folder / "clock" if self.settings.run_mode is Mode.DEMO else None

    def _build_core(self) -> None:
        settings = self.settings
        settings.folder.mkdir(parents=True, exist_ok=True)
        if settings.database_url is None:
            self.lock.take()
        if settings.run_mode is Mode.DEMO:
            remove_half_filled(settings.folder)
        self.database = open_database(settings)
        self.store = Store(self.database)
        self._check_purpose()
        self.use = Hop(self.database)
        self.inbox = Inbox(self.database)
        files = FileStore(settings.folder / "files")
        self.services = use_cases.build(self.store.work, self.clock, settings.zone, settings.locale, files)
        self.filling = Filling(settings.folder, self.store, self.clock, settings.locale)
        self.chats = ChatStore(self.database)

    def _check_purpose(self) -> None:
        try:
            stamp.check(self.settings, self.store)
        except SettingsError:
            self.database.close()
            self.lock.release()
            raise

    def _build_edges(self) -> None:
        settings, zone, locale = self.settings, self.settings.zone, self.settings.locale
        self.web = WebSession(self.use, self.chats, self.services.files, self.clock.now, self.pages.changed)
        self.web_bot = Bot(WEB_BOT_TOKEN, session=self.web)
        self.telegram: TelegramSession | None = None
        self.telegram_bot: Bot | None = None
        if settings.token is not None and settings.run_mode in {Mode.POLLING, Mode.WEBHOOK}:
            token = settings.token.get_secret_value()
            proxy = settings.proxy.get_secret_value() if settings.proxy else None
            self.telegram = TelegramSession(token, settings.api_url, proxy)
            self.telegram_bot = Bot(token, session=self.telegram)
        self.dispatcher = dispatcher.build(
            self.services, self.use, self.inbox, self.texts, zone, locale, self._messenger_of
        )
        self.dispatcher["fetch"] = Fetcher(self._downloads())
        self.links = Links(settings, lambda: self.port)
        self.dispatcher["links"] = self.links
        self.dispatcher["admin_ids"] = frozenset(settings.admin_ids)
        speaking = Speaking(
            self.use, self.services.people, self.texts, zone, locale, self._messenger_of, self.dispatcher.workflow_data
        )
        self.ingest = Ingest(self.dispatcher, self.inbox, self.use, self.clock.now, speaking)
        self.leading = Leading(self.services.leadership, self.use, alone=self.database.is_sqlite)
        self.pace = Pace(settings.message_rate)
        self.senders = Senders(
            self.services.deliveries,
            self.use,
            self.texts,
            zone,
            self._messengers(),
            self.pages.changed,
            self.pace,
            self.clock.now,
            self.leading.leads,
        )
        self.pulse = self.dispatcher["pulse"] = Pulse()
        self.ticks = Ticks(self.clock.now, self.pulse)
        voices = [self.texts.translator(language, zone) for language in LANGUAGES]
        self.gate = Gate(voices, self.clock, lambda: self.port) if settings.is_open_demo else None
        self.polling: Polling | None = None
        self.webhook: Webhook | None = None
        if self.telegram is not None and self.telegram_bot is not None:
            if settings.run_mode is Mode.WEBHOOK:
                self.webhook = Webhook(self.telegram_bot, self.ingest, settings.webhook_secret.get_secret_value())
            else:
                self.polling = Polling(
                    self.telegram_bot, self.telegram, self.ingest, self._heard_of_telegram, self.leading.leads
                )

    async def start(self) -> None:
        """Open the page first; nothing a messenger does can hold that up."""
        loop = asyncio.get_running_loop()
        self.store.on_deliveries = lambda lanes: loop.call_soon_threadsafe(self.senders.nudge, lanes)
        if self.database.is_sqlite:
            await self.use(self.services.deliveries.release)
        if (file := self._demo_clock()) is not None and self.settings.clock_offset_file is None:
            now, opens = self.clock.now(), self.services.calendar.next_open
            begins = max(await self.use(opens, now), await self.use(opens, now + ROOM) - ROOM)
            into_working_hours(file, now, begins)
        if self.settings.run_mode is Mode.DEMO and await self.use(self.services.people.is_empty):
            await self.use(self.filling.found, self.services.people)
        needs_admin = await self._needs_admin()
        await self._serve()
        if needs_admin:
            log.warning("no_administrator", command="python -m bot invite --admin")
        self.nursery.start(self.leading.run(self.stopping), "leading")
        self.nursery.start(self.senders.run(self.stopping), "sender")
        self._plan_ticks()
        if self.filling.progress == 0:
            self.nursery.start(self._fill_demo(), "demo")
        else:
            self.ticks.start()
            self.nursery.start(self._know_holidays(), "holidays")
        if self.polling is not None:
            self.pulse.expect(TELEGRAM, timedelta(seconds=POLL_SECONDS), self.clock.now())
            self.nursery.start(self.polling.run(), "polling")
        if self.telegram is not None:
            commands = self.dispatcher["commands"]
            introducing = Introducing(self.telegram, self.settings, self.texts, commands, self.links, self.stopping)
            self.nursery.start(introducing.run(), "introducing")

    async def run(self) -> None:
        """Start, serve until SIGTERM or Ctrl-C, stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)
        await self.start()
        # The start, which the collector was kept out of, stays out of its rounds as well.
        gc.collect()
        gc.freeze()
        gc.set_threshold(2_000, 20, 20)
        gc.enable()
        await self.stopping.wait()
        await self.stop()

    async def stop(self) -> None:
        """Take nothing new, finish what is in flight, give back what was leased, close."""
        self.stopping.set()
        self.senders.nudge()
        if self.webhook is not None:
            self.webhook.accepting = False
        self.page.closing = True
        self.pages.close()
        if self.polling is not None:
            await self.polling.stop()
        self.ticks.stop()
        self.filling.give_up()
        await self.runner.cleanup()
        await self.nursery.close(FINISH_SECONDS)
        if self.telegram is not None:
            await self.telegram.close()
        self.use.close()
        self.database.close()
        self.lock.release()

    async def _needs_admin(self) -> bool:
        """Whether somebody must begin. The log says how, and never the link itself."""
        return self.settings.run_mode is not Mode.DEMO and await self.use(self.services.entrances.needs_admin)

    async def _serve(self) -> None:
        middlewares = [safe_headers, proxies.as_the_browser_sent_it(self.settings)]
        if self.gate is not None:
            middlewares.append(self.gate.middleware())
        elif not self.settings.allow_http:
            middlewares.append(proxies.no_plain_http(self._greeting().plain_http))
        application = web.Application(middlewares=middlewares, client_max_size=MAX_REQUEST)
        application.add_routes(await self._ways_in())
        probes = Probes(self.services.people, self.use, self.stopping)
        application.add_routes([*static_routes(), *probes.routes(), *self._metrics().routes()])
        if self.webhook is not None:
            application.add_routes(self.webhook.routes())
        self.runner = web.AppRunner(application, access_log=None, shutdown_timeout=FINISH_SECONDS)
        await self.runner.setup()
        site = web.TCPSite(self.runner, self.settings.http_host, self.settings.http_port)
        try:
            await site.start()
        except OSError as error:
            raise SettingsError(_closed(self.settings, error)) from None
        log.info("page_open", address=f"http://{self.settings.http_host}:{self.port}/")
        if lead_nowhere(self.settings):
            log.warning("invitations_lead_to_the_readers_own_machine", set="BOT_PUBLIC_URL")
        if self.gate is not None:
            self.gate.announce()

    @property
    def port(self) -> int:
        """The port that was opened, also when the system chose it."""
        return int(self.runner.addresses[0][1])

    async def _ways_in(self) -> list[web.AbstractRouteDef]:
        """The chat page and the way to it: in the demo by a persona, for real by a link."""
        words = (self.texts, self.settings.zone, self.settings.locale)
        sheets = SheetPages(self.services.sheets, self.use, *words, self.links).routes()
        greeting = self._greeting()
        if self.settings.run_mode is Mode.DEMO:
            personas = await self.use(self.services.people.personas)
            self.page = self._chat_page(doors.DemoDoors(personas, greeting, self.gate))
            gate = self.gate.routes() if self.gate is not None else []
            stage = self._stage().routes()
            return [*self.page.routes("/as/{persona}"), *stage, *gate, *sheets, web.get("/", self._to_demo)]
        self.page = self._chat_page(doors.RealDoors(self.services.sign_ins, self.use, greeting))
        entering = Entering(self.services.entrances, self.use, *words)
        returning = Returning(self.services.passphrases, self.use, self.texts, self.settings.zone)
        leaving = Leaving(self.services.sign_ins, self.use)
        return [*self.page.routes("/chat"), *entering.routes(), *returning.routes(), *leaving.routes(), *sheets]

    def _metrics(self) -> Metrics:
        counted = (self.ingest, self.pace, self.pulse)
        return Metrics(self.services.health, self.use, *counted, self.leading.leads, self.clock.now)

    def _greeting(self) -> doors.Greeting:
        words = (self.texts, self.settings.zone, self.settings.locale)
        services = self.services
        return doors.Greeting(services.people, services.waiting, self.use, *words, lambda: self.dispatcher["commands"])

    def _stage(self) -> Stage:
        file = self.settings.clock_offset_file or self.settings.folder / "clock"
        return Stage(
            self.filling,
            file,
            self.store,
            self.chats,
            self.use,
            self.clock,
            self.texts,
            self.settings.zone,
            self._hurry,
            self._begin_afresh,
        )

    async def _hurry(self) -> None:
        """The demo's clock was moved: do what is due by now, and say it."""
        await self.ticks.run_all()
        while await self.senders.drain():
            continue

    def _chat_page(self, door: Doors) -> ChatPage:
        return ChatPage(
            self.web_bot, self.web, self.ingest, self.use, self.chats, self.services.files, door, self.pages
        )

    def _plan_ticks(self) -> None:
        self.ticks.every(5, "digests", lambda: self.use(self.services.digests.record))
        self.ticks.every(5, "contests", ContestTick(self.services.contests, self.use).run)
        self.ticks.every(30, "sessions", lambda: self.use(self.services.studies.record_hour_before))
        if self.telegram is not None and self.telegram_bot is not None:
            fetching = Fetching(self.services.files, self.use, {self.telegram_bot.id: self.telegram})
            self.ticks.every(2, "files", fetching.fetch)
        self.ticks.every(3, "notices", NoticeTick(self.services.notice_dispatch, self.use).run)
        self.ticks.every(3600, "purge", lambda: self.use(self.inbox.purge, self.clock.now()))
        self.ticks.every(6 * 3600, "holidays", self._know_holidays)
        self.ticks.every(600, "replies", lambda: self.use(self.services.deliveries.purge))
        self.ticks.every(3600, "sign-in", lambda: self.use(self.services.entrances.purge))
        self.ticks.every(86400, "forget", lambda: self.use(self.services.digests.purge))
        self.ticks.every(1, "pages", self._look_for_news)
        self.ticks.every(60, "audit", SealTick(self.services.audit, self.use).run)
        self.ticks.every(5, "leases", self.senders.take_over)

    async def _fill_demo(self) -> None:
        """The page is open meanwhile, and shows how far it is. The ticks wait: a day's digest is made once, and of half
        a campaign it would leave out most."""
        await self._know_holidays()
        await self.filling.fill()
        if not self.stopping.is_set():
            self.ticks.start()

    def _begin_afresh(self, language: str) -> None:
        self.again = language
        self.stopping.set()

    async def _know_holidays(self) -> None:
        """Fill the table of days off where it lacks some: at the start, and when a year begins."""
        years = await self.use(self.services.calendar.wanted)
        if years:
            await self.use(self.services.calendar.add, await self.use(self.services.calendar.read, years))

    def _heard_of_telegram(self) -> None:
        self.pulse.beat(TELEGRAM, self.clock.now())

    async def _look_for_news(self) -> None:
        """What another process said to somebody whose page is open here."""
        accounts = self.pages.accounts()
        if accounts:
            newest = await self.use(self.chats.newest, accounts)
            self.pages.catch_up(newest)

    def _downloads(self) -> Mapping[int, Downloads]:
        found: dict[int, Downloads] = {self.web_bot.id: OwnFiles(self.services.files, self.use)}
        if self.telegram is not None and self.telegram_bot is not None:
            found[self.telegram_bot.id] = self.telegram
        return found

    def _messengers(self) -> Mapping[str, Messenger]:
        return {"telegram": self.telegram} if self.telegram is not None else {}

    def _messenger_of(self, bot: Bot) -> Messenger:
        if self.telegram is not None and self.telegram_bot is not None and bot.id == self.telegram_bot.id:
            return Patient("telegram", self.telegram, self.services.deliveries, self.use)
        return self.web

    async def _to_demo(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/as/member/")


def _texts(settings: Settings) -> Texts:
    try:
        return Texts(settings.term_pack)
    except TextError as error:
        raise SettingsError(f"BOT_TERM_PACK: {error}") from None


def _closed(settings: Settings, error: OSError) -> str:
    """Which setting keeps the page from opening, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return f"BOT_HTTP_PORT: another program listens on port {settings.http_port}: stop it, or set another port"
    if error.errno == errno.EACCES:
        return f"BOT_HTTP_PORT: port {settings.http_port} may be opened by root only: set one from 1024 up"
    return (
        f"BOT_HTTP_HOST: {settings.http_host} is no address of this machine: set 127.0.0.1, or 0.0.0.0 for all of them"
    )
