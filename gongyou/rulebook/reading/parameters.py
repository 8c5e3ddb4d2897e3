"""Reads regions.csv and parameters/*.yaml: dated figures of each region."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from gongyou.rulebook.model import STATUSES, Parameter, ParameterRow, Status
from gongyou.rulebook.model.regions import Region, Regions
from gongyou.rulebook.reading.source import Reader, Row

_KEYS = (
    "region", "tier", "value", "from", "until", "document", "number", "article", "status",
    "source", "sources", "note", "verified_on", "beside_wider",
)  # fmt: skip


def read_regions(path: Path, reader: Reader) -> Regions:
    """Every region by its code."""
    made: dict[str, Region] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for line, row in enumerate(csv.DictReader(stream), start=2):
                code, name = row.get("code") or "", row.get("name") or ""
                if len(code) != 6 or not code.isdigit() or not name:
                    reader.problem(
                        line, "region", f"{row} is not a region", "Write code,name,level"
                    )
                elif code in made:
                    reader.problem(line, code, "is there twice", "Keep one line")
                else:
                    made[code] = Region(code, name, row.get("level") or "")
    except (OSError, UnicodeDecodeError) as error:
        reader.problem(1, "file", f"cannot be read ({error})", "Put regions.csv there, in UTF-8")
    else:
        if not made:
            reader.problem(1, "file", "holds no region", "Begin it with code,name,level")
    return Regions(made)


def read_parameter(reader: Reader, regions: Regions) -> Parameter:
    """One parameter and all its rows."""
    top = reader.load()
    top.only("parameter", "title", "unit", "values", "notes")
    name = top.text("parameter")
    if name and name != reader.path.stem:
        top.wrong(f"parameter is {name!r}", f"Name it like the file: {reader.path.stem}")
    rows: dict[str, list[ParameterRow]] = defaultdict(list)
    for row in top.rows("values"):
        made = _row(row, name, regions)
        _check_overlap(row, made, rows[made.region])
        rows[made.region].append(made)
    frozen = {code: tuple(listed) for code, listed in rows.items()}
    return Parameter(name, top.text("title"), top.text("unit"), frozen)


def _row(row: Row, name: str, regions: Regions) -> ParameterRow:
    row.only(*_KEYS)
    code = row.code("region")
    row.where = f"{name} {code}"
    if code not in regions:
        row.wrong(f"region {code} is not in regions.csv", "Fix the code")
    tier_value = name == "min_wage_tier"
    value = (row.text("value", "") or None) if tier_value else row.decimal("value")
    if value is not None and not tier_value and Decimal(value) < 0:
        row.wrong(f"value is {value}", "Give a figure not below zero, or null for not found")
    status = _status(row)
    if row.data.get("value") is None and status != "unverified":
        row.wrong(f"no value, yet {status}", "Write status: unverified, or give the value")
    since, until = row.day("from"), row.day("until", required=False)
    if since and until and until <= since:
        row.wrong(f"until {until} is not after from {since}", "until is the first day after")
    return ParameterRow(
        parameter=name,
        region=code,
        tier=row.text("tier", "") or None,
        value=value,
        since=since or date.min,
        until=until,
        document=row.text("document", ""),
        number=row.text("number", ""),
        article=row.text("article", ""),
        status=status,
        note=row.text("note", ""),
        beside_wider=row.data.get("beside_wider") is True,
        verified_on=row.day("verified_on", required=False),
        sources=(*filter(None, [row.text("source", "")]), *row.strings("sources")),
        place=f"{row.reader.file}:{row.data.line}",
    )


def _status(row: Row) -> Status:
    word = row.one_of("status", STATUSES)
    return next((status for status in STATUSES if status == word), "unverified")


def _check_overlap(row: Row, made: ParameterRow, others: list[ParameterRow]) -> None:
    for other in others:
        if other.tier != made.tier:
            continue
        if made.holds_on(other.since) or other.holds_on(made.since):
            row.wrong(
                f"{made.tier or 'the figure'} from {made.since} overlaps the row from"
                f" {other.since}",
                "End the earlier row (until:) where the later begins",
            )
