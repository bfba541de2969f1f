"""Every button's data: the only list of prefixes. At most 64 bytes when packed, short ids, and the version seen."""

from aiogram.filters.callback_data import CallbackData

from domain.sign_ins import SignInKind


class Go(CallbackData, prefix="go"):
    """A button that does what a command does; ``drop`` gives up the draft that stands in the way."""

    command: str
    drop: bool = False


class Step(CallbackData, prefix="step"):
    """A choice inside a dialogue: only the current step's handler takes it, an old card's button is stale."""

    name: str
    value: str = ""


class Nav(CallbackData, prefix="nav"):
    """Back, cancel, and on with the draft."""

    to: str


class Language(CallbackData, prefix="lang"):
    code: str


class Why(CallbackData, prefix="why"):
    """The question why something was told to the reader."""

    reason: str


class DayAction(CallbackData, prefix="dy"):
    """Something done to a day of the organisation's calendar, or the month it is in."""

    do: str
    day: str = ""
    working: bool = False


class ProblemAction(CallbackData, prefix="pb"):
    """Something done to a problem on a card that showed ``seen``."""

    do: str
    id: int
    seen: int = 0


class ProblemList(CallbackData, prefix="pl"):
    """A page of a list of problems."""

    name: str
    page: int


class MeasureAction(CallbackData, prefix="ms"):
    """Something done to a measure of the problem ``id``."""

    do: str
    id: int
    measure: int


class PointAction(CallbackData, prefix="pt"):
    """An opinion of a supervision point, or a page of the list of them."""

    do: str
    id: int = 0
    page: int = 0


class NoticeAction(CallbackData, prefix="nt"):
    """Something done to a notice, or a page of a list of notices."""

    do: str
    id: int = 0
    page: int = 0


class QuizAction(CallbackData, prefix="qz"):
    """Something done in a contest by who takes part: ``at`` is a place of the paper, ``pick`` an option as shown, and
    ``on`` says whether it is set or cleared, so that pressing twice is one choice."""

    do: str
    id: int = 0
    at: int = 0
    pick: int = 0
    on: bool = True


class ContestAction(CallbackData, prefix="ct"):
    """Something done about a contest by its organiser."""

    do: str
    id: int = 0


class SessionAction(CallbackData, prefix="ss"):
    """Something done to a study session on a card that showed ``seen``, or a page of a list of them."""

    do: str
    id: int
    seen: int = 0


class RollAction(CallbackData, prefix="rl"):
    """Something done to the roll of a session over a unit; ``person`` gets the ``mark``."""

    do: str
    session: int
    unit: int
    person: int = 0
    mark: str = ""
    page: int = 0


class AssessmentAction(CallbackData, prefix="as"):
    """Something done to what a unit owes an assessment, on a card that showed ``seen``."""

    do: str
    id: int
    unit: int = 0
    seen: int = 0


class PeopleAction(CallbackData, prefix="pp"):
    """Something done about a person or a unit of the roster; ``other`` is what of theirs, such as a role."""

    do: str
    id: int = 0
    other: int = 0
    page: int = 0


class SetUpAction(CallbackData, prefix="su"):
    """Something done at a step of setting up."""

    do: str
    step: int


class SignInAction(CallbackData, prefix="si"):
    """Something done to one of the reader's own sign-ins, or a page of their list."""

    do: str
    kind: SignInKind = SignInKind.BROWSER
    id: int = 0
    page: int = 0


class JoinAction(CallbackData, prefix="jn"):
    """A decision about somebody who asks to join, or about all, on a card that showed ``seen``; or a page of a list."""

    do: str
    id: int
    seen: int = 0
