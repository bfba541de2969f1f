"""The store of bytes: what was half written when its writer died is swept away."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.files import PART, FileStore

LONG_AGO = datetime(2030, 5, 13, 2, 0, tzinfo=UTC)


def half_written(store: FileStore, name: str, at: datetime) -> Path:
    part = store.path(name).with_suffix(f".4711{PART}")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(b"half")
    os.utime(part, (at.timestamp(), at.timestamp()))
    return part


def test_old_halves_are_swept_and_young_ones_are_somebodys_work(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    kept = store.path(store.keep(b"whole"))
    old = half_written(store, "aa" * 32, LONG_AGO - timedelta(hours=2))
    young = half_written(store, "bb" * 32, LONG_AGO)
    store.sweep(before=LONG_AGO - timedelta(hours=1))
    assert kept.exists()
    assert not old.exists()
    assert young.exists()


def test_there_is_nothing_to_sweep_before_the_first_file(tmp_path: Path) -> None:
    FileStore(tmp_path / "files").sweep(before=LONG_AGO)
    assert list(tmp_path.iterdir()) == []
