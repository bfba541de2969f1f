"""An answer in a contest, killed at each failpoint and pressed again: it counts once, and the attempt goes on."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services import Services
from domain.people import Actor
from services.clock import SystemClock
from tests.faults.page import Page
from tests.faults.running import Running
from tests.faults.seed import sow, use_cases_over
from tests.services.contests import bank, plan


def persona(services: Services, name: str) -> Actor:
    return services.people.acting("web", services.people.personas()[name], "zh")


@pytest.mark.parametrize("failpoint", ["after_claim", "before_commit", "after_commit", "before_ack"])
async def test_an_answer_counts_once_and_the_attempt_goes_on(failpoint: str, tmp_path: Path) -> None:
    demo = tmp_path / "data" / "demo" / "zh"
    sow(demo, "zh")
    with use_cases_over(demo, "zh") as services:
        admin = persona(services, "admin")
        questions, ends = bank(services, admin, ("single",) * 3), SystemClock().now() + timedelta(days=7)
        contest = services.contests.create(admin, plan(SystemClock(), questions, closes_at=ends))
    bot = Running(tmp_path)
    await bot.start()
    member = Page(bot.url, "member")
    assert await member.say("/quiz")
    assert await member.tap("知识竞赛")
    assert await member.tap("开始答题")
    assert await member.sees("1/3 · 未答3题")
    await bot.stop()
    await bot.start(f"{failpoint}:kill")
    answer = await member.press("B.")
    assert not await member.send(answer)
    assert await bot.died() == -signal.SIGKILL
    await bot.start()
    assert await member.send(answer)
    await bot.stop()
    with use_cases_over(demo, "zh") as services:
        actor = persona(services, "member")
        first = services.quiz.sitting(actor, contest, 0)
        assert [option.chosen for option in first.options] == [False, True, False, False]
        assert first.unanswered == (1, 2)
