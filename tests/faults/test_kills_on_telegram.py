"""The same story killed at each failpoint: what was acknowledged is there, and nothing happened twice."""

import signal

import pytest

from tests.faults.running import numbers
from tests.faults.site import Site
from tests.faults.test_story_on_telegram import fill_in

INGEST = ["after_claim", "before_commit", "after_commit", "before_ack"]
SENDER = ["after_lease", "before_send", "after_send", "before_mark"]
IN_FLIGHT = 1
"""One message was being sent when the process died, so one may be said twice."""


@pytest.mark.parametrize("failpoint", INGEST)
async def test_killed_while_the_report_is_taken_in(failpoint: str, site: Site) -> None:
    await site.start()
    member = site.person("member")
    await fill_in(member)
    await site.api.confirmed()
    await site.bot.stop()
    press = member.taps("提交")
    await site.start(f"{failpoint}:kill")
    assert await site.bot.died() == -signal.SIGKILL
    assert press in site.api.pending()
    # The sender may have leased the receipt in the moment before; a dead process's lease ends within thirty seconds.
    site.set_clock("2030-05-13 10:02")
    await site.start()
    await member.sees("已收到，编号", within=15)
    await site.api.confirmed(press, within=15)
    await site.bot.stop()
    assert site.filed() == ["WT-2030-000001"]
    assert set(numbers(member.texts())) == {"WT-2030-000001"}


@pytest.mark.parametrize("failpoint", SENDER)
async def test_killed_while_the_number_is_told(failpoint: str, site: Site) -> None:
    await site.start(f"{failpoint}:kill")
    member = site.person("member")
    await fill_in(member)
    member.taps("提交")
    assert await site.bot.died() == -signal.SIGKILL
    # A row that was leased by the dead process is free again after thirty seconds at the latest.
    site.set_clock("2030-05-13 10:02")
    await site.start()
    await member.sees("已收到，编号", within=15)
    await site.bot.stop()
    assert site.filed() == ["WT-2030-000001"]
    told = [text for text in member.texts() if "已收到，编号" in text]
    assert 1 <= len(told) <= 1 + IN_FLIGHT
