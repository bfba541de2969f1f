"""Files that come along with what somebody files."""

from datetime import datetime

from domain.files import File, FileState, Incoming
from storage.unit_of_work import UnitOfWork

LOCAL = "local:"
"""How the chat page's own files are named in an update: already ours, with their number behind it."""


def file_id_of(work: UnitOfWork, incoming: Incoming, now: datetime) -> int:
    """The row of a file that arrived: a page's file is ours already, a messenger's is fetched by a tick."""
    if incoming.remote_id.startswith(LOCAL):
        return int(incoming.remote_id.removeprefix(LOCAL))
    waiting = File(
        kind=incoming.kind,
        state=FileState.WAITING,
        created_at=now,
        size=incoming.size,
        duration=incoming.duration,
        bot_id=incoming.bot_id,
        remote_id=incoming.remote_id,
    )
    return work.files.add(waiting).id
