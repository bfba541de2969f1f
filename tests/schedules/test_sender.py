"""The sender: every outcome of a call is a state of the row, and what was recorded is said once."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.services import Services
from domain.deliveries import MAX_ATTEMPTS, Delivery, DeliveryState, Lane, Stream
from domain.messenger import Answer
from domain.pace import Pace
from domain.people import Actor
from platforms.recording import RecordingSession
from schedules.sender import WIDE_WINDOW, Sender
from schedules.senders import Senders
from services.deliveries import Outcome, Parcel
from storage.engine import Database
from storage.hop import Hop
from storage.unit_of_work import Store
from tests.conftest import ZONE, FixedClock
from tests.post import answered, take
from tests.talk import TEXTS, every_stream


class Post:
    """A sender over a messenger whose answers the test chooses, and one delivery to a member."""

    def __init__(
        self, database: Database, store: Store, services: Services, clock: FixedClock, actors: dict[str, Actor]
    ) -> None:
        self.store, self.clock = store, clock
        self.person = actors["member"].person_id
        self.session = RecordingSession()
        self.hop = Hop(database)
        self.sender = every_stream(services, self.hop, self.session, clock)
        with store.work() as work:
            for number in ("5001", "5002"):
                work.people.add_account("telegram", number, clock.now(), self.person).last_used_at = clock.now()

    def record(self, **values: object) -> None:
        row = {
            "dedupe_key": "problem-filed:WT-1:once:1",
            "kind": "problem-filed",
            "lane": Lane.FACTS,
            "payload": {"v": 1, "number": "WT-1", "problem": 1},
            "not_before": self.clock.now(),
            "created_at": self.clock.now(),
            "person_id": self.person,
        }
        with self.store.work() as work:
            work.deliveries.record(Delivery(**{**row, **values}))  # type: ignore[arg-type]  # the test's own values

    def row(self) -> Delivery:
        with self.store.work() as work:
            return work.deliveries.find("problem-filed", "")[0]

    def said(self) -> list[int]:
        return [call.payload["chat_id"] for call in self.session.calls]


@pytest.fixture
def post(database: Database, store: Store, services: Services, clock: FixedClock, actors: dict[str, Actor]) -> Post:
    return Post(database, store, services, clock, actors)


async def test_a_row_is_said_once_and_marked(post: Post) -> None:
    post.record()
    post.record()
    await post.sender.drain()
    await post.sender.drain()
    assert post.said() == [5001]
    assert post.row().state is DeliveryState.SENT


@pytest.mark.parametrize(("lane", "woken"), [(Lane.FACTS, Stream.FACTS), (Lane.NOTICES, Stream.BULK)])
def test_what_was_recorded_wakes_the_stream_that_says_it(
    post: Post, monkeypatch: pytest.MonkeyPatch, lane: Lane, woken: Stream
) -> None:
    nudged: list[Stream] = []
    monkeypatch.setattr(Sender, "nudge", lambda sender: nudged.append(sender._stream))
    post.store.on_deliveries = post.sender.nudge
    post.record(lane=lane)
    assert nudged == [woken]


async def test_nothing_is_said_before_its_time(post: Post) -> None:
    post.record(not_before=post.clock.now() + timedelta(hours=1))
    assert await post.sender.drain() is False
    post.clock.advance(hours=1)
    assert await post.sender.drain() is True


async def test_a_demanded_wait_is_kept_and_is_no_failure(post: Post) -> None:
    post.record()
    post.session.answers = [Answer(ok=False, error_code=429, retry_after=10_000)]
    await post.sender.drain()
    post.clock.advance(seconds=9_999)
    assert await post.sender.drain() is False
    post.clock.advance(seconds=1)
    await post.sender.drain()
    assert post.row().state is DeliveryState.SENT
    assert post.row().attempts == 1


async def test_an_unknown_outcome_is_tried_again_because_a_duplicate_is_better_than_a_gap(post: Post) -> None:
    post.record()
    post.session.answers = [Answer(ok=False, description="TimeoutError")]
    await post.sender.drain()
    post.clock.advance(seconds=2)
    await post.sender.drain()
    assert len(post.said()) == 2
    assert post.row().state is DeliveryState.SENT


async def test_who_blocked_one_account_is_written_to_at_the_other(post: Post) -> None:
    post.record()
    post.session.answers = [Answer(ok=False, error_code=403, description="Forbidden: bot was blocked by the user")]
    await post.sender.drain()
    await post.sender.drain()
    assert post.said() == [5001, 5002]


async def test_a_row_nobody_can_be_reached_for_fails_visibly(post: Post) -> None:
    post.record(person_id=999_999)
    await post.sender.drain()
    assert (post.row().state, post.row().error) == (DeliveryState.FAILED, "unreachable")


async def test_a_row_past_its_time_is_suppressed_with_its_reason(post: Post) -> None:
    post.record(expires_at=post.clock.now() + timedelta(minutes=1))
    post.clock.advance(minutes=2)
    await post.sender.drain()
    assert (post.row().state, post.row().error) == (DeliveryState.SUPPRESSED, "expired")
    assert post.said() == []


async def test_words_that_fail_stop_their_row_and_not_the_lane(post: Post) -> None:
    post.record(payload={"v": 99})
    post.record(dedupe_key="problem-filed:WT-2:once:1")
    await post.sender.drain()
    assert post.row().state is DeliveryState.FAILED
    assert post.said() == [5001]


async def test_after_too_many_tries_a_row_fails_and_stays(post: Post) -> None:
    post.record(attempts=MAX_ATTEMPTS - 2)
    post.session.answers = [Answer(ok=False, error_code=500)] * 2
    for _ in range(2):
        assert post.row().state is DeliveryState.PENDING
        await post.sender.drain()
        post.clock.advance(hours=1)
    assert post.row().state is DeliveryState.FAILED
    assert await post.sender.drain() is False


async def test_a_dead_senders_rows_are_taken_over_when_their_lease_ends(post: Post, services: Services) -> None:
    post.record()
    assert len(services.deliveries.exchange("dead", [], 16, Stream.FACTS)) == 1
    await post.sender.take_over()
    assert await post.sender.drain() is False
    post.clock.advance(seconds=31)
    await post.sender.take_over()
    await post.sender.drain()
    assert post.said() == [5001]


@pytest.mark.parametrize(
    "said", [Answer(ok=True, result={"message_id": 1}), Answer(ok=False, error_code=400), Answer(ok=False)]
)
def test_what_a_late_sender_says_of_a_row_that_another_one_took_over_is_not_noted(
    said: Answer, post: Post, services: Services
) -> None:
    post.record()
    slow = take(services, "slow", 1)
    post.clock.advance(seconds=31)
    services.deliveries.take_over()
    take(services, "other", 1)
    answered(services, "slow", slow, said)
    assert (post.row().state, post.row().lease_by) == (DeliveryState.LEASED, "other")


async def test_while_a_messenger_wants_to_be_left_alone_nothing_is_said_to_anybody_after_a_restart_too(
    post: Post, services: Services
) -> None:
    post.record()
    post.session.answers = [Answer(ok=False, error_code=429, retry_after=100)]
    await post.sender.drain()
    post.record(dedupe_key="problem-filed:WT-2:once:1")
    after_a_restart = every_stream(services, post.hop, post.session, post.clock)
    while await after_a_restart.drain():
        continue
    assert len(post.said()) == 1
    post.clock.advance(seconds=100)
    while await after_a_restart.drain():
        continue
    assert len(post.said()) == 3


async def test_what_a_living_sender_holds_is_not_taken_from_it_whatever_the_clock_does(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.record()
    call = post.session.call

    async def much_later(*said: Any) -> Answer:
        post.clock.advance(hours=1)
        await post.sender.take_over()
        return await call(*said)

    monkeypatch.setattr(post.session, "call", much_later)
    await post.sender.drain()
    await post.sender.drain()
    assert post.said() == [5001]


async def test_a_reply_outranks_a_reminder_that_waited_longer(post: Post) -> None:
    post.record(dedupe_key="b", lane=Lane.NOTICES, payload={"v": 1, "number": "late", "problem": 1})
    post.clock.advance(minutes=1)
    post.record(dedupe_key="a", lane=Lane.FACTS, payload={"v": 1, "number": "first", "problem": 1})
    await post.sender.drain()
    assert ["first" in post.session.calls[0].payload["text"], "late" in post.session.calls[1].payload["text"]] == [
        True,
        True,
    ]


async def test_of_the_many_the_more_urgent_lane_goes_first_and_in_a_lane_what_waited_longest(post: Post) -> None:
    now = post.clock.now()
    lanes = [Lane.NOTICES, Lane.ESCALATIONS, Lane.REMINDERS, Lane.REMINDERS, Lane.CONTEST]
    for place, lane in enumerate(lanes):
        payload = {"v": 1, "number": f"{lane} {place}", "problem": 1}
        post.record(dedupe_key=f"{place}", lane=lane, payload=payload, not_before=now - timedelta(minutes=place))
    while await post.sender.drain():
        continue
    texts = [call.payload["text"] for call in post.session.calls]
    order = ["contest 4", "reminders 3", "reminders 2", "escalations 1", "notices 0"]
    assert [name in text for name, text in zip(order, texts, strict=True)] == [True] * len(order)


async def running(sender: Sender | Senders, done: Callable[[], bool]) -> None:
    """The sender as it runs, until it has done that."""
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(sender.run(stopping))
        async with asyncio.timeout(5):
            while not done():  # noqa: ASYNC110 - a round that is over tells nobody
                await asyncio.sleep(0.001)
        stopping.set()
        sender.nudge()


async def test_more_than_goes_at_once_is_said_without_a_pause_between(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.sender.A_MOMENT", 60)
    many = 3 * WIDE_WINDOW[Stream.BULK]
    for number in range(many):
        post.record(dedupe_key=f"{number}", lane=Lane.FACTS if number % 6 else Lane.REMINDERS)
    await running(post.sender, lambda: len(post.said()) == many)


async def test_a_fact_is_taken_in_one_round_and_marked_in_another(
    post: Post, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.sender.A_MOMENT", 60)
    rounds, exchange = [], services.deliveries.exchange

    def counted(worker: str, said: list[Outcome], room: int, stream: Stream) -> list[Parcel]:
        rounds.append(len(said))
        return exchange(worker, said, room, stream)

    monkeypatch.setattr(services.deliveries, "exchange", counted)
    rest = (services.deliveries, post.hop, TEXTS, ZONE, {"telegram": post.session}, print, Pace(0), post.clock.now)
    sender = Sender(Stream.FACTS, *rest, lambda: True)
    post.record()
    await running(sender, lambda: bool(post.said()) and not sender.held)
    assert rounds == [0, 1]


SAID = {
    "text": "2/4 Which unit?",
    "entities": [{"type": "bold", "offset": 0, "length": 3}],
    "reply_markup": {
        "inline_keyboard": [[{"text": "Mine", "callback_data": "u:1"}, {"text": "Help", "url": "https://x"}]]
    },
}


async def test_a_late_reply_is_what_it_was_and_comes_when_it_may(post: Post, services: Services) -> None:
    services.deliveries.reply_later("telegram", "5002", SAID, 5)
    assert await post.sender.drain() is False
    post.clock.advance(seconds=5)
    await post.sender.drain()
    assert post.session.calls[0].payload == {"chat_id": 5002, **SAID}


async def test_a_reply_that_comes_too_late_is_not_said_and_nothing_of_it_is_kept(
    post: Post, store: Store, services: Services
) -> None:
    services.deliveries.reply_later("telegram", "5002", SAID, 1)
    post.clock.advance(minutes=11)
    await post.sender.drain()
    assert post.said() == []
    services.deliveries.purge()
    with store.work() as work:
        assert work.deliveries.find("reply", "") == []


def test_of_a_stranger_nothing_is_kept_to_be_said_later(store: Store, services: Services, post: Post) -> None:
    services.deliveries.reply_later("telegram", "99", SAID, 1)
    with store.work() as work:
        assert work.deliveries.find("reply", "") == []


async def test_what_nobody_thought_of_costs_a_message_another_try_and_never_the_sender(
    post: Post, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.record()
    stopping, said, call, tries = asyncio.Event(), asyncio.Event(), post.session.call, []
    monkeypatch.setattr("schedules.sender.A_MOMENT", 0.0)

    async def first_breaks(*values: Any) -> Answer:
        tries.append(values)
        if len(tries) == 1:
            raise ZeroDivisionError
        said.set()
        return await call(*values)

    monkeypatch.setattr(post.session, "call", first_breaks)
    async with asyncio.TaskGroup() as group:
        group.create_task(post.sender.run(stopping))
        async with asyncio.timeout(5):
            await said.wait()
        stopping.set()
        post.sender.nudge()
    assert post.row().state is DeliveryState.SENT
