"""``make bench``: the figures the project promises, side by side in one run, as a table and as build/bench.json."""

import json
import sys
from pathlib import Path

from benchmarks import contest, lists, million, notices, page, reminders, replies, start, updates
from benchmarks.row import Row

RESULTS = Path("build/bench.json")
MEASURES = {
    "page": page.measure,
    "updates": updates.measure,
    "notices": notices.measure,
    "replies": replies.measure,
    "reminders": reminders.measure,
    "contest": contest.measure,
    "lists": lists.measure,
    "start": start.measure,
    "million": million.measure,
}
"""What is measured, by the name under which one may ask for it alone. The page comes first: it is given both cores."""


def main() -> int:
    wanted = sys.argv[1:] or list(MEASURES)
    rows = [row for name in wanted for row in MEASURES[name]()]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n", encoding="utf-8")
    sys.stdout.write("".join(row.as_line() for row in (HEADER, *rows)))
    return 0 if all(row.held for row in rows) else 1


HEADER = Row("row", "value", "goal", held=True, is_header=True)

if __name__ == "__main__":
    sys.exit(main())
