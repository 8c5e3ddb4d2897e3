"""The made-up sentences with what must go marked in them, and how much of it is found.

    PYTHONPATH=. .venv/bin/python -m tests.anonymising.marked [learn|report] [--errors]

The odd sentences may be looked at while rules are written (`learn`); no rule is ever made for an
error in the even ones (`report`).
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gongyou.anonymising import Span, find_personal
from gongyou.anonymising.regions import skip_regions

SENTENCES = Path(__file__).with_name("sentences.txt")
MARK = re.compile(r"\{(\w+):([^{}]*)\}")


@dataclass(frozen=True)
class Marked:
    """A sentence, and what of it must go."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Score:
    """found, missed: marked places; wrong: places taken that lie in none."""

    found: Counter[str]
    missed: Counter[str]
    wrong: Counter[str]

    @property
    def recall(self) -> float:
        return self.found.total() / (self.found.total() + self.missed.total())

    @property
    def precision(self) -> float:
        return self.found.total() / (self.found.total() + self.wrong.total())


def read_marked(half: str) -> list[Marked]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if line and not line.startswith("#")]
    return [_read(line) for line in sentences[0 if half == "learn" else 1 :: 2]]


def measure(sentences: Iterable[Marked], errors: list[str]) -> Score:
    """A place is found when nothing of it is left; a region before it may stay."""
    score = Score(Counter(), Counter(), Counter())
    for one in sentences:
        taken = find_personal(one.text)
        gone = {at for span in taken for at in range(span.start, span.end)}
        for span in one.spans:
            start = span.start + skip_regions(one.text[span.start : span.end])
            left = [
                at for at in range(start, span.end) if at not in gone and one.text[at].isalnum()
            ]
            (score.missed if left else score.found)[span.kind] += 1
            if left:
                errors.append(f"- {span.kind} {one.text[span.start : span.end]}\t{one.text}")
        for span in taken:
            if not any(span.start < other.end and other.start < span.end for other in one.spans):
                score.wrong[span.kind] += 1
                errors.append(f"+ {span.kind} {one.text[span.start : span.end]}\t{one.text}")
    return score


def _read(line: str) -> Marked:
    text, spans = "", []
    for piece in re.split(r"(\{\w+:[^{}]*\})", line):
        found = MARK.fullmatch(piece)
        if found:
            spans.append(Span(len(text), len(text) + len(found[2]), found[1]))
        text += found[2] if found else piece
    return Marked(text, tuple(spans))


def main() -> None:
    errors: list[str] = []
    score = measure(read_marked("learn" if "learn" in sys.argv else "report"), errors)
    print(f"recall {score.recall:.3f} precision {score.precision:.3f}")
    print(f"found {dict(score.found)}\nmissed {dict(score.missed)}\nwrong {dict(score.wrong)}")
    if "--errors" in sys.argv:
        print("\n".join(errors))


if __name__ == "__main__":
    main()
