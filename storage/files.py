"""Files: their rows, and their bytes in one content-addressed store."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from sqlalchemy import BigInteger, Column, Integer, String, Table, delete, select
from sqlalchemy.orm import Session

from domain.files import File, FileKind, FileState
from storage.base import EnumText, Id, UtcDateTime, mapper, metadata
from storage.engine import Database

PART = ".part"

file = Table(
    "file",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", EnumText(FileKind), nullable=False),
    Column("state", EnumText(FileState), nullable=False, index=True),
    Column("sha256", String(64), index=True),
    Column("mime", String(80), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("duration", Integer, nullable=False),
    Column("bot_id", BigInteger),
    Column("remote_id", String(200)),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

mapper.map_imperatively(File, file)


class FileRows:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entity: File) -> File:
        self._session.add(entity)
        self._session.flush()
        return entity

    def find(self, file_id: int) -> File | None:
        return self._session.get(File, file_id)

    def waiting(self, limit: int) -> list[File]:
        """Files still at their messenger, fewest tries first."""
        query = select(File).where(file.c.state == FileState.WAITING).order_by(file.c.attempts, file.c.id).limit(limit)
        return list(self._session.scalars(query))

    def forget(self, ids: Collection[int]) -> None:
        """Delete rows that nothing refers to any more."""
        self._session.execute(delete(file).where(file.c.id.in_(list(ids))))

    def unnamed(self, digests: Collection[str]) -> set[str]:
        """Those of the digests whose bytes no row names any more."""
        query = select(file.c.sha256).where(file.c.sha256.in_(list(digests)))
        return set(digests) - set(self._session.scalars(query))

    def of_content(self, digests: Collection[str]) -> set[int]:
        """The rows that name these bytes."""
        return set(self._session.scalars(select(file.c.id).where(file.c.sha256.in_(list(digests)))))

    def since(self, instant: datetime) -> list[File]:
        return list(self._session.scalars(select(File).where(file.c.created_at >= instant)))


def digests(database: Database) -> set[str]:
    """The bytes that rows name."""
    with database.reading() as session:
        return set(session.scalars(select(file.c.sha256).where(file.c.sha256.is_not(None))))


class FileStore:
    """Bytes under ``files/ab/<sha256>``. Nothing is overwritten: the same content is the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> str:
        """Write the bytes and give back their SHA-256. On the disk, folder entry included, before this returns:
        the row that names them commits afterwards."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}{PART}")
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        for folder in (path.parent, path.parent.parent):
            sync(folder)
        return digest

    def read(self, digest: str) -> bytes:
        return self.path(digest).read_bytes()

    def remove(self, digest: str) -> None:
        """Erase the bytes; that they are gone already is as good."""
        self.path(digest).unlink(missing_ok=True)

    def sweep(self, before: datetime) -> None:
        """Erase what was begun before then and never got its name, since its writer died. Younger ones may be another
        process's work."""
        for part in self._folder.glob(f"*/*{PART}"):
            with contextlib.suppress(FileNotFoundError):
                if part.stat().st_mtime < before.timestamp():
                    part.unlink()

    def free_bytes(self) -> int:
        """What is left on the disk that the files are on."""
        return shutil.disk_usage(self._folder.parent).free

    def path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def sync(folder: Path) -> None:
    """Write a folder's own entries to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
