"""Backup and its way back: one archive with all rows and all files, whatever database they came from or go to."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

from bot.folder import make_usable
from bot.lock import AlreadyRunning, FolderLock
from bot.settings import Settings, SettingsError
from bot.upkeep import open_database
from domain.failpoints import reach
from services.clock import SystemClock
from storage.calendar import RESTORED
from storage.copying import NotEmpty, copy_rows
from storage.engine import Database, sqlite_url
from storage.files import FileStore, digests, sync
from storage.migrate import NewerDatabase, head, migrate
from storage.unit_of_work import Store

ROWS, FILES, MANIFEST = "bot.sqlite3", "files/", "manifest.json"
TRIES = 3
"""Bytes erased between reading the rows and reading the files make a backup begin anew so often."""


def back_up(settings: Settings, target: Path) -> str:
    """Write everything into a new archive, as it stands at one instant, beside a running bot too. What was written is
    compared with what was read before the archive gets its name. Gives back a line that says what is in it. Raises
    SettingsError."""
    if target.exists():
        raise SettingsError(f"{target} exists already: name another file")
    database, store = open_database(settings), FileStore(settings.folder / "files")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        for left in reversed(range(TRIES)):
            try:
                counts, files = _write(database, store, part, SystemClock(settings.clock_offset_file).now())
                break
            except FileNotFoundError as missing:
                if not left:
                    raise SettingsError(f"a file is missing: {missing.filename}") from None
        part.replace(target)
        sync(target.parent)
    finally:
        part.unlink(missing_ok=True)
        database.close()
    return f"{target}: {sum(counts.values())} rows, {files} files"


def bring_back(settings: Settings, archive: Path) -> str:
    """Fill an empty installation from an archive. Whatever was due before now is held, until an administrator says
    whether it is still to be sent. Gives back a line that says what came. Raises SettingsError."""
    make_usable(settings.folder)
    lock = FolderLock(settings.folder)
    try:
        lock.take()
    except AlreadyRunning as running:
        raise SettingsError(str(running)) from None
    database, store = open_database(settings), FileStore(settings.folder / "files")
    try:
        with tempfile.TemporaryDirectory(dir=settings.folder) as folder, _opened(archive) as tar:
            files = _unpack(tar, Path(folder) / ROWS, store)
            counts = _fill(database, Path(folder) / ROWS)
            held = _hold(database, SystemClock(settings.clock_offset_file).now())
    finally:
        database.close()
        lock.release()
    came = f"{archive}: {sum(counts.values())} rows, {files} files"
    return f"{came}; {held} messages that were due are held: see /health"


def _write(database: Database, store: FileStore, part: Path, now: datetime) -> tuple[dict[str, int], int]:
    with tempfile.TemporaryDirectory(dir=part.parent) as folder, part.open("wb") as stream:
        rows = Path(folder) / ROWS
        snapshot = Database(sqlite_url(rows))
        try:
            migrate(snapshot)
            counts = copy_rows(database, snapshot)
            named = digests(snapshot)
            reach("during_backup")
        finally:
            snapshot.close()
        with tarfile.open(fileobj=stream, mode="w") as tar:
            about = {"made_at": now.isoformat(), "revision": head(), "rows": counts, "files": len(named)}
            _add(tar, MANIFEST, json.dumps(about, indent=1).encode())
            tar.add(rows, ROWS)
            for digest in sorted(named):
                data = store.read(digest)
                if hashlib.sha256(data).hexdigest() != digest:
                    raise SettingsError(f"a file is damaged: {store.path(digest)}")
                _add(tar, f"{FILES}{digest}", data)
        stream.flush()
        os.fsync(stream.fileno())
    return counts, len(named)


def _opened(archive: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(archive)
    except FileNotFoundError:
        raise SettingsError(f"there is no file {archive}") from None
    except (OSError, tarfile.TarError):
        raise SettingsError(f"{archive} is no backup, or it is damaged") from None


def _unpack(tar: tarfile.TarFile, rows: Path, store: FileStore) -> int:
    """The files before the rows that name them. Nothing is written under a name that the archive chose."""
    try:
        about = json.loads(_read(tar, MANIFEST))
        rows.write_bytes(_read(tar, ROWS))
        names = [name for name in tar.getnames() if name.startswith(FILES)]
        for name in names:
            if store.keep(_read(tar, name)) != name.removeprefix(FILES):
                raise SettingsError(f"{tar.name!s} is damaged: {name}")
    except (KeyError, ValueError, tarfile.TarError, EOFError):
        raise SettingsError(f"{tar.name!s} is no backup, or it is damaged") from None
    if len(names) != about["files"]:
        raise SettingsError(f"{tar.name!s} is damaged: {about['files'] - len(names)} files are missing")
    return len(names)


def _fill(database: Database, rows: Path) -> dict[str, int]:
    snapshot = Database(sqlite_url(rows))
    try:
        migrate(snapshot)
        return copy_rows(snapshot, database)
    except NotEmpty:
        raise SettingsError("there are people in the database already: bring a backup back into an empty one") from None
    except NewerDatabase:
        raise SettingsError("the backup was made by a newer release than this one") from None
    finally:
        snapshot.close()


def _hold(database: Database, now: datetime) -> int:
    with Store(database).work() as work:
        work.calendar.decide(RESTORED, now.isoformat())
        held = work.deliveries.hold_due(now)
        work.audit.record(now, None, "backup.restore", "", held=held)
        return held


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    stream = tar.extractfile(name)
    if stream is None:
        raise KeyError(name)
    return stream.read()
