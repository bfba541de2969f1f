"""Files: made safe, kept once by their content, fetched from the messenger they were sent through."""

from dataclasses import dataclass

from domain.errors import DomainError
from domain.files import MAX_BYTES, File, FileKind, FileState
from services.clock import Clock
from services.pictures import cleaned
from storage.files import FileStore
from storage.lanes import heavy, reads
from storage.unit_of_work import Work

FETCH_ATTEMPTS = 5
_VOICE = (
    (0, b"OggS", "audio/ogg"),
    (0, b"\x1aE\xdf\xa3", "audio/webm"),
    (0, b"RIFF", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (4, b"ftyp", "audio/mp4"),
)
"""Where in a recording which bytes stand. Browsers differ in what they record: some give WebM, some MP4."""


@dataclass(frozen=True)
class Prepared:
    """Bytes that may be kept, and what is known of them."""

    kind: FileKind
    data: bytes
    mime: str
    width: int = 0
    height: int = 0


class Files:
    def __init__(self, work: Work, clock: Clock, store: FileStore) -> None:
        self._work = work
        self._clock = clock
        self._store = store

    @heavy
    def prepare(self, kind: FileKind, data: bytes) -> Prepared:
        """Make the bytes safe. Raises DomainError ``file-too-large``, ``file-empty`` or ``not-a-photo``."""
        if not data:
            raise DomainError("file-empty")
        if len(data) > MAX_BYTES:
            raise DomainError("file-too-large", megabytes=MAX_BYTES // 2**20)
        if kind is FileKind.PHOTO:
            picture = cleaned(data)
            return Prepared(kind, picture.data, picture.mime, picture.width, picture.height)
        if kind is FileKind.VOICE:
            mime = next((mime for at, mark, mime in _VOICE if data.startswith(mark, at)), None)
            if mime is None:
                raise DomainError("not-a-voice")
            return Prepared(kind, data, mime)
        return Prepared(kind, data, "application/octet-stream")

    def keep(self, prepared: Prepared) -> File:
        """Write the bytes, then the row that names them: never a row without its file."""
        digest = self._store.keep(prepared.data)
        with self._work() as work:
            return work.files.add(
                File(
                    kind=prepared.kind,
                    state=FileState.KEPT,
                    created_at=self._clock.now(),
                    sha256=digest,
                    mime=prepared.mime,
                    size=len(prepared.data),
                    width=prepared.width,
                    height=prepared.height,
                )
            )

    @reads
    def find(self, file_id: int) -> tuple[File, bytes] | None:
        """A kept file and its bytes. Who may have it is for the caller to know."""
        with self._work() as work:
            found = work.files.find(file_id)
        if found is None or found.sha256 is None:
            return None
        return found, self._store.read(found.sha256)

    @reads
    def waiting(self, limit: int) -> list[File]:
        """Files still at their messenger."""
        with self._work() as work:
            return work.files.waiting(limit)

    def fetched(self, file_id: int, prepared: Prepared) -> None:
        digest = self._store.keep(prepared.data)
        with self._work() as work:
            found = work.files.find(file_id)
            if found is not None:
                found.state, found.sha256, found.mime = FileState.KEPT, digest, prepared.mime
                found.size, found.width, found.height = len(prepared.data), prepared.width, prepared.height

    def not_fetched(self, file_id: int, *, final: bool) -> None:
        """Count a failed fetch; after the last one, or when the file is not what it says, it is refused."""
        with self._work() as work:
            found = work.files.find(file_id)
            if found is not None:
                found.attempts += 1
                if final or found.attempts >= FETCH_ATTEMPTS:
                    found.state = FileState.REFUSED
