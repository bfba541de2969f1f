"""What is half filled in has a name in both languages."""

from zoneinfo import ZoneInfo

import pytest

from handlers import routers, steps
from views import drafts
from views.texts import LANGUAGES, Texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_of_steps_can_be_named(language: str) -> None:
    routers.root_routers()
    t = Texts().translator(language, ZoneInfo("Asia/Shanghai"))
    found = steps.groups("handlers.")
    assert found
    assert all(drafts.name(t, group) for group in found)


def test_two_groups_of_the_same_name_are_refused() -> None:
    with pytest.raises(ValueError, match="Reporting"):
        steps.prompts("Reporting")(lambda: None)  # type: ignore[arg-type,return-value]
