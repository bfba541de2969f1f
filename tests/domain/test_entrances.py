"""Ways in: how long a code works, how often one may guess, who may vouch for whom."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.entrances import (
    LASTS,
    MAX_WRONG,
    Guesses,
    Invitation,
    InvitationKind,
    JoinRequest,
    JoinState,
    as_made,
    hash_of,
    may_vouch,
    same_words,
    unit_code,
)
from domain.errors import DomainError, Outdated
from domain.people import Actor, Duty, RoleKind

NOW = datetime(2030, 5, 13, 2, 0, tzinfo=UTC)


def acting(*duties: tuple[RoleKind, str]) -> Actor:
    return Actor("web", 1, "zh", person_id=1, duties=tuple(Duty(role, 0, path) for role, path in duties))


@pytest.mark.parametrize("kind", InvitationKind)
def test_a_code_works_until_its_time_is_over_and_as_often_as_it_may(kind: InvitationKind) -> None:
    code = Invitation("h", kind, NOW, NOW + LASTS[kind], max_uses=2)
    assert code.is_open(NOW + LASTS[kind] - timedelta(seconds=1))
    assert not code.is_open(NOW + LASTS[kind])
    code.spend(NOW)
    code.spend(NOW)
    with pytest.raises(DomainError, match="code-wrong"):
        code.spend(NOW)


def test_a_code_that_was_taken_back_is_spent() -> None:
    code = Invitation("h", InvitationKind.UNIT, NOW, NOW + timedelta(days=7), revoked_at=NOW)
    assert not code.is_open(NOW)


def test_the_sixth_guess_within_the_hour_is_not_looked_at() -> None:
    guesses = Guesses("c", 0, NOW)
    for minute in range(MAX_WRONG):
        guesses.refuse_too_many(NOW + timedelta(minutes=minute))
        guesses.count(NOW + timedelta(minutes=minute))
    with pytest.raises(DomainError) as refusal:
        guesses.refuse_too_many(NOW + timedelta(minutes=59))
    assert refusal.value.values == {"until": NOW + timedelta(hours=1)}
    later = NOW + timedelta(hours=1)
    guesses.refuse_too_many(later)
    guesses.count(later)
    assert (guesses.wrong, guesses.since) == (1, later)


@pytest.mark.parametrize(
    ("own", "theirs", "may"),
    [
        ([(RoleKind.SECRETARY, "/1/2/")], [], True),
        ([(RoleKind.SECRETARY, "/1/2/")], [(RoleKind.MEMBER, "/1/2/3/")], True),
        ([(RoleKind.SECRETARY, "/1/2/")], [(RoleKind.SECRETARY, "/1/2/3/")], True),
        ([(RoleKind.SECRETARY, "/1/2/")], [(RoleKind.SECRETARY, "/1/")], False),
        ([(RoleKind.SECRETARY, "/1/2/")], [(RoleKind.SUPERVISOR, "/1/2/3/")], False),
        ([(RoleKind.SECRETARY, "/1/2/")], [(RoleKind.ADMIN, "/1/")], False),
        ([(RoleKind.SECRETARY, "/1/4/")], [], False),
        ([(RoleKind.SUPERVISOR, "/1/")], [], False),
        ([(RoleKind.ADMIN, "/1/")], [(RoleKind.ADMIN, "/1/")], True),
        ([], [], False),
    ],
)
def test_nobody_lets_in_who_may_do_more_than_they_may(
    own: list[tuple[RoleKind, str]], theirs: list[tuple[RoleKind, str]], may: bool
) -> None:
    assert may_vouch(acting(*own), "/1/2/3/", acting(*theirs).duties) is may


def test_a_decision_is_taken_once_and_about_what_the_card_showed() -> None:
    request = JoinRequest(1, 1, 1, NOW)
    request.ask(7, "somebody", NOW)
    request.ask(8, "somebody", NOW)
    with pytest.raises(DomainError, match="not-now"):
        request.decide(confirmed=True, seen=1, by_id=2, by_name="", now=NOW)
    request.decide(confirmed=False, seen=2, by_id=2, by_name="", now=NOW)
    assert (request.state, request.known_as) == (JoinState.REFUSED, "")
    with pytest.raises(Outdated):
        request.decide(confirmed=True, seen=2, by_id=2, by_name="S", now=NOW)
    with pytest.raises(DomainError, match="not-now"):
        request.undo(2, "S", NOW)


def test_words_are_the_same_whatever_their_width_case_and_spaces() -> None:
    assert same_words(" Ｂ００4", "b 004")
    assert not same_words("B004", "B005")


def test_a_hash_tells_nothing_and_forgives_a_space() -> None:
    assert hash_of(" code ") == hash_of("code")
    assert "code" not in hash_of("code")


def test_a_units_code_is_known_whatever_becomes_of_it_on_paper() -> None:
    code = unit_code("secret of a sheet")
    grouped = " ".join(code[start : start + 4] for start in range(0, 26, 4)).upper()
    misread = grouped.replace("0", "O").replace("1", "I")
    assert {as_made(text) for text in (code, f" {grouped}", misread, grouped.replace(" ", "-"))} == {code}


def test_a_units_code_carries_128_bits_and_each_sheet_has_its_own() -> None:
    codes = {unit_code(str(number)) for number in range(500)}
    assert {len(code) for code in codes} == {26}
    assert len(codes) == 500
    assert {code[0] for code in codes} == set("01234567")
    assert len({code[-1] for code in codes}) == 32


def test_other_codes_are_taken_as_they_are() -> None:
    """Their capitals and hyphens mean something, also where they are as long as a unit's."""
    for code in ("Ab-_cDefGhIjkLmnOpqRs0", "A-b_" * 7):
        assert as_made(f" {code} ") == code
