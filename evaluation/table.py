"""Figures as they are read: a title, the figure, the last run's, and what has changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.results import Result

TITLES = {
    "cases": "questions",
    "top1": "right, any topic of the set",
    "top3": "among the first three, any topic of the set",
    "main_top1": "right, main topic",
    "macro_f1": "macro F1, main topic",
    "ece": "calibration error of the confidence (0 is best)",
    "wrong_confident": "wrong and confident: a topic outside the set instead of asking back",
    "asked_back": "asked back",
    "oos_auroc": "out of scope, AUROC",
    "oos_auroc_far": "out of scope, AUROC: no law, small talk, insults",
    "oos_auroc_near": "out of scope, AUROC: other law",
    "oos_recall": "out of scope found, at 5 % false alarms",
    "crisis_recall": "crisis found",
    "crisis_false_alarms": "false alarms of crisis",
    "parse_ms_p50": "one parse, milliseconds, median",
    "parse_ms_p95": "one parse, milliseconds, 95 of 100",
}
COUNTS = frozenset({"cases", "crisis_false_alarms"})
# The columns of a table of groups.
SHORT = {
    "cases": "questions",
    "top1": "right",
    "top3": "first three",
    "main_top1": "main",
    "macro_f1": "F1",
    "wrong_confident": "wrong, confident",
    "asked_back": "asked back",
}


@dataclass(frozen=True)
class Line:
    """One figure as text: its title, now, in the last run, and the difference."""

    title: str
    now: str
    last: str
    delta: str


def lines(now: Result, last: Result | None) -> list[Line]:
    """All figures of a run beside the last one's."""
    before = last or {}
    return [_line(key, now[key], before.get(key)) for key in TITLES]


def group_rows(now: Result, last: Result | None, kind: str) -> list[list[str]]:
    """One row a topic or source type: its name, the columns of SHORT, the change of `right`."""
    before = (last or {}).get(kind, {})
    return [
        [name, *(shown(key, row[key]) for key in SHORT), _delta("top1", row, before.get(name, {}))]
        for name, row in now[kind].items()
    ]


def as_text(rows: Sequence[Line]) -> str:
    """The lines for a terminal."""
    return "\n".join(f"{one.now:>8} {one.delta:>8}  {one.title}" for one in rows)


def shown(key: str, value: float | None) -> str:
    """A figure as text: counts whole, times with a tenth, shares with a thousandth."""
    if value is None:
        return "–"
    if key in COUNTS:
        return str(int(value))
    return f"{value:.1f}" if key.startswith("parse_ms") else f"{value:.3f}"


def _line(key: str, now: float | None, last: float | None) -> Line:
    return Line(
        TITLES[key], shown(key, now), shown(key, last), _delta(key, {key: now}, {key: last})
    )


def _delta(key: str, now: Result, last: Result) -> str:
    if now.get(key) is None or last.get(key) is None:
        return ""
    change = shown(key, abs(now[key] - last[key]))
    if not float(change):
        return "="
    return ("+" if now[key] > last[key] else "−") + change
