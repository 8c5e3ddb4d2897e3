"""A backup: one zip of every table as it stood at one instant, the same for every engine.

manifest.json         the schema's revision; rows and SHA-256 of each table
manifest.seal         HMAC of the manifest under GONGYOU_KEY: was it changed, does the key fit
tables/<name>.jsonl   a line for each row; what is encrypted stays as it is stored
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import BinaryIO

from alembic.migration import MigrationContext
from sqlalchemy import Table
from sqlalchemy.orm import Session

from gongyou.desk.audit import verify_chain
from gongyou.desk.keeping.errors import KeepingError
from gongyou.desk.keeping.rows import reflect_tables, write_lines
from gongyou.desk.vault import vault_of

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.seal"
SEALED_FOR = "backup manifest"
_FAST = 1  # encrypted text shrinks by its base64 and no more, so harder work gains nothing


@dataclass(frozen=True, slots=True)
class TableFigures:
    """How many rows a table has, and the SHA-256 of its lines."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `broken_at`: where the audit trail was already broken, None if whole."""

    format: int
    revision: str
    made_at: str
    engine: str
    broken_at: int | None
    tables: Mapping[str, TableFigures]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables.values())


def write_backup(session: Session, file: BinaryIO, now: datetime) -> Manifest:
    """Write everything the session sees at this instant; others go on writing meanwhile.

    The session must be a fresh one. Raises KeepingError when the database has no schema.
    """
    freeze(session)
    revision = current_revision(session)
    if revision is None:
        raise KeepingError("there is no desk in this database: see GONGYOU_DATABASE_URL")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as archive:
        tables = {
            table.name: _write_table(session, table, archive) for table in reflect_tables(session)
        }
        engine = session.get_bind().dialect.name
        broken_at = verify_chain(session)
        manifest = Manifest(FORMAT, revision, now.isoformat(), engine, broken_at, tables)
        text = json.dumps(asdict(manifest), indent=1)
        archive.writestr(MANIFEST, text)
        archive.writestr(SEAL, vault_of(session).macs(SEALED_FOR, text)[0].hex())
    return manifest


def freeze(session: Session) -> None:
    """From its first read on the session sees one instant, whatever is written meanwhile.

    SQLite does so by itself in every transaction.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def current_revision(session: Session) -> str | None:
    """The schema's revision; None when there is no schema."""
    return MigrationContext.configure(session.connection()).get_current_revision()


def figures_of(session: Session, table: Table) -> TableFigures:
    """The table's rows counted and hashed as a backup would have them."""
    rows, digest = 0, hashlib.sha256()
    for line in write_lines(session, table):
        rows += 1
        digest.update(line)
    return TableFigures(rows, digest.hexdigest())


def member_of(name: str) -> str:
    """Where a table lies in the zip."""
    return f"tables/{name}.jsonl"


def _write_table(session: Session, table: Table, archive: zipfile.ZipFile) -> TableFigures:
    rows, digest = 0, hashlib.sha256()
    with archive.open(member_of(table.name), "w", force_zip64=True) as member:
        for line in write_lines(session, table):
            rows += 1
            digest.update(line)
            member.write(line)
    return TableFigures(rows, digest.hexdigest())
