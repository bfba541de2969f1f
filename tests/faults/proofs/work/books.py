"""What must be true of the messenger's ledger and the bot's rows, whatever happened in between."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Row, select

from domain.deliveries import UNREACHABLE, DeliveryState
from domain.problems import State
from services.deliveries import EDITS
from storage.contests import answer, attempt
from storage.deliveries import Deliveries, delivery
from storage.files import FileStore, digests
from storage.notices import Notices
from storage.people import account
from storage.problems import event, problem
from tests.faults.proofs.work.workload import Workload
from tests.faults.running import Running
from tests.faults.site import Site

LOOK_SECONDS, A_TICK_SECONDS, DRAIN_SECONDS = 0.2, 7, 120
WAITING = {DeliveryState.PENDING, DeliveryState.LEASED}


@dataclass
class Books:
    """``lost`` names what was promised and is not there, ``doubled`` what happened twice, ``copies`` are the places in
    the ledger of what was said once more later: the end that came next kept it from being noted."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    copies: list[int] = field(default_factory=list)


def close(site: Site, work: Workload) -> Books:
    """Compare everything, when the bot has nothing left to say."""
    books = Books()
    _deliveries(site, books)
    _reports(site, work, books)
    _answers(site, work, books)
    for title in work.notices:
        reached = {message["chat"]["id"] for message in site.api.sent() if title in message.get("text", "")}
        books.lost += [f"{title} to {chat}" for chat in set(work.recipients()) - reached]
    books.lost += broken(site) + _files_without_rows(site)
    return books


def waiting(site: Site) -> int:
    """How much is due and not yet said, or not yet recorded."""
    with site.database() as database, database.reading() as session:
        begun = [one for one in Notices(session).unfinished() if one.recorded < one.recipients]
        return Deliveries(session).overdue(site.now())[0] + sum(one.recipients - one.recorded for one in begun)


async def all_said(site: Site) -> None:
    """Wait until the bot has said what it still has to say, also what its ticks have still to record."""
    async with asyncio.timeout(DRAIN_SECONDS):
        quiet = 0.0
        while quiet < A_TICK_SECONDS:
            quiet = 0.0 if waiting(site) else quiet + LOOK_SECONDS
            await asyncio.sleep(LOOK_SECONDS)


async def closed(site: Site, work: Workload, bots: Iterable[Running]) -> Books:
    """The same once all is said and the bots have stopped."""
    site.advance(seconds=40)
    await all_said(site)
    for bot in bots:
        await bot.stop()
    return close(site, work)


def broken(site: Site) -> list[str]:
    """What a damaged store would show, beside the running bot too."""
    return [*_damage(site), *_rows_without_files(site)]


def _damage(site: Site) -> Iterator[str]:
    path = site.data / "bot.sqlite3"
    if not path.exists():
        return
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        for check in ("integrity_check", "foreign_key_check"):
            found = connection.execute(f"PRAGMA {check}").fetchall()
            yield from (f"{check}: {row}" for row in found if row != ("ok",))
    finally:
        connection.close()


def _rows_without_files(site: Site) -> list[str]:
    store = FileStore(site.data / "files")
    with site.database() as database:
        return [f"file {digest}" for digest in digests(database) if not store.path(digest).exists()]


def _files_without_rows(site: Site) -> list[str]:
    with site.database() as database:
        named = digests(database)
    kept = [path.name for path in (site.data / "files").glob("*/*")]
    return [f"row of file {name}" for name in kept if name not in named]


def _deliveries(site: Site, books: Books) -> None:
    said = [
        (place, call.answer["result"])
        for place, call in enumerate(site.api.calls)
        if call.method == "sendMessage" and call.answer is not None and call.answer["ok"]
    ]
    words = {(one["chat"]["id"], one["message_id"]): one["text"] for _, one in said}
    owed: Counter[tuple[int, str]] = Counter()
    for row in _rows(site):
        name = f"{row.kind} {row.id}"
        if row.state in WAITING or (row.state is DeliveryState.FAILED and row.error != UNREACHABLE):
            books.lost.append(f"{name}: {row.state} {row.error}")
        elif row.state is DeliveryState.SENT and EDITS not in row.payload:
            chat = int(row.external_id)
            if (chat, row.message_id) in words:
                owed[chat, words[chat, row.message_id]] += 1
            else:
                books.lost.append(f"{name} is marked as said")
    heard: Counter[tuple[int, str]] = Counter()
    last: dict[tuple[int, str], int] = {}
    for place, message in said:
        key = message["chat"]["id"], message["text"]
        heard[key] += 1
        if heard[key] > owed[key] > 0:
            books.copies.append(last[key])
        last[key] = place


def _rows(site: Site) -> list[Row[tuple[object, ...]]]:
    """What is due by now, with the chat that it went to."""
    columns = (delivery.c.id, delivery.c.kind, delivery.c.state, delivery.c.error, delivery.c.payload)
    query = (
        select(*columns, delivery.c.message_id, account.c.external_id)
        .outerjoin(account, account.c.id == delivery.c.account_id)
        .where(delivery.c.not_before <= site.now())
    )
    with site.database() as database, database.reading() as session:
        return list(session.execute(query).all())


def _reports(site: Site, work: Workload, books: Books) -> None:
    with site.database() as database, database.reading() as session:
        filed = list(session.execute(select(problem.c.id, problem.c.number, problem.c.text, problem.c.state)))
        accepted = Counter(session.scalars(select(event.c.problem_id).where(event.c.action == "accept")))
    texts = Counter(row.text for row in filed if row.number.startswith("WT-2030"))
    books.doubled += [text for text, count in texts.items() if count > 1]
    books.doubled += [f"problem {one} accepted" for one, count in accepted.items() if count > 1]
    states = {row.id: row.state for row in filed}
    for reporter in work.reporters:
        books.lost += [text for text in reporter.acknowledged if text not in texts]
        books.lost += sorted(reporter.told() - {row.number for row in filed})
    for dispatcher in work.dispatchers:
        books.lost += [
            f"decision on {one}" for one in dispatcher.acknowledged if states.get(one) in {None, State.SUBMITTED}
        ]


def _answers(site: Site, work: Workload, books: Books) -> None:
    query = (
        select(account.c.external_id, attempt.c.contest_id, answer.c.position)
        .join(attempt, attempt.c.id == answer.c.attempt_id)
        .join(account, account.c.person_id == attempt.c.person_id)
    )
    with site.database() as database, database.reading() as session:
        stored = {(int(row.external_id), row.contest_id, row.position) for row in session.execute(query)}
    for sitter in work.sitters:
        known = {(contest, place) for chat, contest, place in stored if chat == sitter.id}
        books.lost += [f"answer {place} of {sitter.id}" for place in sitter.acknowledged - known]
