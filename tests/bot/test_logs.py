"""A line of the log says where something failed, and never what somebody wrote."""

import logging

from bot.logs import _frames_only, _Places


def test_an_exception_leaves_its_place_in_the_code_and_not_its_text() -> None:
    try:
        raise ValueError("the words of a report")
    except ValueError:
        said = _frames_only(None, "warning", {"event": "failed", "exc_info": True})
    assert "the words" not in str(said)
    assert said["frames"][-1].startswith("test_logs.py:")


def test_nor_does_what_a_library_logs() -> None:
    try:
        raise ValueError("Key (staff_number)=(B003)")
    except ValueError as error:
        found = (type(error), error, error.__traceback__)
        record = logging.LogRecord("aiohttp.server", logging.ERROR, "server.py", 1, "said %s", ("words",), found)
    said = _Places("%(levelname)s %(name)s").format(record)
    assert said.startswith("ERROR aiohttp.server\nValueError test_logs.py:")
    assert "B003" not in said
    assert "words" not in said
