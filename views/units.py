"""Choosing units: a page of them, those chosen ticked, and how many people that makes."""

from aiogram.utils.formatting import Bold, Text

from domain.audiences import UnitPage
from views.actions import Step
from views.home import back_and_cancel
from views.screen import Screen, in_rows, lines, press
from views.texts import Translator


def ask_units(t: Translator, question: Text, page: UnitPage) -> Screen:
    ticked = set(page.chosen_ids)
    buttons = [
        press(
            t.plain("units-ticked" if unit_id in ticked else "units-open", name=name),
            Step(name="unit", value=str(unit_id)),
        )
        for unit_id, name in page.units
    ]
    turns = [
        press(t.plain(name), Step(name="units-page", value=str(number)))
        for name, number, there in (
            ("page-before", page.page - 1, page.page > 0),
            ("page-after", page.page + 1, page.page + 1 < page.pages),
        )
        if there
    ]
    text = lines(
        question,
        t("units-chosen", names=Bold(names(t, page.chosen_names)), count=page.people) if ticked else t("units-none"),
        t("units-typing") if page.pages > 1 or not page.units else "",
    )
    done = [press(t.plain("units-done"), Step(name="units-done"))] if ticked else []
    return Screen(text).with_rows(*in_rows(buttons, 2), turns, done, back_and_cancel(t))


def names(t: Translator, units: tuple[str, ...], limit: int = 5) -> str:
    """The names in one line; of many the first few, and how many there are."""
    listed = t.plain("list-separator").join(units[:limit])
    return listed if len(units) <= limit else t.plain("units-more", names=listed, count=len(units))
