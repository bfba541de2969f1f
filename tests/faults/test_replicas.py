"""Two processes on one database share one bot: a person does not notice which of them answers, or that one went."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from platforms.telegram.webhook import PATH
from tests.faults.botapi.server import BotApi
from tests.faults.running import Running
from tests.faults.site import Site
from tests.postgres import own_database

pytestmark = pytest.mark.postgres


@pytest.fixture(params=["polling", "webhook"])
async def site(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Site]:
    with own_database() as url:
        async with BotApi(time_factor=0.1) as api:
            site = Site(tmp_path, api, request.param, url)
            site.found()
            yield site
            assert api.complaints == []


def push_to(site: Site, bot: Running) -> None:
    """Let the balancer choose this process."""
    if site.api.webhook.url:
        site.api.webhook.url = f"{bot.url}{PATH}"


async def test_a_report_goes_on_whichever_process_is_asked_and_whichever_ends(site: Site) -> None:
    one, other = site.bot, site.process("other")
    await one.start()
    await other.start()
    await site.api.until(lambda: site.api.called("getUpdates") != [] or site.api.webhook.url != "", 15)
    member = site.person("member")
    push_to(site, one)
    member.says("/report")
    await member.sees("1/4")
    push_to(site, other)
    member.taps("内设机构")
    await member.sees("2/4")
    push_to(site, one)
    member.taps("我的单位")
    await member.sees("3/4")
    assert await one.stop() == 0
    push_to(site, other)
    member.taps("服务效能")
    await member.sees("4/4", within=15)
    member.says("叫号屏顺序错乱")
    await member.sees("请您核对后提交")
    member.taps("提交")
    await member.sees("已收到，编号 WT-2030-000001", within=15)
    assert await other.stop() == 0
    assert site.filed() == ["WT-2030-000001"]


async def test_processes_that_start_together_lay_out_the_database_once(site: Site) -> None:
    bots = [site.bot, site.process("other")]
    for bot in bots:
        await bot.start()
    assert [await bot.stop() for bot in bots] == [0, 0]
    if site.api.called("getUpdates"):
        askers = [call.answer for call in site.api.called("getUpdates") if call.answer is not None]
        assert all(answer["ok"] for answer in askers)
