"""For real and without a messenger: an organisation comes in by links, and its first problem is closed."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from services.spreadsheets import write_workbook
from tests import sample
from tests.browser.cast import Cast, set_clock
from tests.browser.links import entered, invite, link_given
from tests.browser.tab import Tab
from tests.browser.way_of_a_report import assign, close, rectify, report
from tests.faults.running import Running
from views import roster

pytestmark = pytest.mark.browser


def sheet(cast: Cast, path: Path) -> Path:
    """The sample organisation as its administrator would write it into the template."""
    plan = sample.organisation(cast.language)
    units = [(u.code, u.name, roster.kind_word(cast.t, u.kind), u.parent, *[""] * 5) for u in plan.units]
    people = [
        (p.unit, *[""] * 5, p.name, p.staff_number, ",".join(f"{roster.role_word(cast.t, r)}@{u}" for r, u in p.roles))
        for p in plan.people
        if p.persona not in {"admin", "guest"}
    ]
    path.write_bytes(write_workbook(roster.sheets(cast.t, [*units, *people])))
    return path


async def bring_the_roster(cast: Cast, file: Path) -> None:
    await cast.says("admin", "/import")
    await cast.sees("admin", "roster-ask-file")
    await cast.sends_file("admin", file)
    await cast.taps("admin", "roster-save")
    await cast.sees_words("admin", "已保存名册")


async def link_for(cast: Cast, *way: str) -> str:
    """The link that the administrator hands to somebody found by these buttons."""
    await cast.says("admin", "/people")
    for words in way:
        await cast.taps_words("admin", words)
    return await link_given(await cast.tab("admin"), cast.taps("admin", "people-invite"))


async def join(browser: Browser, cast: Cast) -> Tab:
    """By the unit's link, with name and number, once the secretary has confirmed."""
    await cast.says("secretary", "/people")
    link = await link_given(await cast.tab("secretary"), cast.taps("secretary", "people-unit-link"))
    member = await entered(browser, link)
    await member.taps(cast.t.plain("join-begin-do"))
    await member.says(cast.name("B003"))
    await member.says("b003")
    await cast.taps("secretary", "join-yes")
    await member.sees("您已加入")
    return member


async def test_an_organisation_begins_on_the_page_alone_and_closes_its_first_problem(
    browser: Browser, tmp_path: Path
) -> None:
    clock = tmp_path / "offset"
    set_clock(clock, "2030-05-13 10:00")
    bot = Running(tmp_path, BOT_MODE="web", BOT_CLOCK_OFFSET_FILE=str(clock))
    await bot.start()
    cast = Cast(browser, bot, "zh", "phone", clock)

    cast.seat("admin", await entered(browser, invite(bot, BOT_CLOCK_OFFSET_FILE=str(clock))))
    await bring_the_roster(cast, sheet(cast, tmp_path / "roster.xlsx"))
    cast.seat("supervisor", await entered(browser, await link_for(cast, cast.unit("office"), cast.name("A002"))))
    cast.seat("secretary", await entered(browser, await link_for(cast, cast.unit("branch-1"), cast.name("B002"))))
    cast.seat("member", await join(browser, cast))

    await report(cast)
    await assign(cast)
    await rectify(cast)
    await close(cast)
    await cast.photograph_all("for-real")
    assert await bot.stop() == 0
    assert "update_dead" not in bot.logged()
