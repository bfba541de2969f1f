"""The skeleton's story over the Bot API: a report, a tap, a reminder."""

from tests.faults.botapi.people import Person
from tests.faults.site import Site


async def fill_in(member: Person) -> None:
    """A report up to its confirmation, each step after the bot has asked for it."""
    member.says("/report")
    for question, answer in (("1/4", "内设机构"), ("2/4", "我的单位"), ("3/4", "服务效能")):
        await member.sees(question)
        member.taps(answer)
    await member.sees("4/4")
    member.says("叫号屏顺序错乱")
    await member.sees("请您核对后提交")


async def test_a_report_is_filed_accepted_and_its_reporter_told(site: Site) -> None:
    await site.start()
    member, supervisor = site.person("member"), site.person("supervisor")
    await fill_in(member)
    member.taps("提交")
    await member.sees("已收到，编号 WT-2030-000001")
    supervisor.says("受理分办")
    await supervisor.sees("叫号屏顺序错乱")
    supervisor.taps("受理")
    await member.sees("WT-2030-000001 已受理")
    assert await site.bot.stop() == 0
    assert site.filed() == ["WT-2030-000001"]


async def test_a_reminder_comes_once_on_the_morning_of_its_day(site: Site) -> None:
    number = site.due("B003", "2030-05-15 18:00")
    member = site.person("member")
    site.set_clock("2030-05-15 08:29")
    await site.start()
    site.set_clock("2030-05-15 08:30")
    await member.sees(number, within=40)
    await site.bot.stop()
    site.set_clock("2030-05-15 11:00")
    await site.start()
    member.says("/menu")
    await member.sees("您好")
    await site.bot.stop()
    assert sum(number in text for text in member.texts()) == 1


async def test_an_update_that_comes_again_files_nothing_and_is_answered(site: Site) -> None:
    await site.start()
    member = site.person("member")
    await fill_in(member)
    press = member.taps("提交")
    await member.sees("已收到，编号")
    await site.api.confirmed(press)
    site.api.redeliver(press)
    await member.sees("已经保存过了")
    await site.bot.stop()
    assert site.filed() == ["WT-2030-000001"]


async def test_a_messenger_that_cannot_be_reached_does_not_stop_the_start(site: Site) -> None:
    await site.api.stop()
    await site.start()
    assert site.bot.is_alive
    await site.api.start()
    member = site.person("member")
    member.says("/menu")
    await member.sees("您好", within=30)


async def test_an_update_nobody_can_read_harms_no_other(site: Site) -> None:
    await site.start()
    broken = site.api.queue("message", {"text": "secret words"})
    member = site.person("member")
    member.says("/menu")
    await member.sees("您好")
    await site.api.confirmed(broken)
    await site.bot.stop()
    assert "secret words" not in site.bot.logged()
