"""`backup` and `restore`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gongyou.desk.keeping.backup import Manifest, write_backup
from gongyou.desk.keeping.private import new_file
from gongyou.desk.keeping.restoring import restore_backup
from gongyou.desk_command.office import Office
from gongyou.wiring import build_desk


def back_up(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """Copy the record as it stands now; with --verify, restore the copy and compare."""
    with office.desk.reading() as session, new_file(chosen.file) as file:
        manifest = write_backup(session, file, office.now)
    size = chosen.file.stat().st_size
    yield f"{chosen.file}: {manifest.rows:,} rows, {size:,} bytes, schema {manifest.revision}"
    yield from _trail(manifest)
    if chosen.verify:
        _verify(office, chosen.file)
        yield "verified: restored into a temporary database, every row is the same"


def restore(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """Load a backup into the empty database of GONGYOU_DATABASE_URL, and check every row."""
    manifest = restore_backup(office.desk, chosen.file, office.now)
    engines = f"{manifest.engine} to {office.desk.engine.dialect.name}"
    yield f"restored {manifest.rows:,} rows of {manifest.made_at} from {engines}"
    yield from _trail(manifest)


def _verify(office: Office, path: Path) -> None:
    """In the backup's own folder, where there is room for it. Raises as restore_backup."""
    with TemporaryDirectory(dir=path.absolute().parent, prefix=".verify-") as folder:
        settings = replace(office.settings, database_url=f"sqlite:///{folder}/desk.db")
        with closing(build_desk(settings)) as desk:
            restore_backup(desk, path, office.now)


def _trail(manifest: Manifest) -> Iterator[str]:
    if manifest.broken_at is None:
        yield "the audit trail is whole"
    else:
        yield f"WARNING: the audit trail was already broken at event {manifest.broken_at}"
