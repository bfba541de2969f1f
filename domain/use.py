"""The hop: how an asynchronous entry point calls a synchronous use case. A parameter like any other."""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Use(Protocol):
    """``await use(problems.accept, actor, number)`` runs the use case in a thread and gives back what it returns."""

    async def __call__(self, case: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R: ...
