"""Reads and checks the sentence templates, so that none can fail while a worker waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Final

from gongyou.rulebook.reading.source import Row

_FIELDS: Final = (
    "value", "count", "region", "title", "label", "says", "each", "figure", "source", "missing",
    "condition", "first", "last", "say", "document", "number", "article", "life", "since",
    "until", "status", "total", "known", "low", "high", "span", "n", "deadline", "days_left",
    "unit", "text", "name", "reasons", "papers", "before", "after",
)  # fmt: skip
_SHARED: Final = (
    "unsure", "function.REST", "group.other", "contradiction", "no_rule.outside",
    "source.min_wage_monthly", "line.plain",
    "line.amount", "line.amount.only", "label.day", "label.period", "missing.impossible",
    "eligibility.yes", "eligibility.no", "eligibility.unsure", "eligibility.unverified",
    "eligibility.papers", "reason.yes", "reason.no", "reason.unsure", "reason.no_figure",
    "line.alternatives", "line.option", "line.two", "line.missing",
    "line.missing.only", "line.each", "line.source", "missing.fact", "missing.parameter",
    "missing.region", "missing.rule", "missing.no_rule", "note.basis", "note.secondary",
    "note.unsorted", "note.vague", "cite", "cite.number", "cite.life.since", "cite.life.ended",
    "cite.life.unknown", "cite.verified", "cite.secondary", "cite.unverified", "conclusion.exact",
    "conclusion.nothing", "conclusion.range", "conclusion.part", "conclusion.none",
    "conclusion.lines",
    "compare.change", "compare.day", "compare.fact", "compare.untold", "compare.nothing",
    "compare.more", "compare.less", "compare.later", "compare.earlier", "compare.same",
    "compare.unsure", "compare.none", "compare.yes", "compare.no", "compare.open",
    "compare.still", "compare.turned", "compare.before", "compare.after", "compare.needs",
    "compare.left", "compare.came", "compare.between", "compare.absent",
)  # fmt: skip
_SEGMENTED: Final = (
    "label.first", "label.later", "label.after_resume", "refused.stop_from_unknown",
    "refused.too_long",
)  # fmt: skip


def read_shared_words(top: Row) -> Mapping[str, str]:
    """words.yaml: the templates all topics share."""
    return _read(top, _SHARED)


def read_topic_words(top: Row, in_cycles: bool) -> Mapping[str, str]:
    """A topic's `words`; they come before the shared ones."""
    words = Row(top.reader, top.row("words").data, "words")
    return _read(words, ("no_rule", *(_SEGMENTED if in_cycles else ())))


def check_template(row: Row, text: str, allowed: Iterable[str]) -> None:
    """Records a template that names what nobody will fill in, or that cannot be read."""
    try:
        named = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:
        row.wrong(f"{text!r} is not a template ({error})", "Close each { with }")
        return
    for field in sorted(named - set(allowed)):
        row.wrong(f"{text!r} names {{{field}}}", f"Use {', '.join(sorted(allowed)) or 'none'}")


def _read(row: Row, required: Iterable[str]) -> Mapping[str, str]:
    for key in required:
        if key not in row.data:
            row.wrong(f"{key} is missing", f"Write {key}: and its sentence")
    words = {str(key): row.text(str(key)) for key in row.data}
    for key, text in words.items():
        check_template(row, text, ("0", "1") if key.startswith("function.") else _FIELDS)
    return words
