"""Whether a candidate may take the place of the present model, and why not.

    PYTHONPATH=. bot/.venv/bin/python -m evaluation.gate JOB RESULT

Both are files of JSON. JOB says where the repository and the two models are, which examples each
has learnt, and the taught cases both are asked; RESULT holds the figures of both and the reasons
against the candidate, none when it may be served. The rules stand in gate.yaml.
"""

import argparse
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot import lifeline
from evaluation.errors import CannotEvaluate
from evaluation.known_failures import CHECKS
from evaluation.measuring import Measured, Side, Yardstick, fold_figures, measure
from evaluation.model import keep_quiet
from gongyou.run.taught import Example, from_rows

Rules = Mapping[str, Any]
RULES = Path(__file__).with_name("gate.yaml")


@dataclass(frozen=True)
class Job:
    """What is compared. `cases` are taught sentences that both sides are asked; `cache` keeps the
    figures of folds from one run to the next, None for no cache."""

    root: Path
    present: Side
    candidate: Side
    cases: tuple[Example, ...]
    checks: Path = CHECKS
    cache: Path | None = None


def judge(job: Job, rules: Rules) -> dict[str, Any]:
    """The figures of both sides, and the reasons against the candidate. Raises CannotEvaluate."""
    stick = Yardstick(job.root, job.cases, job.checks, job.cache)
    present, candidate = measure(stick, job.present), measure(stick, job.candidate)
    known = {str(one.id) for one in job.present.taught}
    new = {str(one.id) for one in job.candidate.taught} - known
    return weigh(present, candidate, fold_figures(stick, ()), new, rules)


def weigh(
    present: Measured,
    candidate: Measured,
    untaught: Mapping[str, Any],
    new: Collection[str],
    rules: Rules,
) -> dict[str, Any]:
    """Two measured models, by the rules; what was lost is named in the candidate's figures.
    `untaught` are the folds' figures of our own sentences alone, `new` the ids that the candidate
    has learnt and the present model has not."""
    lost = {
        kind: sorted(present.passed[kind] - candidate.passed[kind]) for kind in rules["may_lose"]
    }
    worse = [
        *_worse("worse", "slack", present.figures, candidate.figures, rules["folds"]),
        *_worse("drifted", "drift", untaught, candidate.figures, rules["folds"]),
    ]
    strange = sorted(set(new) - present.near)
    named = {f"{kind}_lost": ids for kind, ids in lost.items()} | {"taught_strange": strange}
    return {
        "present": present.figures,
        "candidate": {**candidate.figures, **named},
        "why": [
            *worse,
            *_losses(lost, rules["may_lose"]),
            *_strangeness(strange, new, rules["strange"]),
        ],
    }


def _worse(
    reason: str, allowed: str, than: Mapping[str, Any], figures: Mapping[str, Any], rules: Rules
) -> list[str]:
    """worse_top1 ... for each figure that is worse than the rules allow."""
    reasons = []
    for name, rule in rules.items():
        old, new = than.get(name), figures.get(name)
        if old is None or new is None:
            continue
        worse_by = old - new if rule["better"] == "higher" else new - old
        if round(worse_by, 3) > rule[allowed]:
            reasons.append(f"{reason}_{name}")
    return reasons


def _losses(lost: Mapping[str, Sequence[str]], allowed: Mapping[str, int]) -> list[str]:
    return [f"lost_{kind}" for kind, ids in lost.items() if len(ids) > allowed[kind]]


def _strangeness(strange: Collection[str], new: Collection[str], rule: Rules) -> list[str]:
    """A batch most of which the present model finds far from what it is said to be about."""
    too_many = len(strange) > rule["share"] * len(new)
    return ["strange_taught"] if too_many and len(strange) >= rule["least"] else []


def read_job(path: Path) -> Job:
    row = json.loads(path.read_text(encoding="utf-8"))
    sides = {
        name: Side(Path(row[name]["model"]), from_rows(row[name]["taught"]))
        for name in ("present", "candidate")
    }
    cache = Path(row["cache"]) if row.get("cache") else None
    checks = Path(row["checks"]) if row.get("checks") else CHECKS
    return Job(
        Path(row["root"]), **sides, cases=from_rows(row["cases"]), checks=checks, cache=cache
    )


def read_rules(path: Path = RULES) -> Rules:
    rules: Rules = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rules


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("evaluation.gate")
    parser.add_argument("job", type=Path)
    parser.add_argument("result", type=Path)
    options = parser.parse_args(arguments)
    lifeline.hold()
    keep_quiet()
    from rasa.shared.exceptions import RasaException

    try:
        result = judge(read_job(options.job), read_rules())
    except (CannotEvaluate, RasaException, OSError) as error:
        sys.exit(f"evaluation: {error}")
    text = json.dumps(result, ensure_ascii=False, indent=1)
    options.result.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
