"""A roster brought in and somebody let in, over the Bot API: files, a link with the bot's own name, a passphrase."""

import re

from services.spreadsheets import write_workbook
from tests.faults.site import Site

HEADER = ("单位编码", "单位名称", "单位类型", "上级编码", "姓名", "工号", "角色")


async def test_an_admin_brings_the_roster_and_the_secretary_lets_a_newcomer_in(site: Site) -> None:
    await site.start()
    admin, secretary = site.person("admin"), site.person("secretary")
    newcomer = site.api.person(9990, language_code="zh-hans")
    admin.says("/import")
    await admin.sees("请您把填好的名册发给我")
    assert admin.messages()[-1]["document"]["file_name"] == "名册模板.xlsx"
    rows = [HEADER, ("branch-1", "", "", "", "新来的党员", "B900", "")]
    admin.sends_document(write_workbook({"名册": rows}), "名册.xlsx")
    await admin.sees("新增人员1名：新来的党员")
    admin.taps("确认保存")
    await admin.sees("已保存名册")
    secretary.says("/people")
    await secretary.sees("综合服务单位：共6人")
    secretary.taps("单位邀请链接")
    await secretary.sees("请您把下面的邀请转给")
    links = re.findall(r"https://t\.me/(\w+)\?start=(j_[\w-]{26})", "\n".join(secretary.texts()))
    assert links
    newcomer.says(f"/start {links[-1][1]}")
    await newcomer.sees("保存什么")
    newcomer.taps("继续")
    await newcomer.sees("请您输入姓名")
    newcomer.says("新来的党员")
    await newcomer.sees("请您输入工号")
    newcomer.says("B900")
    await newcomer.sees("请您等支部书记确认")
    await secretary.sees("请您确认：新来的党员 申请加入")
    secretary.taps("确认是本人")
    await newcomer.sees("欢迎您，新来的党员：您已加入第一支部")
    newcomer.says("/passphrase")
    await newcomer.sees("请您输入口令")
    newcomer.says("four words of mine")
    await newcomer.sees("含有口令的消息已删除")
    secretary.taps("新来的党员$")
    await secretary.sees("新来的党员\n第一支部，工号 B900")
    secretary.taps("出示二维码")
    await secretary.sees("请 新来的党员 本人用手机相机扫码")
    assert "four words of mine" not in site.bot.logged()
    assert await site.bot.stop() == 0
