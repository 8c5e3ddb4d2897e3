"""A backup made into a database again: an empty one, of any engine, and checked row by row."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import batched
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import Table, func, insert, inspect, select, text, update
from sqlalchemy.orm import Session

from gongyou.desk import migrations
from gongyou.desk.audit import record, verify_chain
from gongyou.desk.base import EncryptedBytes, EncryptedJson, EncryptedText
from gongyou.desk.keeping.archives import damaged, figures_in, open_archive, read_manifest
from gongyou.desk.keeping.backup import Manifest, current_revision, figures_of, member_of
from gongyou.desk.keeping.errors import BackupUnusable, NotEmpty
from gongyou.desk.keeping.rows import Row, read_line, reflect_tables, rows_at_once
from gongyou.desk.store import Desk
from gongyou.desk.tables import metadata
from gongyou.desk.vault import Vault, vault_for, vault_of

_HEAD = "audit_head"  # its one row comes with the schema and is changed, never added


def restore_backup(desk: Desk, path: Path, now: datetime) -> Manifest:
    """Bring the schema to the backup's revision, load and check every row, then to the newest.

    Rows are loaded in one transaction: after a refusal none is there. Raises BackupUnusable,
    NotEmpty, KeyMissing.
    """
    with open_archive(path) as archive:
        manifest = read_manifest(vault_for(desk.engine.dialect), archive)
        with desk.reading() as session:
            check_empty(session, manifest)
        try:
            migrations.upgrade(desk.engine, manifest.revision)
        except CommandError as error:
            newer = f"{path} was made by a newer version (schema {manifest.revision})"
            raise BackupUnusable(f"{newer}: update gongyou first") from error
        with desk.transaction() as session:
            load_backup(session, archive, manifest)
    migrations.upgrade(desk.engine)
    with desk.transaction() as session:
        record(session, "operator", "backup.restore", "desk", now)
    return manifest


def check_empty(session: Session, manifest: Manifest) -> None:
    """Raises NotEmpty unless there are no tables, or the backup's own ones without a row."""
    if not inspect(session.connection()).get_table_names():
        return
    if current_revision(session) != manifest.revision or any(
        _has_rows(session, table) for table in reflect_tables(session)
    ):
        raise NotEmpty(
            "restore needs an empty database: name a new file or a new database in "
            "GONGYOU_DATABASE_URL"
        )


def load_backup(session: Session, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Load every table and check what is then in the database: count, hash, key, audit trail.

    Raises BackupUnusable, KeyMissing.
    """
    tables = reflect_tables(session)
    if {table.name for table in tables} != manifest.tables.keys():
        raise BackupUnusable("this backup does not hold the tables of its own schema")
    for table in tables:
        if figures_in(archive, table) != manifest.tables[table.name]:
            raise damaged(table)
        _load_table(session, table, archive)
        if figures_of(session, table) != manifest.tables[table.name]:
            raise BackupUnusable(f"table {table.name} reads otherwise here: nothing was restored")
    _reset_sequences(session, tables)
    if verify_chain(session) != manifest.broken_at:
        raise BackupUnusable("the audit trail is damaged in this backup: use another one")


def _has_rows(session: Session, table: Table) -> bool:
    if table.name == _HEAD:
        return bool(session.scalar(select(func.max(table.c.last_id))))
    return session.execute(select(table).limit(1)).first() is not None


def _load_table(session: Session, table: Table, archive: zipfile.ZipFile) -> None:
    for rows in batched(_rows(session, table, archive), rows_at_once(table), strict=False):
        if table.name == _HEAD:
            session.execute(update(table).values(rows[0]))
        else:
            session.execute(insert(table), list(rows))


def _rows(session: Session, table: Table, archive: zipfile.ZipFile) -> Iterator[Row]:
    vault, hidden = vault_of(session), _encrypted_columns(table)
    with archive.open(member_of(table.name)) as lines:
        for line in lines:
            try:
                row = read_line(table, line)
            except ValueError as error:
                raise damaged(table) from error
            for name in hidden:
                _check_readable(vault, row[name])
            yield row


def _encrypted_columns(table: Table) -> list[str]:
    ours = metadata.tables.get(table.name)
    if ours is None:
        return []
    encrypted = (EncryptedText, EncryptedJson, EncryptedBytes)
    names = [column.name for column in ours.columns if isinstance(column.type, encrypted)]
    return [name for name in names if name in table.columns]


def _check_readable(vault: Vault, stored: Any) -> None:
    """Raises KeyMissing."""
    if isinstance(stored, str):
        vault.decrypt(stored)
    elif stored is not None:
        vault.decrypt_bytes(stored)


def _reset_sequences(session: Session, tables: list[Table]) -> None:
    """PostgreSQL counts on its own: the next number is after the highest that was loaded."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key:
            named = {"table": table.name, "column": column.name}
            owned = text("SELECT pg_get_serial_sequence(:table, :column)")
            sequence = session.scalar(owned, named)
            highest = session.scalar(select(func.max(column))) if sequence else None
            if highest is not None:
                session.execute(select(func.setval(sequence, highest)))
