"""The steps of a report: which there are for whom, and that no draft gets stuck."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.problems import Concerns, Level
from domain.reporting import CATEGORIES, MAX_FILES, SOURCES, add_content, after, before, fill, place, steps

ANY_DRAFT = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from([level.value for level in Level]),
        "concerns": st.sampled_from([value.value for value in Concerns]),
        "opinion": st.booleans(),
        "kept": st.booleans(),
    },
)


def test_a_plain_report_asks_four_things() -> None:
    assert steps({"level": "department"}) == ("level", "concerns", "category", "body_text", "confirm")


def test_another_unit_is_chosen_within_the_second_step() -> None:
    draft = {"level": "department", "concerns": "other"}
    assert steps(draft) == ("level", "concerns", "unit", "category", "body_text", "confirm")
    assert place(draft, "unit") == (2, 4)
    assert place(draft, "body_text") == (4, 4)


def test_a_shortcoming_of_ones_own_concerns_no_other_unit() -> None:
    draft = fill({}, "level", "individual")
    assert draft["concerns"] == "mine"
    assert steps(draft) == ("level", "category", "body_text", "confirm")


def test_what_was_sent_before_is_not_asked_for_again() -> None:
    assert "body_text" not in steps({"level": "department", "kept": True})


@given(draft=ANY_DRAFT)
def test_every_step_leads_to_the_confirmation_and_back_to_the_first(draft: dict[str, object]) -> None:
    order = steps(draft)
    for here, there in pairwise(order):
        assert after(draft, here) == there
        assert before(draft, there) == here
        number, total = place(draft, here)
        assert 1 <= number <= total <= 4
    assert before(draft, order[0]) == order[0]


@pytest.mark.parametrize(("step", "value"), [("level", "boss"), ("category", ""), ("unit", "x1"), ("concerns", "all")])
def test_a_choice_that_no_button_offers_is_refused(step: str, value: str) -> None:
    with pytest.raises(DomainError, match="choice-unknown"):
        fill({}, step, value)


def test_every_offered_choice_is_taken() -> None:
    for step, values in {"level": Level, "concerns": Concerns, "category": CATEGORIES, "source": SOURCES}.items():
        for value in values:
            assert fill({}, step, str(value))[step] == str(value)


def test_a_further_message_stands_below_the_one_before_and_files_are_added() -> None:
    draft = add_content({}, "first", [{"id": "1"}], None)
    draft = add_content(draft, "second", [{"id": "2"}], (23.1, 113.2))
    assert (draft["text"], len(draft["files"]), draft["latitude"]) == ("first\nsecond", 2, 23.1)
    assert add_content(draft, "", [], None)["text"] == "first\nsecond"


def test_files_have_a_limit() -> None:
    with pytest.raises(DomainError, match="too-many-files"):
        add_content({}, "", [{"id": str(number)} for number in range(MAX_FILES + 1)], None)
