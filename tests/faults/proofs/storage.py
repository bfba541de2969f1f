"""A disk without room, a database that somebody locks, a server that restarts: whoever is told that something is saved
is told the truth, the others are told that it is not, and all goes on by itself."""

import asyncio
import itertools
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.faults.botapi.chats import Message
from tests.faults.botapi.server import BotApi
from tests.faults.proofs.cluster import Cluster, cluster
from tests.faults.proofs.kills import TIME_FACTOR
from tests.faults.proofs.proof import Outcome, Proof
from tests.faults.proofs.work import books
from tests.faults.proofs.work.crowd import Desk, Reporter
from tests.faults.proofs.work.workload import Workload
from tests.faults.site import Site

CROWD = 20
NOT_SAVED = ("还没有保存", "没有保存成功")
WORKS, AGAIN_WITHIN, PATIENCE = 1.5, 30, 240
"""Seconds of work before a trouble; at most so many after it until somebody gets something saved; at most so many for
one step of one person."""

LOCKED = (1, 6, 60)
FULL = (10,)
DOWN = (1, 5, 20)

ROOM = "48m"
BALLAST_PIECE = 2**16


class WaryDesk(Desk):
    """Takes no step for done when the bot said that it is not saved, and waits as long as a trouble lasts."""

    async def does(self, update: int) -> None:
        await self._api.confirmed(update, within=PATIENCE)

    async def press(self, data: str, message: Message) -> bool:
        before = told(self.person.texts())
        return await super().press(data, message) and told(self.person.texts()) == before


def told(texts: Sequence[str]) -> int:
    """How often it was said that something is not saved."""
    return sum(any(words in text for words in NOT_SAVED) for text in texts)


class Trouble:
    """One kind of trouble with the storage; entering begins it."""

    is_heard_of_within = 10
    """After so many seconds people must have been told."""

    def __init__(self, site: Site, lasts: Sequence[float]) -> None:
        self.site = site
        self.lasts = lasts

    @contextmanager
    def at_work(self) -> Iterator[None]:
        raise NotImplementedError
        yield


class Locked(Trouble):
    """Another process writes and does not end. Whom that holds up waits first, and most are served in the end."""

    is_heard_of_within = 30

    @contextmanager
    def at_work(self) -> Iterator[None]:
        other = sqlite3.connect(self.site.data / "bot.sqlite3", isolation_level=None, timeout=30)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()


class Full(Trouble):
    """Somebody else's file takes all the room there is."""

    @contextmanager
    def at_work(self) -> Iterator[None]:
        ballast = self.site.data / "ballast"
        with ballast.open("wb", buffering=0) as stream:
            try:
                while stream.write(bytes(BALLAST_PIECE)) == BALLAST_PIECE:
                    continue
                while True:
                    stream.write(b"0")
            except OSError:
                pass
        try:
            yield
        finally:
            ballast.unlink()


class Down(Trouble):
    """The server goes away, now gently and now not, and comes back."""

    def __init__(self, site: Site, server: Cluster) -> None:
        super().__init__(site, DOWN)
        self._server = server
        self._modes = itertools.cycle(("fast", "immediate"))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        self._server.stop(next(self._modes))
        try:
            yield
        finally:
            self._server.start()


async def _tried(n: int, site: Site, trouble: Trouble) -> Outcome:
    work = Workload(site, CROWD, desk=WaryDesk)
    await site.start()
    again: list[float] = []
    heard: list[tuple[float, int]] = []
    async with asyncio.TaskGroup() as group:
        group.create_task(work.run())
        for lasts in itertools.islice(itertools.cycle(trouble.lasts), n):
            await asyncio.sleep(WORKS)
            before = told(_texts(site))
            with trouble.at_work():
                await asyncio.sleep(lasts)
            began, saved = time.monotonic(), _saved(work.reporters)
            heard.append((lasts, told(_texts(site)) - before))
            await site.api.until(lambda saved=saved: _saved(work.reporters) > saved, AGAIN_WITHIN)  # type: ignore[misc]
            again.append(time.monotonic() - began)
        work.end()
    survived = site.bot.is_alive
    found = await books.closed(site, work, [site.bot])
    wrong = [*found.lost, *found.doubled, *site.api.complaints]
    deaf = [lasts for lasts, count in heard if lasts >= trouble.is_heard_of_within and not count]
    value = (
        f"{_saved(work.reporters)} reports acknowledged, {len(wrong)} lost or doubled, {len(found.copies)} messages "
        f"twice; not saved was said {', '.join(f'{count} times in {lasts:g} s' for lasts, count in heard[-3:])}; "
        f"again after {max(again):.1f} s"
    )
    held = survived and not wrong and not deaf and not found.copies and max(again) < AGAIN_WITHIN
    return Outcome("; ".join([value, *wrong[:3]]), held)


def _saved(reporters: Sequence[Reporter]) -> int:
    return sum(len(one.acknowledged) for one in reporters)


def _texts(site: Site) -> list[str]:
    return [str(message.get("text", "")) for message in site.api.sent()]


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    """A disk of its own for the data, which asks for the right to mount one."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


async def _locked(n: int, folder: Path) -> Outcome:
    async with BotApi(time_factor=TIME_FACTOR) as api:
        site = Site(folder, api, "polling", None)
        return await _tried(n, site, Locked(site, LOCKED))


async def _full(n: int, folder: Path) -> Outcome:
    async with BotApi(time_factor=TIME_FACTOR) as api:
        with _small_disk(folder / "data"):
            site = Site(folder, api, "polling", None)
            return await _tried(n, site, Full(site, FULL))


async def _restarted(n: int, folder: Path) -> Outcome:
    with ExitStack() as stack:
        server = stack.enter_context(cluster())
        async with BotApi(time_factor=TIME_FACTOR) as api:
            site = Site(folder, api, "webhook", server.url)
            return await _tried(n, site, Down(site, server))


GOAL = "0 false acknowledgements, 0 lost or doubled, said to be not saved, again within 30 s"
STORAGE = (
    Proof("disk-full", GOAL, few=0, many=20, run=lambda n, folder: asyncio.run(_full(n, folder))),
    Proof("locked", GOAL, few=1, many=6, run=lambda n, folder: asyncio.run(_locked(n, folder))),
    Proof("restarted", GOAL, few=0, many=12, run=lambda n, folder: asyncio.run(_restarted(n, folder))),
)
