"""Whether the bot reads from a taught sentence the facts that an officer gave for it.

Facts come as the rulebook encodes them: an amount, a day, a count, a region's code. The bot's
reading is compared as evaluation/facts.py writes it. A choice is no value a sentence spells out:
it is asked for, and not judged here.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from evaluation.facts import Fact, Sentence, find
from evaluation.model import TODAY
from gongyou.run.taught import Example

JUDGED = frozenset({"region", "money", "date", "dates", "integer", "number"})
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def says_facts(example: Example, root: Path) -> bool:
    """True when every fact that can be judged is read, so also when there is none."""
    types = _types(root / "rulebook/facts")
    wanted = [(types.get(name, ""), str(value)) for name, value in example.facts.items()]
    judged = [(kind, value) for kind, value in wanted if kind in JUDGED]
    if not judged:
        return True
    said = _read(example, root)
    return all(_is_said(kind, value, said) for kind, value in judged)


def _is_said(kind: str, value: str, said: list[Fact]) -> bool:
    if kind == "region":
        return ("region", value) in said
    if kind in ("date", "dates"):
        days = {shown.partition("/")[0] for name, shown in said if name == "date"}
        return days.issuperset(value.split(","))
    numbers = {float(n) for name, shown in said if name != "date" for n in _NUMBER.findall(shown)}
    return float(value) in numbers if _NUMBER.fullmatch(value) else True


def _read(example: Example, root: Path) -> list[Fact]:
    from datetime import date

    today = date.fromisoformat(example.today or TODAY)
    sentence = Sentence("taught", example.text, today, ())
    (said,) = find([sentence], root / "data/lexicon", root / "rulebook/regions.csv")
    return said


@cache
def _types(folder: Path) -> dict[str, str]:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in folder.glob("*.yaml")]
    facts: dict[str, Any] = {}
    for one in files:
        facts.update(one.get("facts") or {})
    return {name: str(fact.get("type", "")) for name, fact in facts.items()}
