"""A line of the log says where something failed, and never what somebody wrote."""

from bot.logs import _frames_only


def test_an_exception_leaves_its_place_in_the_code_and_not_its_text() -> None:
    try:
        raise ValueError("the words of a report")
    except ValueError:
        said = _frames_only(None, "warning", {"event": "failed", "exc_info": True})
    assert "the words" not in str(said)
    assert said["frames"][-1].startswith("test_logs.py:")
