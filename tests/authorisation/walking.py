"""Dialogues walked through: everything that opens one, and then every kind of button and some words at each step."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from tests.authorisation.cast import COLUMNS
from tests.authorisation.conftest import House, Moment
from tests.authorisation.entries import WORDS, steps
from tests.authorisation.table import lines
from tests.authorisation.things import FIELDS
from tests.authorisation.trying import YES, Answer, done, tried

BY_RIGHTS = ("admin", *(column for column in COLUMNS if column not in {"admin", "guest"}), "guest")
OF_A_KIND = 2
"""So many buttons of a kind are pressed at one step: those of a list are all alike."""

APART = frozenset({"step:change"})
"""Buttons of these kinds lead each to a step of its own."""

TELLING = frozenset({"units", "file"})
"""What is filled in by these names opens further ways, also where the buttons look as before."""

SAID = "三号窗口"
WHEN = "2030-06-03 15:00"
TYPED = {
    "AskingForHelp:name_text": "窗口党员乙",
    "AskingNumber:number_text": "WT-2030-000001",
    "Broadcasting:count_text": "{count}",
    "Choosing:passphrase_text": "梧桐 江水 灯塔 清晨 木桥",
    "Finding:who_text": "窗口党员乙",
    "Giving:accountable_text": "窗口党员",
    "Giving:verifier_text": "负责人",
    "HandingOver:person_text": "窗口党员乙",
    "Introducing:name_text": "新人乙",
    "Introducing:number_text": "B902",
    "PlanningContest:count_text": "1",
    "PlanningContest:minutes_text": "10",
    "Reporting:unit": "信息",
    "SettingUp:times_text": "08:00-17:00",
} | dict.fromkeys(
    (
        "Broadcasting:later_text",
        "Giving:deadline_text",
        "Moving:deadline_text",
        "Planning:start_text",
        "PlanningContest:closes_text",
        "PlanningContest:opens_text",
        "Setting:due_text",
        "Shifting:start_text",
    ),
    WHEN,
)
"""What is typed at steps that take no other words; in braces stands what the dialogue knows."""

STEPS = steps()
BANK = {
    "title": "一题",
    "questions": [{"type": "single", "chapter": "一", "stem": "几年？", "options": ["三年", "四年"], "answer": [0]}],
}
ROSTER = "单位编码,单位名称,单位类型,上级编码,姓名,工号,角色\nbranch-3,第三支部,党支部,organ-1,新党员甲,D001,党员干部\n"
ROSTER_FILE = ("roster.csv", ROSTER.encode("utf-8-sig"))
BANK_FILE = ("bank.json", json.dumps(BANK).encode())
FILES = {
    "Broadcasting:attachment": ROSTER_FILE,
    "Importing:file": ROSTER_FILE,
    "Importing:check": ROSTER_FILE,
    "ImportingBank:file": BANK_FILE,
    "ImportingBank:check": BANK_FILE,
}
"""What is sent at steps that take no words."""


@dataclass(frozen=True)
class Step:
    """Where ``column`` stands in a dialogue that was opened by ``entry``, with everything as it was then. ``draft`` is
    what was filled in."""

    column: str
    entry: str
    state: str
    moment: Moment
    buttons: tuple[tuple[str, int], ...]
    draft: dict[str, Any]

    @property
    def key(self) -> tuple[str, str, frozenset[str]]:
        """Steps that show the same kinds of buttons are one, whatever is written on them and mostly whatever is filled
        in."""
        kinds = {kind_of(data) for data, _ in self.buttons}
        return self.entry, self.state, frozenset(kinds | {name for name in TELLING if self.draft.get(name)})

    def inputs(self) -> list[str]:
        """The data of buttons, and empty data for words."""
        found: dict[str, list[str]] = {}
        for data, _ in self.buttons:
            found.setdefault(kind_of(data), []).append(data)
        pressed = [data for kind, alike in found.items() for data in alike[: None if kind in APART else OF_A_KIND]]
        return [*pressed, ""] if (self.state, WORDS) in STEPS else pressed

    async def give(self, house: House, data: str, code: str, refused: list[str]) -> Answer:
        """Press a button of the step, or say or send what it takes."""
        person = house.people[self.column]
        refused.clear()
        person.toast = ""
        if data:
            await person.presses(data, {"message_id": dict(self.buttons)[data]})
        elif (file := FILES.get(self.state)) is not None:
            await person.sends_file(*file)
        else:
            said = TYPED.get(self.state, SAID).format_map(self.draft)
            await person.says(code if self.state == "Introducing:code_text" else said)
        return done(person, refused)


def kind_of(data: str) -> str:
    return ":".join(data.split(":")[:2]) if data else WORDS


async def walked(house: House, code: str, refused: list[str]) -> AsyncIterator[tuple[Step, str]]:
    """Every step that can be come to, each kind of it once, with each of its inputs. ``code`` is a unit's, for whoever
    joins."""
    known = set()
    waiting = [step async for step in _openings(house, code, refused)]
    while waiting:
        step = waiting.pop(0)
        if step.key in known:
            continue
        known.add(step.key)
        for one in step.inputs():
            house.go_to(step.moment)
            await step.give(house, one, code, refused)
            if (following := stands(house, step.column, step.entry)) is not None and following.key not in known:
                waiting.append(following)
            yield step, one


def stands(house: House, column: str, entry: str) -> Step | None:
    """The step at which this person is now; None outside any dialogue."""
    dialogue = house.dialogue_of(column)
    if dialogue is None:
        return None
    state, draft = dialogue
    shown = [one for one in house.people[column].keyboards() if one[0].startswith(("step:", "nav:back"))]
    buttons = tuple(one for one in shown if one[1] == shown[0][1])
    return Step(column, entry, state, house.now(), buttons, draft)


async def _openings(house: House, code: str, refused: list[str]) -> AsyncIterator[Step]:
    """By whoever may do most of those who may open it; words out of nowhere, which are asked about; and joining."""
    start = house.now()
    for line in (*lines("Commands"), *lines("Buttons")):
        column = next((one for one in BY_RIGHTS if line.by_column[one] == YES), None)
        if column is None:
            continue
        house.go_to(start)
        thing = house.things[line.thing] if line.thing else FIELDS.get(line.entry, {})
        await tried(house, column, line.entry, thing, refused)
        if (step := stands(house, column, line.entry)) is not None:
            yield step
    house.go_to(start)
    await house.people["own"].says(SAID)
    if (step := stands(house, "own", WORDS)) is not None:
        yield step
    house.go_to(start)
    guest = house.people["guest"]
    await guest.says(f"/join {code}")
    await guest.presses(next(data for data, _ in guest.keyboards() if data.startswith("jn:begin")))
    if (step := stands(house, "guest", "jn:begin")) is not None:
        yield step
