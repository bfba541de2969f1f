"""Files of a problem: what came with the report, and the evidence of its measures."""

from collections.abc import Sequence
from datetime import datetime

from domain.files import Incoming
from domain.problems import Attachment
from services.arrivals import file_id_of
from storage.unit_of_work import UnitOfWork


def keep_files(
    work: UnitOfWork,
    problem_id: int,
    files: Sequence[Incoming],
    by: int,
    now: datetime,
    measure_id: int | None = None,
) -> None:
    """Attach what came along, to a measure or to the report itself."""
    for incoming in files:
        work.problems.attach(Attachment(problem_id, file_id_of(work, incoming, now), now, by, measure_id))
