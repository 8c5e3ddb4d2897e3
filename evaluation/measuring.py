"""One model, measured for the gate: folds of our own sentences, our checks, what was taught."""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.cases import Case, read_cases
from evaluation.figures import figures
from evaluation.folds import cross_validate
from evaluation.judging import Judge, Judged
from evaluation.model import load, parse_all
from evaluation.taught_facts import says_facts
from evaluation.topics import read_intents, read_topics
from gongyou.run.model import fingerprint
from gongyou.run.taught import Example, intent_of

FOLDS = 5
TO_COMPARE = ("top1", "wrong_confident", "crisis_recall")
SHOWN = (*TO_COMPARE, "top3", "asked_back")


@dataclass(frozen=True)
class Side:
    """A trained model, and the examples it has learnt beside our own sentences."""

    model: Path
    taught: tuple[Example, ...]


@dataclass(frozen=True)
class Yardstick:
    """What both sides are measured by."""

    root: Path
    cases: tuple[Example, ...]
    checks: Path
    cache: Path | None


@dataclass(frozen=True)
class Measured:
    """Figures as they are printed, the ids of the checks and taught cases that pass, and of the
    taught cases whose topic is among the first three guesses."""

    figures: dict[str, Any]
    passed: dict[str, frozenset[str]]
    near: frozenset[str] = frozenset()


def measure(stick: Yardstick, side: Side) -> Measured:
    """Measure one side. Raises CannotEvaluate."""
    judge = _judge(stick.root)
    checks = read_cases(stick.checks, judge.intents | judge.topics)
    taught = [Case(str(one.id), one.text, (one.topic,), "in") for one in stick.cases]
    judged = _ask(side.model, [*checks, *taught], judge)
    right = {
        "checks": frozenset(one.case.id for one in judged[: len(checks)] if one.right),
        "taught": _right_taught(stick, judged[len(checks) :]),
    }
    counts = {kind: len(ids) for kind, ids in right.items()}
    of = {"checks_of": len(checks), "taught_of": len(taught)}
    near = frozenset(one.case.id for one in judged[len(checks) :] if one.right_of_three)
    return Measured({**fold_figures(stick, side.taught), **counts, **of}, right, near)


def fold_figures(stick: Yardstick, taught: Sequence[Example]) -> dict[str, Any]:
    """The figures of `make evaluate` that are compared, to three decimals; kept in the cache under
    everything they follow from."""
    kept = stick.cache and stick.cache / f"{fingerprint(stick.root, taught)}-{_code()}.json"
    if kept and kept.exists():
        found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return found
    judge = _judge(stick.root)
    cases, predictions = cross_validate(stick.root, FOLDS, _as_cases(taught, judge))
    all_of_them = figures(judge.judge(cases, predictions))
    shown = {name: _rounded(all_of_them[name]) for name in SHOWN} | {"cases": len(cases)}
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(".half")
        half.write_text(json.dumps(shown), encoding="utf-8")
        half.replace(kept)
    return shown


def _judge(root: Path) -> Judge:
    return Judge(read_intents(root), read_topics(root))


def _ask(model: Path, cases: Sequence[Case], judge: Judge) -> list[Judged]:
    predictions = asyncio.run(parse_all(load(model), [case.text for case in cases]))
    return judge.judge(cases, predictions)


def _right_taught(stick: Yardstick, judged: Sequence[Judged]) -> frozenset[str]:
    """The topic is right, and the facts the officer gave are among those that are read."""
    pairs = zip(stick.cases, judged, strict=True)
    return frozenset(str(one.id) for one, got in pairs if got.right and says_facts(one, stick.root))


def _as_cases(taught: Sequence[Example], judge: Judge) -> list[Case]:
    return [
        Case(f"taught-{one.id}", one.text, (intent_of(one, judge.intents),), "in", "taught")
        for one in taught
    ]


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 3)


def _code() -> str:
    """Eight hex digits of the code that measures."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
