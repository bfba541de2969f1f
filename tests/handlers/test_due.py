"""What is due, from every area, in one list by date."""

from bot.services import Services
from domain.assessments import AssessmentPlan
from tests.handlers.conftest import Cast
from tests.handlers.test_problems import in_progress


async def test_problems_and_assessments_stand_in_one_list_by_date(cast: Cast, services: Services) -> None:
    await in_progress(cast)
    owner = await cast.actor(cast.owner)
    due_at = services.assigning.deadline_in(2)
    admin = await cast.actor(cast.admin)
    assert owner.unit_id is not None
    assert owner.person_id is not None
    services.assessments.plan(admin, AssessmentPlan("半年考核", due_at, {owner.unit_id: owner.person_id}))
    await cast.owner.talk.deliver()
    await cast.owner.says("/due")
    assert cast.owner.text() == "请您留意期限：2件，按日期排列"
    assert cast.owner.buttons() == [
        "5月15日（周三）18:00 · 半年考核 综合服务单位",
        "5月20日（周一）18:00 · WT-2030-000001 窗口叫号屏总是乱序",
    ]
    await cast.owner.taps("半年考核")
    assert cast.owner.sees("半年考核")


async def test_what_is_late_says_so(cast: Cast) -> None:
    await in_progress(cast)
    cast.owner.talk.clock.advance(days=10)
    await cast.owner.says("/due")
    assert cast.owner.buttons()[0].startswith("已逾期 · 5月20日（周一）18:00")


async def test_a_long_list_has_pages(cast: Cast) -> None:
    for _ in range(9):
        await in_progress(cast)
    await cast.owner.says("/due")
    assert len(cast.owner.buttons()) == 9
    await cast.owner.taps("下一页")
    assert len(cast.owner.buttons()) == 2
