"""The demo: a neutral organisation in the middle of its campaign, lived through by the same use cases as for real."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot import services as use_cases
from bot.demo.clock import into_working_hours, move_on
from bot.demo.filling import Filling, remove_half_filled
from bot.demo.living import live
from bot.demo.organisation import material, organisation
from bot.demo.past import SAMPLE, Past
from bot.services import Services
from domain.contests import Phase
from domain.deliveries import Delivery, DeliveryState
from domain.notices import State as NoticeState
from domain.people import Organisation
from domain.problems import OPEN, Level, Problem, State
from services.clock import SystemClock
from services.roster import read_roster
from storage.engine import Database, sqlite_url
from storage.files import FileStore
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests.conftest import MONDAY, FixedClock
from views import demo, roster
from views.texts import Texts

ZONE = ZoneInfo("Asia/Shanghai")
PERSONAS = {"admin", "supervisor", "secretary", "member", "accountable", "point-officer"}


def planned(language: str) -> Organisation:
    words = material(language)
    return organisation(words["words"], words["organs"], MONDAY.date())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_persona_and_every_unit_exists(language: str) -> None:
    plan = planned(language)
    codes = {unit.code for unit in plan.units}
    assert {unit.parent for unit in plan.units} - {""} <= codes
    assert {code for person in plan.people for _, code in person.roles} <= codes
    assert {person.persona for person in plan.people} - {""} == PERSONAS
    assert 280 <= len(plan.people) <= 320
    assert len({person.name for person in plan.people}) == len(plan.people)


def test_both_languages_have_the_same_organisation_and_as_much_to_say() -> None:
    zh, en = planned("zh"), planned("en")
    assert [unit.code for unit in zh.units] == [unit.code for unit in en.units]
    assert [(p.staff_number, p.roles) for p in zh.people] == [(p.staff_number, p.roles) for p in en.people]
    for language in ("zh", "en"):
        words = material(language)
        assert (len(words["problems"]), len(words["opinions"])) == (60, 30)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_it_says_is_in_one_language_and_of_no_year(language: str) -> None:
    said = str([value for name, value in material(language).items() if name != "sessions"])
    assert not re.search(r"\b(19|20)\d\d\b", said)
    texts = [row["words"][0] for row in material(language)["problems"]] + material(language)["opinions"]
    chinese = [bool(re.search(r"[\u4e00-\u9fff]", text)) for text in texts]
    assert all(chinese) if language == "zh" else not any(chinese)


class Campaign:
    """A filled demo."""

    def __init__(self, folder: Path, language: str) -> None:
        self.database = Database(sqlite_url(folder / "bot.sqlite3"))
        migrate(self.database)
        self.store = Store(self.database)
        self.clock = FixedClock()
        files = FileStore(folder / "files")
        self.services: Services = use_cases.build(self.store.work, self.clock, ZONE, language, files)
        filling = Filling(folder, self.store, self.clock, language)
        filling.found(self.services.people)
        self.past = Past(self.store, files, ZONE, language, filling.began_at())
        for _ in live(filling, self.past, language):
            pass

    def problems(self) -> list[Problem]:
        with self.store.work() as work:
            return list(work._session.scalars(select(Problem)))

    def deliveries(self) -> list[Delivery]:
        with self.store.work() as work:
            return list(work._session.scalars(select(Delivery)))


@pytest.fixture(scope="module", params=["zh", "en"])
def campaign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    filled = Campaign(tmp_path_factory.mktemp("campaign"), request.param)
    yield filled
    filled.database.close()


def test_there_are_problems_in_every_state_and_at_every_level(campaign: Campaign) -> None:
    reported = [problem for problem in campaign.problems() if not problem.source]
    assert len(reported) == 60
    states = Counter(problem.state for problem in reported)
    assert set(states) == set(State)
    assert min(states.values()) >= 2
    assert {problem.level for problem in reported} == set(Level)
    assert len({problem.category for problem in reported}) == 8


def test_deadlines_are_late_due_today_and_near(campaign: Campaign) -> None:
    calendar, now = campaign.past.calendar, campaign.clock.now()
    left = [
        calendar.workdays_left(now, problem.deadline)
        for problem in campaign.problems()
        if problem.state in OPEN and problem.deadline is not None and not problem.source
    ]
    assert sum(days < 0 for days in left) == 8
    assert left.count(0) == 3
    assert sum(0 < days <= 3 for days in left) == 5


def test_opinions_are_answered_but_for_a_few(campaign: Campaign) -> None:
    opinions = [problem.state for problem in campaign.problems() if problem.source]
    assert len(opinions) == 30
    assert sum(state in {State.CLOSED, State.DECLINED} for state in opinions) == 24


def test_nothing_happens_after_now_and_nothing_blasts(campaign: Campaign) -> None:
    rows = campaign.deliveries()
    now = campaign.clock.now()
    said = [row for row in rows if row.not_before <= now]
    assert {row.state for row in said} <= set(DeliveryState) - {DeliveryState.PENDING, DeliveryState.LEASED}
    assert {row.kind for row in rows if row.state is DeliveryState.PENDING} == {"notice"}
    assert {row.error for row in rows if row.state is DeliveryState.SUPPRESSED} == {SAMPLE}
    assert max(problem.created_at for problem in campaign.problems()) < campaign.clock.now()


@pytest.mark.parametrize(
    ("staff_number", "waiting"),
    [
        ("A001", {}),
        ("A002", {"triage": 4, "verify": 2}),
        ("B0100", {"inbox": 2, "roll": 1, "people": 3}),
        ("B0101", {"my": 2}),
        ("B0102", {"due": 4}),
        ("P0100", {}),
    ],
)
def test_every_persona_has_something_waiting_and_not_too_much(
    campaign: Campaign, staff_number: str, waiting: dict[str, int]
) -> None:
    counts = campaign.services.waiting.counts(campaign.past.actor(staff_number))
    assert counts == {**waiting, "quiz": 1, "notices": 1}


def test_most_have_acknowledged_the_notice_and_another_one_was_stopped_half_way(campaign: Campaign) -> None:
    admin = campaign.past.actor("A001")
    progress = [
        campaign.services.broadcasts.progress(admin, number)
        for number, _, _ in campaign.services.broadcasts.sent(admin)
    ]
    assert max(100 * one.total.acknowledged // one.total.total for one in progress) == 87
    stopped = next(one.total for one in progress if one.state is NoticeState.STOPPED)
    assert stopped.sent > 0
    assert stopped.left_out > 0


def test_one_notice_is_still_to_come_and_one_was_taken_back(campaign: Campaign) -> None:
    admin = campaign.past.actor("A001")
    sent = campaign.services.broadcasts.sent(admin)
    states = Counter(campaign.services.broadcasts.progress(admin, number).state for number, _, _ in sent)
    assert states == {NoticeState.DONE: 2, NoticeState.STOPPED: 1, NoticeState.WAITING: 1, NoticeState.UNDONE: 1}


def test_three_wait_for_the_secretary_and_the_guest_holds_an_invitation(campaign: Campaign) -> None:
    past = campaign.past
    assert campaign.services.waiting.counts(past.actor("B0100"))["people"] == 3
    assert campaign.services.joining.begun(past.guest()) is not None


def test_the_two_who_never_joined_could_not_be_reached(campaign: Campaign) -> None:
    vitals, _ = campaign.services.health.vitals(campaign.past.actor("A001"))
    assert vitals.unreachable == 2


def test_the_sample_roster_has_four_rows_that_are_wrong(campaign: Campaign) -> None:
    texts = Texts()
    t = texts.translator("zh", ZONE)
    file = read_roster(demo.roster(t, material("zh")["roster"]), "roster.csv", roster.vocabulary(texts, t))
    found = campaign.services.roster.compare(campaign.past.actor("A001"), file)
    codes = {error.code for error in found.errors}
    assert codes == {"unit-unknown", "name-missing", "staff-number-twice", "role-unknown"}
    assert len(found.errors) == 4


def test_the_branches_tell_of_a_founding_of_elections_and_of_a_vacant_post(campaign: Campaign) -> None:
    notes = [note for line in campaign.services.roster.tree(campaign.past.actor("A001")) for note in line.notes]
    assert sorted(notes) == ["election-overdue", "election-soon", "new", "vacant"]


def test_contests_are_open_over_and_to_come(campaign: Campaign) -> None:
    phases = [phase for _, _, phase in campaign.services.contests.newest(campaign.past.actor("A001"))]
    assert Counter(phases) == {Phase.OPEN: 2, Phase.CLOSED: 1, Phase.PLANNED: 1}


def test_at_night_the_clock_goes_on_to_the_next_morning_and_never_back(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = SystemClock(file)
    into_working_hours(file, MONDAY, MONDAY)
    assert not file.exists()
    before = clock.now()
    into_working_hours(file, before, before + timedelta(hours=3))
    assert clock.now() - before >= timedelta(hours=4, minutes=30)
    move_on(file, -3600)
    assert clock.now() - before >= timedelta(hours=4, minutes=30)
    assert datetime.now(UTC) - before < timedelta(hours=1)


def test_a_filling_that_was_cut_short_begins_anew(tmp_path: Path) -> None:
    for name in ("bot.sqlite3", "bot.sqlite3-wal", "lock"):
        (tmp_path / name).touch()
    remove_half_filled(tmp_path)
    assert (tmp_path / "bot.sqlite3").exists()
    (tmp_path / "filling").write_text("40", encoding="utf-8")
    remove_half_filled(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "filling"] == ["lock"]
