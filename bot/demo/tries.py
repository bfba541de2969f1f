"""What somebody who tries the demo may do, step by step, and who acts in each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Try:
    """``action`` is what the audit trail calls it; ``name`` is the end of its text's id."""

    name: str
    persona: str
    action: str


TRIES = (
    Try("report", "member", "problem.report"),
    Try("assign", "supervisor", "problem.assign"),
    Try("sign", "secretary", "problem.sign"),
    Try("finish", "accountable", "problem.request_closure"),
    Try("close", "supervisor", "problem.close"),
    Try("contest", "member", "attempt.hand-in"),
    Try("notice", "admin", "notice.start"),
)
