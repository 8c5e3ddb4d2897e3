"""`export-case`: one case as a folder that a court or another centre can read.

case-17/case.html       to read and print: facts, chat, list of files
case-17/case.json       everything, by the record's own names
case-17/attachments/    the files as they were sent
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import Any, Final

from gongyou.desk.keeping.errors import FileTaken
from gongyou.desk.keeping.exporting import ExportedCase, ExportedFile, export_case
from gongyou.desk_command.case_page import render_case
from gongyou.desk_command.errors import BadInput
from gongyou.desk_command.office import Office

_ENDINGS: Final = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
_UNSAFE: Final = re.compile(r"[^\w.-]+")
_NAME_LONGEST: Final = 40


def lines(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """Write the folder; the trail tells who took the case."""
    if not chosen.to.is_dir():
        raise BadInput(f"--to {chosen.to}: no such folder")
    folder = chosen.to / f"case-{chosen.number}"
    if folder.exists():
        raise FileTaken(f"{folder} is there already: name another folder")
    with _new_folder(folder) as part, office.desk.transaction() as session:
        case = export_case(session, chosen.number, office.now)
        _write_all(part, case, office)
    yield f"{folder}: {len(case.messages)} messages, {len(case.files)} files"
    yield "WARNING: this folder is not encrypted: hand it over, then delete it"


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """Write into another folder; it gets this name when all of it is there and in the trail."""
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        (part / "attachments").mkdir(parents=True, mode=0o700)
        yield part
        part.rename(folder)
    finally:
        rmtree(part, ignore_errors=True)


def _write_all(folder: Path, case: ExportedCase, office: Office) -> None:
    files = {file.id: _path_of(file) for file in case.files}
    for file in case.files:
        (folder / files[file.id]).write_bytes(file.content)
    page = render_case(case, files, office.rulebook, office.now)
    (folder / "case.html").write_text(page, encoding="utf-8")
    (folder / "case.json").write_text(_as_json(case, files), encoding="utf-8")


def _path_of(file: ExportedFile) -> str:
    """attachments/3-工资条.png: never a path of the sender's choosing."""
    stem = _UNSAFE.sub("_", Path(file.name).stem).strip("._")[:_NAME_LONGEST]
    return f"attachments/{file.id}{'-' if stem else ''}{stem}{_ENDINGS[file.media]}"


def _as_json(case: ExportedCase, files: Mapping[int, str]) -> str:
    made: dict[str, Any] = {
        "ticket": case.ticket,
        "sheets": case.sheets,
        "papers": case.papers,
        "messages": case.messages,
        "offers": case.offers,
        "notes": case.notes,
        "tags": case.tags,
        "corrections": case.corrections,
        "trail": case.trail,
        "people": case.people,
        "attachments": [
            {
                "file": files[file.id],
                "name": file.name,
                "media": file.media,
                "author": file.author,
                "created_at": file.created_at.isoformat(),
            }
            for file in case.files
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=1)
