"""Rows as lines of JSON: the same row gives the same line in every engine.

Tables are reflected, so a database of any revision can be read. Values stay as they are stored:
what is encrypted is never decrypted.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Date, DateTime, LargeBinary, MetaData, String, Table, select
from sqlalchemy.orm import Session

ROWS_AT_ONCE = 1_000
FILES_AT_ONCE = 8  # rows that hold a whole file each
_NOT_OURS = ("alembic_version",)

type Row = dict[str, Any]


def reflect_tables(session: Session) -> list[Table]:
    """The tables there are, each after those it refers to."""
    metadata = MetaData()
    metadata.reflect(session.connection())
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True
    return [table for table in metadata.sorted_tables if table.name not in _NOT_OURS]


def write_lines(session: Session, table: Table) -> Iterator[bytes]:
    """Every row of the table as one line, in the order of its primary key."""
    engine = session.get_bind().dialect.name
    order = [_ordered(column, engine) for column in table.primary_key]
    query = select(table).order_by(*order).execution_options(yield_per=rows_at_once(table))
    for row in session.execute(query).mappings():
        plain = {name: _plain(value) for name, value in row.items()}
        line = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        yield line.encode() + b"\n"


def read_line(table: Table, line: bytes) -> Row:
    """The row again, for this very table. Raises ValueError for a line that is none of its rows."""
    plain = json.loads(line)
    if not isinstance(plain, dict) or plain.keys() != set(table.columns.keys()):
        raise ValueError(f"not a row of {table.name}")
    return {name: _typed(table.columns[name], value) for name, value in plain.items()}


def rows_at_once(table: Table) -> int:
    """How many rows of the table may be in memory together."""
    files = any(isinstance(column.type, LargeBinary) for column in table.columns)
    return FILES_AT_ONCE if files else ROWS_AT_ONCE


def _ordered(column: Column[Any], engine: str) -> Any:
    """PostgreSQL sorts text by the locale unless told; SQLite by its bytes."""
    as_bytes = engine == "postgresql" and isinstance(column.type, String)
    return column.collate("C") if as_bytes else column


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=UTC)
            return aware.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return b64encode(value).decode("ascii")
    return value


def _typed(column: Column[Any], value: Any) -> Any:
    match column.type:
        case _ if value is None:
            return None
        case DateTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case LargeBinary():
            return b64decode(value)
    return value
