"""A notice in chat: written, sent, undone or stopped by its sender; read and acknowledged by its recipients."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.services import Services
from domain.people import Actor
from domain.people import Person as OnRoster
from schedules.notices import NoticeTick
from storage.chat import ChatStore
from storage.engine import Database
from storage.unit_of_work import Store
from tests.conftest import FixedClock
from tests.post import take
from tests.talk import Person, Talk

Named = Callable[[str], Person]
PHOTO = {"photo": [{"file_id": "p1", "file_unique_id": "u1", "width": 10, "height": 10, "file_size": 900}]}


@pytest.fixture
def tick(talk: Talk, services: Services) -> Callable[[], Any]:
    """What the running bot does every three seconds."""
    notices = NoticeTick(services.notice_dispatch, talk.use)

    async def run() -> None:
        await notices.run()
        await talk.deliver()

    return run


@pytest.fixture
def crowd(store: Store) -> Callable[[int], None]:
    """So many more people of the second branch."""

    def add(size: int) -> None:
        with store.work() as work:
            unit = work.people.unit_by_code("branch-2")
            assert unit is not None
            for number in range(size):
                work.people.add_person(OnRoster(f"新人{number}", f"N{number}", unit.id))

    return add


async def compose(admin: Person, *units: str, title: str = "停电通知", body: str = "周三下午停电") -> None:
    """Write a notice up to its preview."""
    await admin.says("/broadcast")
    await admin.says(title)
    await admin.says(body)
    for unit in units or ("全部单位",):
        await admin.taps(unit)
    await admin.taps("下一步")
    await admin.taps("下一步")


async def both(person: Named) -> tuple[Person, Person]:
    """An admin, and a member who has written here before: that is where they are written to."""
    admin, member = person("admin"), person("member")
    await member.says("/report")
    await member.says("/cancel")
    return admin, member


async def deliver(talk: Talk, tick: Callable[[], Any]) -> None:
    """Let the time for undoing pass."""
    talk.clock.advance(seconds=30)
    await talk.deliver()
    await tick()


async def test_an_admin_writes_a_notice_and_a_member_acknowledges_it(
    person: Named, talk: Talk, tick: Callable[[], Any]
) -> None:
    admin, member = await both(person)
    await compose(admin)
    assert admin.sees("收件人：13人")
    assert admin.sees(
        "请您阅读这份通知，读完点一下“已阅”。\n示例机关工委 · 5月13日（周一）10:00\n停电通知\n周三下午停电"
    )
    await admin.taps("发送（13人）")
    assert admin.sees("发给13人，30秒内可以撤回")
    assert not member.sees("周三下午停电")
    await deliver(talk, tick)
    assert member.text().endswith("停电通知\n周三下午停电")
    await member.taps("已阅")
    assert member.toast == "好的，已记为“已阅”。"
    assert member.sees("您已于5月13日（周一）10:00点了“已阅”")
    assert "已阅" not in member.buttons()
    talk.clock.advance(seconds=3)
    for _ in range(20):
        await tick()
    assert admin.sees("已发完，共13人")
    assert admin.sees("已阅1/13")


async def test_what_was_sent_is_listed_by_the_time_it_goes_out(person: Named, clock: FixedClock) -> None:
    admin = person("admin")
    await compose(admin, title="后发的")
    await admin.taps("定时发")
    await admin.says("5月14日 15:00")
    await admin.taps("没错")
    await admin.taps("发送（13人）")
    await compose(admin, title="先发的", body="另一件事")
    await admin.taps("发送（13人）")
    await admin.says("/broadcast")
    await admin.taps("已发的通知")
    assert [label.rpartition(" · ")[2] for label in admin.buttons()[:2]] == ["后发的", "先发的"]


async def test_a_notice_goes_out_when_the_sender_wants_it_to(
    person: Named, talk: Talk, tick: Callable[[], Any]
) -> None:
    admin, member = await both(person)
    await compose(admin)
    await admin.taps("定时发")
    await admin.says("5月14日 15:00")
    await admin.taps("没错")
    assert admin.sees("定时发出：5月14日（周二）15:00；此前可以停止。")
    await admin.taps("发送（13人）")
    talk.clock.set_local("2030-05-14 14:59")
    await deliver(talk, tick)
    assert not member.sees("周三下午停电")
    talk.clock.set_local("2030-05-14 15:00")
    await deliver(talk, tick)
    assert member.sees("周三下午停电")


async def test_a_time_outside_working_hours_moves_to_the_next_morning_and_can_be_dropped(person: Named) -> None:
    admin = person("admin")
    await compose(admin)
    await admin.taps("定时发")
    await admin.says("5月18日 15:00")
    await admin.taps("没错")
    assert admin.sees("定时发出：5月20日（周一）08:30")
    await admin.taps("不定时")
    assert admin.sees("30秒可以撤回")
    assert "定时发" in admin.buttons()


async def test_what_is_urgent_has_no_time_of_its_own(person: Named) -> None:
    admin = person("admin")
    await compose(admin)
    await admin.taps("定时发")
    await admin.says("5月18日 15:00")
    await admin.taps("没错")
    await admin.taps("紧急，立即发")
    await admin.says("水管爆裂")
    assert "不定时" not in admin.buttons()
    await admin.taps("定时发")
    await admin.says("5月18日 15:00")
    await admin.taps("没错")
    assert not any("水管爆裂" in part for part in admin.text().splitlines())


async def test_the_count_follows_every_tap(person: Named) -> None:
    admin = person("admin")
    await admin.says("/broadcast")
    await admin.says("题")
    await admin.says("文")
    assert "收件人：0人" in admin.text()
    await admin.taps("综合服务单位")
    assert "收件人：5人" in admin.text()
    assert {"　✓ 综合服务单位", "　　✓ 接待窗口处", "　　✓ 第一支部"} <= set(admin.buttons())
    await admin.taps("第一支部")
    assert "收件人：1人" in admin.text()
    await admin.taps("全部单位")
    assert "收件人：13人" in admin.text()
    await admin.taps("下一步")
    await admin.taps("支部书记")
    assert "收件人：2人" in admin.text()
    assert "✓ 所有人" not in admin.buttons()
    await admin.taps("管理员")
    assert "收件人：3人" in admin.text()
    await admin.taps("所有人")
    assert "收件人：13人" in admin.text()


async def test_nobody_chosen_is_refused_and_the_step_stays(person: Named) -> None:
    admin = person("admin")
    await admin.says("/broadcast")
    await admin.says("题")
    await admin.says("文")
    await admin.taps("下一步")
    assert admin.toast == "请至少选一个单位。"
    assert "3/4" in admin.text()
    await admin.taps("第二支部")
    assert "收件人：3人" in admin.text()
    await admin.taps("下一步")
    await admin.taps("督导")
    await admin.taps("下一步")
    assert "没有人" in admin.toast
    assert "4/4" in admin.text()


async def test_undo_brings_the_words_back_to_be_changed(person: Named, talk: Talk, tick: Callable[[], Any]) -> None:
    admin, member = await both(person)
    await compose(admin)
    await admin.taps("发送（13人）")
    talk.clock.advance(seconds=20)
    await admin.taps("撤回")
    assert admin.sees("已撤回，没有人收到")
    await deliver(talk, tick)
    assert not member.sees("周三下午停电")
    await admin.taps("修改后重发")
    await admin.taps("保持不变")
    await admin.says("改到周四")
    assert "收件人：13人" in admin.text()
    await admin.taps("下一步")
    await admin.taps("下一步")
    await admin.taps("发送（13人）")
    await deliver(talk, tick)
    assert member.sees("改到周四")


async def test_undo_after_thirty_seconds_says_that_it_is_too_late(person: Named, talk: Talk) -> None:
    admin, member = await both(person)
    await compose(admin)
    await admin.taps("发送（13人）")
    talk.clock.advance(seconds=31)
    await admin.taps("撤回")
    assert "已经过了30秒" in admin.toast
    assert member.sees("周三下午停电")


async def test_stop_in_the_middle_and_stop_again(
    person: Named, talk: Talk, services: Services, tick: Callable[[], Any]
) -> None:
    admin = person("admin")
    await compose(admin)
    await admin.taps("发送（13人）")
    talk.clock.advance(seconds=30)
    take(services, "slow", 4)
    await tick_only(talk, services)
    assert admin.sees("正在发送“停电通知”")
    card = admin.messages()[-1]
    await admin.taps("停止发送")
    assert admin.sees("已停止发送，原定13人")
    await admin.presses(_stop(card), card)
    assert "已经结束" in admin.toast


async def tick_only(talk: Talk, services: Services) -> None:
    """A tick whose edits go out before any notice does: facts outrank notices."""
    await NoticeTick(services.notice_dispatch, talk.use).run()
    facts, _ = talk.sender._senders.values()
    await facts.drain()


def _stop(card: dict[str, Any]) -> str:
    return next(
        b["callback_data"] for row in card["reply_markup"]["inline_keyboard"] for b in row if "停止" in b["text"]
    )


async def test_more_than_fifty_recipients_want_their_number_typed(
    person: Named, crowd: Callable[[int], None], services: Services, talk: Talk
) -> None:
    admin = person("admin")
    crowd(60)
    await compose(admin)
    await admin.taps("发送（73人）")
    assert admin.sees("请您输入收件人数 73")
    for wrong in ("37", "七十三", "", "-73"):
        await admin.says(wrong or "…")
        assert admin.sees("人数不对")
    await admin.says("/notices")
    await admin.says(" ７３ 人")
    assert not admin.sees("发给73人")
    await admin.taps("继续填写")
    await admin.says(" ７３ 人")
    assert admin.sees("发给73人，30秒内可以撤回")


async def test_fifty_recipients_want_no_number(person: Named, crowd: Callable[[int], None]) -> None:
    admin = person("admin")
    crowd(37)
    await compose(admin)
    await admin.taps("发送（50人）")
    assert admin.sees("发给50人，30秒内可以撤回")


async def test_an_audience_that_changes_under_the_preview_is_shown_anew(
    person: Named, crowd: Callable[[int], None]
) -> None:
    admin = person("admin")
    await compose(admin)
    crowd(1)
    await admin.taps("发送（13人）")
    assert "现在是14人" in admin.toast
    await admin.taps("返回")
    await admin.taps("下一步")
    await admin.taps("发送（14人）")
    assert admin.sees("发给14人，30秒内可以撤回")


async def test_the_same_text_again_is_asked_about_once_more(person: Named, talk: Talk, tick: Callable[[], Any]) -> None:
    admin = person("admin")
    await compose(admin)
    await admin.taps("发送（13人）")
    await deliver(talk, tick)
    await compose(admin)
    await admin.taps("发送（13人）")
    assert admin.sees("同样的内容已在5月13日（周一）10:00发给过其中的人。还要再发一次吗？")
    await admin.taps("返回")
    await admin.taps("发送（13人）")
    await admin.taps("再发一次")
    assert admin.text().startswith("“停电通知”将在5月13日（周一）10:01发给13人，30秒内可以撤回")


async def test_at_night_it_waits_unless_an_admin_says_why_not(person: Named, clock: FixedClock, talk: Talk) -> None:
    clock.set_local("2030-05-13 21:00")
    admin, member = await both(person)
    await compose(admin)
    assert admin.sees("将在5月14日（周二）08:30发出")
    await admin.taps("紧急，立即发")
    await admin.says("台风预警")
    assert admin.sees("紧急，不等工作时间。理由：台风预警")
    await admin.taps("发送（13人）")
    clock.advance(seconds=30)
    await talk.deliver()
    assert member.sees("周三下午停电")


async def test_a_secretary_cannot_call_it_urgent_and_it_waits(
    person: Named, clock: FixedClock, talk: Talk, tick: Callable[[], Any]
) -> None:
    clock.set_local("2030-05-13 21:00")
    secretary, (_, member) = person("secretary"), await both(person)
    await secretary.says("发通知")
    await secretary.says("题")
    await secretary.says("今晚讲明天的事")
    assert "收件人：5人" in secretary.text()
    await secretary.taps("下一步")
    await secretary.taps("下一步")
    assert not any("紧急" in button for button in secretary.buttons())
    await secretary.taps("发送（5人）")
    assert secretary.sees("将在5月14日（周二）08:30发给5人，30秒内可以撤回")
    clock.advance(seconds=40)
    await talk.deliver()
    await tick()
    assert not member.sees("今晚讲明天的事")
    assert secretary.sees("将在5月14日（周二）08:30发给5人，此前可以停止")
    clock.set_local("2030-05-14 08:30")
    await talk.deliver()
    assert member.sees("今晚讲明天的事")


@pytest.mark.parametrize("name", ["member", "supervisor", "point-officer"])
async def test_who_may_not_send_is_told_who_does(person: Named, name: str) -> None:
    somebody = person(name)
    await somebody.says("/broadcast")
    assert somebody.sees("发通知由管理员或支部书记办理")


async def test_a_guest_is_told_how_to_join(person: Named) -> None:
    guest = person("guest")
    for command in ("/broadcast", "/notices"):
        await guest.says(command)
        assert "请先加入" in guest.text()


async def test_words_that_do_not_do_are_asked_for_again(person: Named) -> None:
    admin = person("admin")
    await admin.says("/broadcast")
    await admin.says("题" * 81)
    assert admin.sees("最多80字，您写了81字")
    await admin.says("   ")
    await admin.says("题")
    await admin.says("字" * 5000)
    assert admin.sees("最多3000字，您写了5000字")
    await admin.sends({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 2, "file_size": 10}})
    assert admin.sees("附件请发照片或文件")
    await admin.sends({"location": {"latitude": 1.0, "longitude": 2.0}})
    await admin.says("菜单")
    assert admin.sees("请您点选收件单位")
    await admin.says("随便说点什么")
    assert "请您点选收件单位" in admin.text()


async def test_a_photo_with_a_caption_is_text_and_file_at_once(
    person: Named, talk: Talk, services: Services, tick: Callable[[], Any]
) -> None:
    admin, member = await both(person)
    await admin.says("/broadcast")
    await admin.says("请看图")
    await admin.sends(PHOTO)
    assert "附一个文件" in admin.text()
    await admin.sends({**PHOTO, "caption": "停电范围见图"})
    await admin.taps("第一支部")
    await admin.taps("下一步")
    await admin.taps("下一步")
    assert admin.sees("附一个文件")
    await admin.taps("附件")
    await admin.taps("去掉附件")
    await admin.taps("附件")
    await admin.says("没有照片")
    assert admin.sees("附件请发照片或文件")
    await admin.sends(PHOTO)
    await admin.taps("发送（4人）")
    await deliver(talk, tick)
    await member.taps("打开附件")
    assert "附件还在接收" in member.toast
    [waiting] = services.files.waiting(5)
    services.files.fetched(waiting.id, services.files.prepare(waiting.kind.__class__("document"), b"%PDF-1.7"))
    await member.taps("打开附件")
    assert member.text() == "“请看图”的附件"
    assert talk.session.calls[-1].files["document"].name == "附件.pdf"


async def test_notices_lists_what_is_unread_first_and_says_what_comes_next(
    person: Named, talk: Talk, tick: Callable[[], Any]
) -> None:
    admin, member = await both(person)
    await member.says("/notices")
    assert member.text().startswith("目前没有通知")
    for title in ("第一份", "第二份"):
        await compose(admin, title=title, body=title)
        await admin.taps("发送（13人）")
        await deliver(talk, tick)
    await member.says("/menu")
    assert "通知（2）" in member.buttons()
    await member.taps("通知（2）")
    assert member.buttons()[:2] == ["● 第二份", "● 第一份"]
    await member.taps("第二份")
    await member.taps("已阅")
    await member.taps("通知")
    assert member.buttons()[:2] == ["● 第一份", "第二份"]


async def test_pressing_twice_counts_once_and_says_so(person: Named, talk: Talk, tick: Callable[[], Any]) -> None:
    admin, member = await both(person)
    await compose(admin)
    await admin.taps("发送（13人）")
    await deliver(talk, tick)
    first = await member.presses("nt:ack:1:0", member.messages()[-1])
    await member.presses("nt:ack:1:0", member.messages()[-1])
    assert member.toast == "您之前已经点过“已阅”了。"
    await member.presses("nt:ack:1:0", member.messages()[-1], again=first)
    assert member.toast.startswith("已经保存过了")


async def test_the_send_button_pressed_again_or_redelivered_sends_nothing_more(
    person: Named, services: Services, actors: dict[str, Any]
) -> None:
    admin = person("admin")
    await compose(admin)
    number = await admin.taps("发送（13人）")
    await admin.presses("step:send:", again=number)
    await admin.presses("step:send:")
    assert "过期" in admin.toast
    assert len(services.broadcasts.sent(actors["admin"])) == 1


async def test_the_secretary_sees_the_names_of_the_own_unit_and_nobody_else_does(
    person: Named, talk: Talk, tick: Callable[[], Any]
) -> None:
    secretary, (admin, member) = person("secretary"), await both(person)
    await compose(admin)
    await admin.taps("发送（13人）")
    await deliver(talk, tick)
    await secretary.says("/notices")
    await secretary.taps("本单位未阅名单")
    assert "未阅5/5 · 停电通知" in secretary.buttons()
    await secretary.taps("未阅5/5")
    assert secretary.sees("还有5人没有点“已阅”")
    assert "窗口党员甲（第一支部）" in secretary.text()
    assert "联系不上，请您当面或电话告知：" in secretary.text()
    assert "技术党员甲" not in secretary.text()
    for other in (admin, member):
        await other.presses("nt:who:1:0")
        missing = other.toast
        await other.presses("nt:who:999:0")
        assert other.toast == missing == "没有找到，可能编号有误，或者您无权查看。"
        assert not other.sees("窗口党员乙")


async def test_what_lies_on_a_page_that_nobody_opened_is_not_called_delivered(
    person: Named, talk: Talk, tick: Callable[[], Any], database: Database, by_number: Callable[[str], Actor]
) -> None:
    """The secretary has written here and is alerted here; the member has a page and nothing else."""
    secretary, admin = person("secretary"), person("admin")
    await secretary.says("/cancel")
    await compose(admin)
    await admin.taps("发送（13人）")
    await deliver(talk, tick)
    await admin.says("/broadcast")
    await admin.taps("已发的通知")
    await admin.taps("停电通知")
    assert "第一支部：已发2（1人未打开页面） · 待发0 · 联系不上2" in admin.text()
    assert "第二支部：已发0 · 待发0" in admin.text()
    await secretary.says("/notices")
    await secretary.taps("本单位未阅名单")
    await secretary.taps("未阅5/5")
    assert "已送达：一支部书记（第一支部）" in secretary.text()
    assert "在聊天页面上，还没有打开：窗口党员甲（第一支部）" in secretary.text()
    member = by_number("B003").person_id or 0
    with talk.store.work() as work:
        [page] = work.people.accounts_on("web", member)
    ChatStore(database).opened(page.id, talk.clock.now())
    await secretary.taps("本单位未阅名单")
    await secretary.taps("未阅5/5")
    assert "还没有打开" not in secretary.text()


async def test_what_is_somebody_elses_reads_as_what_does_not_exist(person: Named, talk: Talk) -> None:
    admin, member = await both(person)
    await compose(admin, "第二支部")
    await admin.taps("发送（3人）")
    talk.clock.advance(seconds=30)
    await talk.deliver()
    said = set()
    for do in ("open", "ack", "file", "why", "progress", "undo", "stop", "again"):
        for number in (1, 999):
            await member.presses(f"nt:{do}:{number}:0")
            said.add(member.toast)
    assert len(said) == 1


async def test_everything_unasked_says_why(person: Named, talk: Talk, tick: Callable[[], Any]) -> None:
    admin, member = await both(person)
    await compose(admin)
    await admin.taps("发送（13人）")
    await deliver(talk, tick)
    await member.taps("为什么发给我")
    assert member.toast == "您在收件范围里：发送时您在“第一支部”，由“示例机关工委”发出。"


async def test_a_command_in_the_middle_asks_about_the_draft_and_goes_on_with_it(person: Named) -> None:
    admin = person("admin")
    await admin.says("/broadcast")
    await admin.says("题")
    await admin.says("/broadcast")
    await admin.taps("继续填写")
    assert "2/4" in admin.text()
    await admin.says("文")
    await admin.taps("返回")
    await admin.taps("返回")
    assert "1/4" in admin.text()
    await admin.taps("取消")
    assert admin.sees("没有保存任何内容")


async def test_what_was_sent_is_listed_and_opened_as_a_message_of_its_own(
    person: Named, talk: Talk, tick: Callable[[], Any]
) -> None:
    admin = person("admin")
    await admin.says("/broadcast")
    await admin.taps("已发的通知")
    assert admin.text().startswith("还没有发过通知")
    await admin.says("/cancel")
    await compose(admin)
    await admin.taps("发送（13人）")
    await deliver(talk, tick)
    await admin.says("/broadcast")
    await admin.taps("已发的通知")
    await admin.taps("停电通知")
    assert "示例机关工委：" in admin.text()
    assert "01市工委：" in admin.text()


async def test_in_english_it_reads_as_well(
    person: Named, talk: Talk, tick: Callable[[], Any], services: Services, actors: dict[str, Any]
) -> None:
    admin, member = await both(person)
    for name in ("admin", "member"):
        services.people.choose_language(actors[name], "en")
    await admin.says("/broadcast")
    await admin.says("Power cut")
    await admin.says("On Wednesday afternoon.")
    await admin.taps("Everywhere")
    await admin.taps("Next")
    await admin.taps("Next")
    assert admin.sees("13 recipients")
    await admin.taps("Send (13)")
    assert admin.sees("goes to 13 people on Mon 13 May 10:00; you can undo it for 30 seconds")
    await deliver(talk, tick)
    assert "Please read this notice and tap “Got it” when you have." in member.text()
    await member.taps("Got it")
    assert member.sees("You tapped “Got it” on Mon 13 May 10:00")
