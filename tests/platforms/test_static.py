"""The files of the chat page: the worker keeps all of them."""

import re

from platforms.web.shell import STATIC


def test_the_worker_keeps_every_file_of_the_page() -> None:
    worker = (STATIC / "worker.js").read_text(encoding="utf-8")
    listed = re.search(r"FILES = \[(.+?)\]", worker, re.DOTALL)
    assert listed is not None
    served = {path.name for path in STATIC.iterdir()} - {"worker.js", "chat.html"}
    assert set(re.findall(r'"(.+?)"', listed[1])) == served
