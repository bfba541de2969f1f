"""The main job, step by step, by whoever is in the cast."""

from tests.browser.cast import Cast

REPORT = {
    "zh": "窗口叫号屏总是乱序，群众等得着急",
    "en": "The queue display is out of order and people wait for nothing",
}


async def report(cast: Cast) -> None:
    await cast.says("member", "/report")
    await cast.taps("member", "level-department")
    await cast.taps("member", "concerns-mine")
    await cast.taps("member", "category-service")
    await cast.sees("member", "report-body-text", step=4, steps=4)
    await cast.says("member", REPORT[cast.language])
    await cast.sees_words("member", REPORT[cast.language])
    await cast.photograph("member", "report")
    await cast.taps("member", "report-send")
    await cast.sees_words("member", "WT-2030-000001")


async def assign(cast: Cast) -> None:
    await cast.says("supervisor", "/triage")
    await cast.taps("supervisor", "problem-do-accept")
    await cast.taps("supervisor", "problem-do-assign")
    await cast.taps("supervisor", "assign-named", unit=cast.unit("branch-1"))
    await cast.says("supervisor", cast.name("B002"))
    await cast.taps_words("supervisor", cast.name("B002"))
    await cast.sees_words("supervisor", "3/4")
    await cast.says("supervisor", cast.name("A002"))
    await cast.taps_words("supervisor", cast.name("A002"))
    await cast.taps("supervisor", "assign-term", days=5)
    await cast.photograph("supervisor", "assign")
    await cast.taps("supervisor", "assign-do")
    await cast.sees_words("member", "WT-2030-000001")


async def rectify(cast: Cast) -> None:
    await cast.says("secretary", "/inbox")
    await cast.taps("secretary", "problem-do-sign")
    await cast.taps("secretary", "problem-measures", count=0)
    await cast.taps("secretary", "problem-do-plan")
    await cast.says("secretary", "M-1")
    await cast.taps("secretary", "measure-enough")
    await cast.taps_words("secretary", "M-1")
    await cast.taps("secretary", "measure-do-prove")
    await cast.says("secretary", "E-1")
    await cast.taps("secretary", "evidence-enough")
    await cast.taps("secretary", "measure-do-finish")
    await cast.taps("secretary", "problem-do-request-closure")


async def close(cast: Cast) -> None:
    await cast.says("supervisor", "/verify")
    await cast.taps("supervisor", "problem-do-close")
    await cast.taps("supervisor", "problem-close-yes")
    await cast.says("member", "/my")
    await cast.taps_words("member", "WT-2030-000001")
    await cast.sees("member", "state-closed")
    await cast.photograph("member", "closed")
