"""What a fact takes, in English, for operators and for whoever builds a file of facts."""

from __future__ import annotations

from collections.abc import Iterator

from gongyou.rulebook import Fact

_TYPES = {
    "money": "yuan",
    "number": "a number",
    "integer": "a whole number",
    "date": "a day as 2020-01-31",
    "dates": "days as 2020-01-31, joined by commas",
    "region": "a region's full name or code",
}


def expected(fact: Fact) -> str:
    """One sentence: what to write for the fact."""
    return f"write {'; '.join(_parts(fact))}"


def _parts(fact: Fact) -> Iterator[str]:
    if fact.type in _TYPES:
        yield _TYPES[fact.type] + (f" in {fact.unit}" if fact.unit else "")
    if fact.choices:
        listed = ", ".join(f"{choice.value} ({choice.label})" for choice in fact.choices)
        yield f"one of {listed}" if fact.type == "choice" else f"or one of {listed}"
    if fact.minimum is not None:
        yield f"at least {fact.minimum}"
    if fact.maximum is not None:
        yield f"at most {fact.maximum}"
    if fact.type in ("date", "dates") and fact.latest != "any":
        ahead = "one day after " if fact.latest == "tomorrow" else ""
        yield f"not later than {ahead}the day of the question"
    if fact.after:
        yield f"later than {fact.after}"
