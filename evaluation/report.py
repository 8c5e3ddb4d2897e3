"""What a run prints, and the table of its errors."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation import scoring
from evaluation.scoring import Judged, Recall


def report_lines(judged: Sequence[Judged]) -> Iterator[str]:
    """The report, line by line. It holds no text of any question."""
    yield f"cases              {len(judged)}"
    yield f"right, in the set  {scoring.accuracy(judged):.3f}"
    yield f"right, main topic  {scoring.main_accuracy(judged):.3f}"
    yield f"out of scope AUROC {_figure(scoring.out_of_scope_auroc(judged))}"
    yield f"out of scope found {_figure(scoring.out_of_scope_recall(judged))} at 5 % false"
    yield from _table("recall by label", scoring.recalls(judged))
    yield from _table("recall by main topic", scoring.topic_recalls(judged))
    yield "\nconfusions (main label, taken for)"
    for expected, got, count in scoring.confusions(judged):
        yield f"{count:5}  {expected} -> {got}"


def write_errors(path: Path, judged: Sequence[Judged]) -> int:
    """Write the wrong ones as TSV (id, expected, got, text) and return how many there are.
    The file holds the questions' text: keep it where the questions are kept."""
    wrong = [one for one in judged if not one.right]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(["id", "expected", "got", "text"])
        rows.writerows([o.case.id, "|".join(o.case.topics), o.got, o.case.text] for o in wrong)
    return len(wrong)


def _table(title: str, recalls: Sequence[Recall]) -> Iterator[str]:
    yield f"\n{title}"
    for one in recalls:
        yield f"{one.right:5}/{one.total:<5} {one.right / one.total:.2f}  {one.label}"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
