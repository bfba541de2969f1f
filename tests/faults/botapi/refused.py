"""How the Bot API says no."""

from typing import Any

TITLES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class Refused(Exception):
    """Answered with ``ok`` false; ``parameters`` go along, such as ``retry_after``."""

    def __init__(self, code: int, why: str = "", **parameters: Any) -> None:
        title = TITLES[code]
        super().__init__(f"{title}: {why}" if why else title)
        self.code = code
        self.parameters = parameters
