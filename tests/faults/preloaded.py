"""Bots that start at once: ``python -m tests.faults.preloaded`` imports the program and forks a bot for each request.

It reads a JSON line a request, ``{"start": {environment}, "log": path}`` or ``{"poll": process}``, and answers each
with a line: the process's number, or its exit code (null while it lives).
"""

import json
import os
import sys
import traceback
from typing import Any, NoReturn

from bot import deferral

deferral.install()

import bot.app  # noqa: E402, F401 - imported so that every fork has it
from bot.__main__ import main  # noqa: E402


def serve() -> None:
    ended: dict[int, int] = {}
    for line in sys.stdin:
        request = json.loads(line)
        answer = _poll(request["poll"], ended) if "poll" in request else _fork(request)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _fork(request: dict[str, Any]) -> int:
    process = os.fork()
    if process == 0:
        _live(request["start"], request["log"])
    return process


def _live(environment: dict[str, str], log: str) -> NoReturn:
    """The child: its own environment and log, and never back into the loop above."""
    code = 1
    try:
        os.environ.clear()
        os.environ.update(environment)
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(handle, sys.stderr.fileno())
        os.dup2(handle, sys.stdout.fileno())
        code = main(["run"])
    except BaseException:  # noqa: BLE001 - whatever ends this life, the parent must not go on in it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _poll(process: int, ended: dict[int, int]) -> int | None:
    if process not in ended:
        found, status = os.waitpid(process, os.WNOHANG)
        if found == 0:
            return None
        ended[process] = os.waitstatus_to_exitcode(status)
    return ended[process]


if __name__ == "__main__":
    serve()
