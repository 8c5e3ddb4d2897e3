"""The report of a run as Markdown and as one HTML page that needs no network."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evaluation.confusion import Confusion, commonest, confusion
from evaluation.judging import Judged
from evaluation.results import Result, Run
from evaluation.table import SHORT, group_rows, lines

TEMPLATES = Path(__file__).with_name("templates")
WORST = 100


def write_reports(
    folder: Path, run: Run, now: Result, last: Result | None, with_text: bool
) -> list[Path]:
    """Write <name>.md and <name>.html and return where. The questions' text is in them only
    `with_text`: without it they name ids and topics."""
    said = contents(run, now, last, with_text)
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    paths = [folder / f"{run.name}{ending}" for ending in (".md", ".html")]
    for path in paths:
        page = templates.get_template(f"report{path.suffix}").render(said)
        path.write_text(page, encoding="utf-8")
    return paths


def contents(run: Run, now: Result, last: Result | None, with_text: bool) -> dict[str, Any]:
    """All that a template says."""
    return {
        "now": now,
        "last": last,
        "lines": lines(now, last),
        "columns": [*SHORT.values(), "change of right"],
        "groups": [
            ("By main topic", group_rows(now, last, "topic")),
            ("By source type", group_rows(now, last, "source_type")),
        ],
        "confusion": heat(confusion(run.judged)),
        "commonest": commonest(run.judged),
        "worst": [_error(one, with_text) for one in worst(run.judged)],
        "wrong": sum(not one.right for one in run.judged),
        "with_text": with_text,
    }


def worst(judged: Sequence[Judged]) -> list[Judged]:
    """The wrong ones: answered before asked back, the most confident first; at most WORST."""
    wrong = [one for one in judged if not one.right]
    return sorted(wrong, key=lambda one: (not one.wrong_and_confident, -one.confidence))[:WORST]


def heat(table: Confusion) -> dict[str, Any]:
    """Rows of (count, share of the row) for each main label that was asked."""
    rows = [
        (name, sum(row), [(count, count / sum(row)) for count in row])
        for name, row in zip(table.labels, table.counts, strict=True)
        if sum(row)
    ]
    return {"labels": table.labels, "rows": rows}


def _error(one: Judged, with_text: bool) -> dict[str, str]:
    text = " ".join(one.case.text.split()) if with_text else ""
    return {
        "id": one.case.id,
        "expected": ", ".join(one.case.topics),
        "got": one.got,
        "confidence": f"{one.confidence:.2f}",
        "source_type": one.case.source_type,
        "text": text,
    }
