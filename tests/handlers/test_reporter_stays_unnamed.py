"""The reporter's name, searched for in everything that anybody else was shown, told or could find."""

from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select

from bot.services import Services
from domain.files import FileKind
from domain.people import Actor
from storage.audit import audit
from storage.deliveries import delivery
from storage.unit_of_work import Store
from tests.handlers.conftest import Cast
from tests.handlers.test_problems import assign
from tests.talk import Person, Talk

NAME, STAFF_NUMBER = "技术党员乙", "C004"


@pytest.fixture
def reporter(talk: Talk, by_number: Callable[[str], Actor]) -> Person:
    """Somebody of the second organ, who reports about the first."""
    return talk.person("reporter", by_number(STAFF_NUMBER).person_id)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line of the log as it is written."""
    lines: list[str] = []
    for method in ("debug", "info", "warning", "error", "critical", "msg"):
        monkeypatch.setattr(structlog.PrintLogger, method, lambda _logger, message: lines.append(message))
    return lines


async def report(reporter: Person, services: Services, text: str) -> str:
    """About the other organ, with a file that carries the reporter's name."""
    kept = services.files.keep(services.files.prepare(FileKind.DOCUMENT, text.encode()))
    document = {"file_id": f"local:{kept.id}", "file_unique_id": "d", "file_size": 5, "file_name": f"{NAME}.pdf"}
    await reporter.says("/report")
    await reporter.taps("内设机构")
    await reporter.taps("其他单位")
    await reporter.taps("综合服务单位")
    await reporter.taps("服务效能")
    await reporter.sends({"document": document, "caption": text})
    await reporter.taps("提交")
    return reporter.number()


def named_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if NAME in path.name or STAFF_NUMBER in path.name]


async def look_around(person: Person, number: str) -> None:
    """Everything there is to open on a card, as far as this person has a button for it."""
    await person.says(number)
    for label in ("更多", "办理记录", "返回", "附件", "整改措施", "为什么发给我"):
        if any(label in button for button in person.buttons()):
            await person.taps(label)
    for said in ("/menu", "/due", "/my", "/triage", "/inbox", "/verify"):
        await person.says(said)


async def the_whole_story(cast: Cast, reporter: Person, services: Services, others: list[Person]) -> None:
    """Taken back, declined, struck; then asked for more, returned, sent back, moved, helped with, closed."""
    await report(reporter, services, "第一件")
    await cast.supervisor.says("/triage")
    await reporter.taps("查看")
    await reporter.taps("撤回")
    await reporter.taps("撤回")
    await cast.supervisor.taps("受理")
    await report(reporter, services, "第二件")
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("不予受理")
    await cast.supervisor.says("不在范围")
    await report(reporter, services, "第三件")
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("更多")
    await cast.supervisor.taps("清除内容")
    await cast.supervisor.says("不宜")
    await cast.supervisor.taps("确认清除")
    number = await report(reporter, services, "第四件")
    await cast.supervisor.says("/triage")
    await cast.other_supervisor.says("/triage")
    await cast.supervisor.taps("请反映人补充")
    await cast.supervisor.says("哪里？")
    await reporter.taps("补充")
    await reporter.says("三号窗口")
    await reporter.taps("提交补充")
    await cast.other_supervisor.taps("受理")
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("受理")
    await assign(cast.supervisor)
    await cast.secretary.says("/inbox")
    await cast.secretary.taps("退办")
    await cast.secretary.says("再议")
    await cast.supervisor.says("/triage")
    await assign(cast.supervisor)
    await cast.secretary.says("/inbox")
    await cast.secretary.taps("签收")
    await cast.owner.says(number)
    await cast.owner.taps("整改措施")
    await cast.owner.taps("加整改措施")
    await cast.owner.says("换程序")
    await cast.owner.taps("写完了")
    await cast.owner.taps("换程序")
    await cast.owner.taps("附佐证")
    await cast.owner.says("换好了")
    await cast.owner.taps("发完了")
    await cast.owner.taps("完成")
    await cast.owner.taps("申请销号")
    await cast.verifier.says("/verify")
    await cast.verifier.taps("退回整改")
    await cast.verifier.says("再试")
    for day in ("2030-05-15", "2030-05-21", "2030-05-24"):
        cast.supervisor.talk.clock.set_local(f"{day} 09:00")
        services.digests.record()
        await cast.supervisor.talk.deliver()
    await cast.owner.says(number)
    await cast.owner.taps("申请销号")
    for person in others:
        await look_around(person, number)
    await cast.verifier.says("/verify")
    await cast.verifier.taps("销号")
    await cast.verifier.taps("确认销号")
    for person in others:
        await look_around(person, number)


async def test_the_reporters_name_stands_nowhere_that_others_look(
    cast: Cast,
    reporter: Person,
    services: Services,
    store: Store,
    talk: Talk,
    tmp_path: Path,
    logged: list[str],
) -> None:
    others = [person for person in cast.everybody() if person is not reporter]
    await the_whole_story(cast, reporter, services, others)
    assert reporter.sees("已销号，谢谢您的反映")
    shown = [
        repr((call.method, call.payload, [file.name for file in call.files.values()]))
        for call in talk.session.calls
        if call.payload.get("chat_id") != reporter.chat_id
    ]
    assert len(shown) > 150
    assert [words for words in shown if NAME in words or STAFF_NUMBER in words] == []
    with store.work() as work:
        rows = [dict(row._mapping) for row in work._session.execute(select(delivery))]
        trail = [dict(row._mapping) for row in work._session.execute(select(audit))]
    assert len(rows) > 20
    assert NAME not in repr(rows)
    assert NAME not in repr(trail)
    assert named_files(tmp_path) == []
    assert any("refused" in line for line in logged)
    assert NAME not in repr(logged)


async def test_the_search_would_find_a_name_that_is_shown(
    cast: Cast, reporter: Person, services: Services, talk: Talk
) -> None:
    await report(reporter, services, "第一件")
    await cast.supervisor.says("/triage")
    await cast.supervisor.taps("更多")
    await cast.supervisor.taps("查看反映人")
    assert NAME in repr([call.payload for call in talk.session.calls])
    assert not any(NAME in str(message) for message in cast.supervisor.messages())
