"""The figures of a run in plain words, the present model beside the candidate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongyou.web.texts import read_texts

type Side = Mapping[str, Any]

NOT_MEASURED = "—"


@dataclass(frozen=True)
class FigureRow:
    """One figure; `tone`: "better", "worse" or "" for the candidate beside the present one."""

    name: str
    present: str
    candidate: str
    tone: str


def show_figures(figures: Mapping[str, Any] | None) -> tuple[FigureRow, ...]:
    """In the order of the texts; a figure that neither has is left out."""
    present: Side = (figures or {}).get("present") or {}
    candidate: Side = (figures or {}).get("candidate") or {}
    return tuple(
        _row(name, kind, present, candidate)
        for name, kind in read_texts()["training_figures"].items()
        if _shown(name, kind, present) != NOT_MEASURED
        or _shown(name, kind, candidate) != NOT_MEASURED
    )


def _row(name: str, kind: Mapping[str, str], present: Side, candidate: Side) -> FigureRow:
    before, after = _shown(name, kind, present), _shown(name, kind, candidate)
    is_told = "better" in kind and NOT_MEASURED not in (before, after) and before != after
    is_more = is_told and candidate[name] > present[name]
    tone = "better" if is_more == (kind.get("better") == "more") else "worse"
    return FigureRow(kind["name"], before, after, tone if is_told else "")


def _shown(name: str, kind: Mapping[str, str], side: Side) -> str:
    """91.2%, or 118 / 120; a dash for what was not measured, or for a part of nothing."""
    value, of = side.get(name), side.get(f"{name}_of")
    if value is None or (kind["as"] == "part" and not of):
        return NOT_MEASURED
    return f"{value} / {of}" if kind["as"] == "part" else f"{value:.1%}"
