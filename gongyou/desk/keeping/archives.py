"""A backup's file opened again: is it one, is it whole, does the key fit."""

import hashlib
import json
import zipfile
import zlib
from pathlib import Path
from typing import Final

from sqlalchemy import Table

from gongyou.desk.keeping.backup import (
    FORMAT,
    MANIFEST,
    SEAL,
    SEALED_FOR,
    Manifest,
    TableFigures,
    member_of,
)
from gongyou.desk.keeping.errors import BackupUnusable
from gongyou.desk.vault import Vault

_LARGEST_MANIFEST: Final = 1_000_000  # bytes


def open_archive(path: Path) -> zipfile.ZipFile:
    """Raises BackupUnusable."""
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise BackupUnusable(f"{path}: no such file") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise BackupUnusable(f"{path} is no backup of gongyou's, or is cut off") from error


def read_manifest(vault: Vault, archive: zipfile.ZipFile) -> Manifest:
    """What the backup says it holds. Raises BackupUnusable: changed, or under another key."""
    try:
        written = _read_small(archive, MANIFEST)
        seal = _read_small(archive, SEAL)
        known = json.loads(written)
        tables = {name: TableFigures(**one) for name, one in known.pop("tables").items()}
        manifest = Manifest(tables=tables, **known)
    except (KeyError, ValueError, TypeError) as error:
        raise BackupUnusable("this is no backup of gongyou's") from error
    if manifest.format != FORMAT:
        raise BackupUnusable("this backup was made by a newer version: update gongyou first")
    if seal not in [mac.hex() for mac in vault.macs(SEALED_FOR, written)]:
        raise BackupUnusable(
            "GONGYOU_KEY is not the key this backup was made with, or its manifest was changed"
        )
    return manifest


def figures_in(archive: zipfile.ZipFile, table: Table) -> TableFigures:
    """The lines the file has for this table, counted and hashed. Raises BackupUnusable."""
    rows, digest = 0, hashlib.sha256()
    try:
        with archive.open(member_of(table.name)) as lines:
            for line in lines:
                rows += 1
                digest.update(line)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise damaged(table) from error
    return TableFigures(rows, digest.hexdigest())


def damaged(table: Table) -> BackupUnusable:
    """The refusal of this table."""
    return BackupUnusable(f"table {table.name} is damaged in this backup: use another one")


def _read_small(archive: zipfile.ZipFile, name: str) -> str:
    if archive.getinfo(name).file_size > _LARGEST_MANIFEST:
        raise ValueError(f"{name} is too large")
    return archive.read(name).decode()
