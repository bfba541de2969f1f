"""A messenger is spoken to evenly, more slowly after it refused, and not at all while it wants to be left alone."""

from datetime import timedelta

from domain.pace import FIRST_SILENCE, LONGEST_SILENCE, Pace, Quiet
from tests.conftest import MONDAY


def test_messages_go_evenly_within_the_limit() -> None:
    pace = Pace(10)
    slots = [pace.slot(100.0) for _ in range(21)]
    assert slots[0] == 100.0
    assert round(slots[-1] - slots[0], 6) == 2.0


def test_time_that_nobody_used_is_not_caught_up_with() -> None:
    pace = Pace(10)
    pace.slot(100.0)
    assert pace.slot(160.0) == 160.0
    assert round(pace.slot(160.0), 6) == 160.1


def test_without_a_limit_everything_goes_at_once() -> None:
    assert {Pace(0).slot(100.0) for _ in range(3)} == {100.0}


def test_a_refusal_halves_the_rate_and_minutes_bring_it_back() -> None:
    pace = Pace(30)
    pace.refused(100.0, 5)
    assert (pace.rate(100.0), pace.rate(160.0), pace.rate(100.0 + 60 * 60)) == (15, 16, 30)
    for second in range(1, 11):
        pace.refused(100.0 + second, 5)
    assert pace.rate(110.0) == 1


def test_what_was_refused_together_halves_the_rate_once() -> None:
    pace = Pace(1000)
    for place in range(40):
        pace.refused(100.0 + place / 100, 5)
    assert pace.rate(100.0) == 500


def test_a_short_delay_is_caught_up_with() -> None:
    pace = Pace(10)
    slots = [pace.slot(100.0), pace.slot(100.3)]
    assert [round(slot, 6) for slot in slots] == [100.0, 100.1]


def test_no_more_than_the_limit_go_within_a_second_whatever_held_them_up() -> None:
    pace = Pace(10)
    first = pace.departure(100.0)
    pace.went(first, 100.4)
    others = [pace.departure(100.5).at for _ in range(9)]
    assert others == [100.5] * 9
    assert pace.departure(100.6).at > 101.4


def test_a_demanded_silence_is_kept_to_the_longest() -> None:
    quiet = Quiet()
    quiet.demanded(MONDAY + timedelta(seconds=30))
    quiet.demanded(MONDAY + timedelta(seconds=10))
    assert quiet.left(MONDAY) == timedelta(seconds=30)
    assert quiet.left(MONDAY + timedelta(seconds=31)) == timedelta(0)


def test_whoever_cannot_be_reached_is_tried_ever_more_seldom_until_it_answers() -> None:
    quiet, now = Quiet(), MONDAY
    waits = []
    for _ in range(6):
        quiet.unreachable(now)
        waits.append(quiet.left(now))
        now += waits[-1]
    assert waits[0] == FIRST_SILENCE
    assert waits[-1] == LONGEST_SILENCE
    quiet.heard()
    quiet.unreachable(now)
    assert quiet.left(now) == FIRST_SILENCE


def test_what_was_held_up_on_its_way_holds_up_what_goes_a_second_later() -> None:
    pace = Pace(1)
    for went, took in ((100.0, 0.05), (102.0, 0.3)):
        departure = pace.departure(went)
        pace.went(departure, went)
        pace.answered(departure, went + took)
    assert 103.24 < pace.departure(102.5).at < 103.26
