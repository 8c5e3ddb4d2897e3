"""Measure the typed facts the bot takes from our own labelled sentences.

    PYTHONPATH=. bot/.venv/bin/python -m evaluation.facts [--half dev|test] [--errors FILE]

A fact is right when its type and its whole value are. `dev` was looked at while the rules were
written; `test` was written before them, and no rule was made for its errors.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

Fact = tuple[str, str]
"""Type and value, as evaluation/facts.jsonl writes them."""

_READ_AS = {"region_ambiguous": "region", "region_unknown": "region", "date_invalid": "date"}
_NOT_MEASURED = frozenset({"stage", "yesno"})


@dataclass(frozen=True)
class Sentence:
    """One sentence, the day it is read on, and the facts it states."""

    half: str
    text: str
    today: date
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Score:
    """How many facts of a type were right, taken wrongly, and overlooked."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        of = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / of if of else 1.0


def read_sentences(path: Path) -> list[Sentence]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [
        Sentence(
            row["half"],
            row["text"],
            date.fromisoformat(row["today"]),
            tuple((fact["type"], fact["value"]) for fact in row["facts"]),
        )
        for row in rows
    ]


def as_written(kind: str, value: Any) -> Fact | None:
    """An entity's type and value as facts.jsonl writes them; None for what is not measured."""
    if kind in _NOT_MEASURED:
        return None
    if kind in _READ_AS:
        return _READ_AS[kind], "not read"
    return kind, str(_WRITTEN[kind](value) if kind in _WRITTEN else value)


_WRITTEN = {
    "date": lambda v: f"{v['from']}/{'..' if v.get('open') else v['until']}",
    "money": lambda v: v["amount"] + (f"/{v['per']}" if v["per"] else ""),
    "duration": lambda v: f"{v['count']} {v['text_unit']}",
    "pregnancy": lambda v: f"{v['count']} {v['unit']}",
    "child_age": lambda v: f"{v['count']} {v['unit']}",
    "headcount": lambda v: f"{v['count']}" + (" family" if v["of"] == "family" else ""),
    "contribution": lambda v: f"{v['months']} {v['kind']}",
    "overtime": lambda v: v["hours"] + (f"/{v['per']}" if v["per"] else ""),
}


def score(sentences: Sequence[Sentence], found: Sequence[Sequence[Fact]]) -> dict[str, Score]:
    """The score of each type, sorted, and of `all`."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for sentence, facts in zip(sentences, found, strict=True):
        expected, got = Counter(sentence.facts), Counter(facts)
        for counter, these in ((right, expected & got), (wrong, got - expected)):
            counter.update(kind for kind, _ in these.elements())
        missed.update(kind for kind, _ in (expected - got).elements())
    kinds = sorted({*right, *wrong, *missed})
    scores = {kind: Score(right[kind], wrong[kind], missed[kind]) for kind in kinds}
    return {**scores, "all": Score(right.total(), wrong.total(), missed.total())}


def table(scores: dict[str, Score]) -> Iterator[str]:
    yield "| fact | right | wrong | missed | precision | recall | F1 |"
    yield "|---|---|---|---|---|---|---|"
    for kind, s in scores.items():
        figures = f"{s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f}"
        yield f"| {kind} | {s.right} | {s.wrong} | {s.missed} | {figures} |"


def errors(sentences: Sequence[Sentence], found: Sequence[Sequence[Fact]]) -> Iterator[str]:
    """One line a sentence in which something was taken wrongly (+) or overlooked (-)."""
    for sentence, facts in zip(sentences, found, strict=True):
        expected, got = Counter(sentence.facts), Counter(facts)
        signs = [f"+{kind} {value}" for kind, value in (got - expected).elements()]
        signs += [f"-{kind} {value}" for kind, value in (expected - got).elements()]
        if signs:
            yield f"{sentence.text}\t{' | '.join(signs)}"


def find(sentences: Sequence[Sentence], lexicon: Path, regions: Path) -> list[list[Fact]]:
    """The facts the bot takes from each sentence."""
    from bot.nlu.facts import FactReader
    from bot.zh.fold import fold
    from bot.zh.lexicon import read_lexicon

    reader = FactReader(read_lexicon(lexicon, regions))
    spans = (reader.read(fold(sentence.text), sentence.today) for sentence in sentences)
    return [[f for span in one if (f := as_written(span.kind, span.value))] for one in spans]


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evaluation.facts", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("evaluation/facts.jsonl"))
    parser.add_argument(
        "--half", choices=("dev", "test"), help="only this half; both when left out"
    )
    parser.add_argument("--lexicon", type=Path, default=Path("data/lexicon"))
    parser.add_argument("--regions", type=Path, default=Path("rulebook/regions.csv"))
    parser.add_argument("--errors", type=Path, help="where to write what went wrong")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    options = parse_arguments(arguments)
    sentences = [s for s in read_sentences(options.data) if options.half in (None, s.half)]
    found = find(sentences, options.lexicon, options.regions)
    print(f"{len(sentences)} sentences, {sum(len(s.facts) for s in sentences)} facts\n")
    print("\n".join(table(score(sentences, found))))
    if options.errors:
        options.errors.write_text("\n".join(errors(sentences, found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
