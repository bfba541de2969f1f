"""A delivery that edits: it takes the place of what another one said, where it was said, and says nothing new."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services import Services
from domain.deliveries import Delivery, DeliveryState, Lane
from domain.messenger import Answer
from domain.people import Actor
from platforms.recording import RecordingSession
from storage.chat import chat_message
from storage.engine import Database
from storage.hop import Hop
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.talk import every_stream

FIRST = "problem-filed:WT-2030-000001:once:1"


class Post:
    """A sender, and two deliveries to a member: a receipt, and the card that takes its place."""

    def __init__(
        self, database: Database, store: Store, services: Services, clock: FixedClock, actors: dict[str, Actor]
    ) -> None:
        self.store, self.clock = store, clock
        self.person = actors["member"].person_id
        self.session = RecordingSession()
        self.sender = every_stream(services, Hop(database), self.session, clock)

    def on_telegram(self) -> None:
        with self.store.work() as work:
            account = work.people.add_account("telegram", "5001", self.clock.now(), self.person)
            account.last_used_at = self.clock.now()

    def receipt(self, later: timedelta = timedelta(0)) -> None:
        payload = {"v": 1, "number": "WT-2030-000001", "problem": 1}
        self._record(Delivery(FIRST, "problem-filed", Lane.FACTS, payload, self.clock.now() + later, self.clock.now()))

    def card(self, state: str) -> None:
        payload = {"v": 1, "edits": FIRST, "problem": 1, "number": "WT-2030-000001", "state": state}
        self._record(Delivery(f"card:{state}", "problem-card", Lane.FACTS, payload, self.clock.now(), self.clock.now()))

    def _record(self, row: Delivery) -> None:
        row.person_id = self.person
        with self.store.work() as work:
            work.deliveries.record(row)

    async def send(self) -> None:
        """Send what is due, and after a moment what waited for it."""
        for _ in range(2):
            while await self.sender.drain():
                continue
            self.clock.advance(seconds=5)

    def states(self) -> list[tuple[str, DeliveryState]]:
        with self.store.work() as work:
            return [(row.kind, row.state) for row in work.deliveries.about("")]


@pytest.fixture
def post(database: Database, store: Store, services: Services, clock: FixedClock, actors: dict[str, Actor]) -> Post:
    return Post(database, store, services, clock, actors)


async def test_on_a_messenger_the_message_is_edited_and_no_second_one_sent(post: Post) -> None:
    post.on_telegram()
    post.receipt()
    post.card("accepted")
    await post.send()
    assert [call.method for call in post.session.calls] == ["sendMessage", "editMessageText"]
    [message] = post.session.messages.values()
    assert message["text"] == "您反映的 WT-2030-000001 · 已受理"


async def test_on_the_page_the_row_changes_and_keeps_its_time(post: Post) -> None:
    post.receipt()
    said_at = int(post.clock.now().timestamp())
    await post.send()
    post.clock.advance(hours=1)
    post.card("accepted")
    await post.send()
    with post.store.work() as work:
        [row] = work._session.execute(select(chat_message)).all()
    assert (row.body["text"], row.body["date"]) == ("您反映的 WT-2030-000001 · 已受理", said_at)
    assert row.seq == 2


async def test_an_edit_waits_for_what_it_edits(post: Post) -> None:
    post.on_telegram()
    post.receipt(later=timedelta(hours=1))
    post.card("accepted")
    await post.send()
    assert post.session.calls == []
    post.clock.advance(hours=1)
    await post.send()
    assert [call.method for call in post.session.calls] == ["sendMessage", "editMessageText"]


async def test_what_never_arrived_is_not_edited(post: Post) -> None:
    post.card("accepted")
    await post.send()
    assert post.states() == [("problem-card", DeliveryState.SUPPRESSED)]


async def test_a_message_that_says_so_already_is_as_good_as_edited(post: Post) -> None:
    post.on_telegram()
    post.receipt()
    await post.send()
    post.card("accepted")
    post.session.answers = [Answer(ok=False, error_code=400, description="Bad Request: message is not modified")]
    await post.send()
    assert post.states() == [("problem-filed", DeliveryState.SENT), ("problem-card", DeliveryState.SENT)]


async def test_a_message_the_person_deleted_is_let_go(post: Post) -> None:
    post.on_telegram()
    post.receipt()
    await post.send()
    post.card("accepted")
    post.session.answers = [Answer(ok=False, error_code=400, description="Bad Request: message to edit not found")]
    await post.send()
    assert post.states()[1] == ("problem-card", DeliveryState.FAILED)
    assert len(post.session.messages) == 1
