"""The main job in a real browser: six personas, both languages, phone and desktop."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.cast import Cast, bank, set_clock
from tests.browser.way_of_a_report import assign, close, rectify, report
from tests.faults.running import Running

pytestmark = pytest.mark.browser

STAGES = [("zh", "phone"), ("en", "desktop")]


@pytest.fixture(scope="module", params=STAGES, ids=lambda stage: "-".join(stage))
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    """A demo in one language, at ten on a Monday morning."""
    language, _ = request.param
    folder = tmp_path_factory.mktemp("story")
    clock = folder / "offset"
    set_clock(clock, "2030-05-13 10:00")
    bot = Running(folder, BOT_LOCALE=language, BOT_CLOCK_OFFSET_FILE=str(clock))
    asyncio.run(bot.start())
    yield bot, clock
    asyncio.run(bot.stop())


@pytest.fixture
async def cast(request: pytest.FixtureRequest, stage: tuple[Running, Path], browser: Browser) -> AsyncIterator[Cast]:
    language, size = request.node.callspec.params["stage"]
    bot, clock = stage
    found = Cast(browser, bot, language, size, clock)
    yield found
    await found.photograph_all("end-of-" + request.node.name.partition("[")[0].removeprefix("test_"))
    assert found.tabs.errors == []
    assert "update_dead" not in bot.logged()
    assert "unworded" not in bot.logged()


async def test_a_problem_is_reported_assigned_rectified_and_closed_by_a_second_person(cast: Cast) -> None:
    await report(cast)
    await assign(cast)
    await rectify(cast)
    await close(cast)


async def test_a_contest_is_organised_and_taken(cast: Cast, tmp_path: Path) -> None:
    await cast.says("admin", "/contest")
    await cast.taps("admin", "bank-import")
    await cast.sees("admin", "bank-ask-file")
    await cast.sends_file("admin", bank(tmp_path / "bank.json"))
    await cast.taps("admin", "bank-save")
    await cast.says("admin", "/contest")
    await cast.taps("admin", "contest-new")
    await cast.says("admin", "Contest One")
    await cast.taps_words("admin", "Bank of two")
    await cast.taps("admin", "contest-count-all", count=2)
    await cast.taps("admin", "contest-opens-now")
    await cast.says("admin", "2030-05-20 18:00")
    await cast.taps("admin", "calendar-yes")
    await cast.taps("admin", "contest-minutes", count=20)
    await cast.taps("admin", "contest-practice-yes")
    await cast.taps("admin", "contest-everybody")
    await cast.taps("admin", "contest-save")
    await cast.says("member", "/quiz")
    await cast.taps_words("member", "Contest One")
    await cast.taps("member", "quiz-start")
    await cast.photograph("member", "question")
    await cast.taps_words("member", "yes ")
    await cast.photograph("member", "answered")


async def test_a_study_session_is_planned_and_the_roll_called(cast: Cast) -> None:
    await cast.says("secretary", "/session_new")
    await cast.taps("secretary", "plan-session")
    await cast.taps("secretary", "session-kind-class")
    await cast.says("secretary", "Session One")
    await cast.says("secretary", "2030-05-14 15:00")
    await cast.taps("secretary", "calendar-yes")
    await cast.says("secretary", "Room 3")
    # Another card of hers has a button with the same word.
    await cast.sees_words("secretary", "5/7")
    await cast.taps("secretary", "units-done")
    await cast.taps("secretary", "material-none")
    await cast.taps("secretary", "session-plan")
    await cast.sees_words("member", "Session One")
    await cast.says("member", "/study")
    await cast.sees_words("member", "Room 3")
    await cast.photograph("member", "study")


async def test_a_notice_is_sent_and_acknowledged(cast: Cast) -> None:
    await cast.says("admin", "/broadcast")
    await cast.says("admin", "Notice One")
    await cast.says("admin", "Water is off on Wednesday afternoon.")
    await cast.taps("admin", "broadcast-all-units")
    await cast.taps("admin", "broadcast-next")
    await cast.sees("admin", "broadcast-roles", step=4, steps=4)
    await cast.taps("admin", "broadcast-next")
    await cast.photograph("admin", "notice-preview")
    await cast.taps("admin", "broadcast-send", count=13)
    cast.set_clock("2030-05-13 11:00")
    await cast.sees_words("member", "Water is off")
    await cast.taps("member", "notice-got-it")
    await cast.says("admin", "/broadcast")
    await cast.photograph("member", "notice")


async def test_the_morning_after_there_is_one_digest(cast: Cast) -> None:
    cast.set_clock("2030-05-14 08:30")
    await cast.sees("member", "digest-title", count=1)
    await cast.photograph("member", "digest")
