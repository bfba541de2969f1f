"""What a supervision point entered: the list, and one opinion."""

from collections.abc import Sequence

from domain.visibility import Card
from views.actions import PointAction
from views.home import go, to_list
from views.paging import paged
from views.problems import cards
from views.screen import Screen, press
from views.texts import Translator


def opinions(t: Translator, found: Sequence[Card], page: int = 0) -> Screen:
    """How far each is; pressing one opens it."""
    if not found:
        return Screen(t("opinions-empty")).with_rows([go(t, "opinion")])
    buttons = [
        press(
            t.plain(
                "opinions-line",
                number=card.number,
                state=t.plain(f"state-{card.state.replace('_', '-')}"),
                text=cards.title(card),
            ),
            PointAction(do="card", id=card.problem_id),
        )
        for card in found
    ]
    rows = paged(t, buttons, page, lambda to: PointAction(do="list", page=to))
    return Screen(t("opinions-title", count=len(found))).with_rows(*rows, [go(t, "opinion")])


def opinion(t: Translator, card: Card, *, own: bool) -> Screen:
    """Who entered it has the steps of a reporter; a colleague reads."""
    screen = cards.show(t, card)
    return Screen(screen.text, screen.rows if own else ()).with_rows([to_list(t, "points")])
