"""The facts of a ticket, read back from each shape in which they were ever stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gongyou.rulebook import Fact, FactError, FactValue, Rulebook, parse_fact, parse_region

_COUNTED: Final = ("money", "number", "integer")


def read_case_facts(rulebook: Rulebook, stored: Mapping[str, Any]) -> dict[str, FactValue]:
    """Stored facts as the rulebook takes them.

    Each is its encoded value (`encode_facts`), or a sheet's {"label", "text"}, with the encoded
    "value" beside them in newer ones. Left out: what the rulebook does not have, or cannot read.
    """
    facts: dict[str, FactValue] = {}
    for name, kept in stored.items():
        value = _read(rulebook, rulebook.facts.get(name), kept)
        if value is not None:
            facts[name] = value
    return facts


def _read(rulebook: Rulebook, fact: Fact | None, kept: Any) -> FactValue | None:
    """The encoded value if there is one, else what the text says."""
    if fact is None:
        return None
    if not isinstance(kept, Mapping):
        return _parse(rulebook, fact, kept)
    value = _parse(rulebook, fact, kept["value"]) if "value" in kept else None
    return _parse(rulebook, fact, kept.get("text")) if value is None else value


def _parse(rulebook: Rulebook, fact: Fact, kept: Any) -> FactValue | None:
    if not isinstance(kept, str | int):
        return None
    text = str(kept)
    if fact.type == "region":
        text = parse_region(rulebook, text) or text
    elif fact.type in _COUNTED:
        text = text.replace(",", "")
    try:
        return parse_fact(fact, text)
    except FactError:
        return None
