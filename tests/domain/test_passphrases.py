"""What counts as a passphrase, and which two ways of typing one are the same."""

import pytest

from domain.errors import DomainError
from domain.passphrases import as_typed, checked, guess_keys


@pytest.mark.parametrize("text", ["twelve chars", "红旗 渠水 长流 不断", "ab cd ef gh", "   padded out   twice "])
def test_twelve_characters_or_four_words_are_enough(text: str) -> None:
    assert checked(text) == as_typed(text)


@pytest.mark.parametrize("text", ["", "eleven char", "a b c d e", "红旗 渠水 长流", " " * 40, "short     one"])
def test_less_is_refused(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        checked(text)
    assert refused.value.code == "passphrase-short"


def test_more_than_two_hundred_characters_are_refused() -> None:
    with pytest.raises(DomainError) as refused:
        checked("x" * 201)
    assert refused.value.code == "passphrase-long"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cafe\u0301 au lait noir", "caf\u00e9 au lait noir"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af word word word", "\ud55c\uae00 word word word"),
        ("红旗\u3000渠水\u3000长流\u3000不断", "红旗 渠水  长流 不断"),
        ("four words in\na message", "four words in a message"),
    ],
)
def test_the_same_characters_are_the_same_however_a_keyboard_composes_them(one: str, other: str) -> None:
    assert one != other
    assert as_typed(one) == as_typed(other)


def test_case_matters_in_a_passphrase_and_not_in_a_staff_number() -> None:
    assert as_typed("Four Words Of Mine") != as_typed("four words of mine")
    assert guess_keys(" b003 ", "::1") == guess_keys("Ｂ003", "::1")
    assert "b003" not in str(guess_keys("b003", "::1"))
