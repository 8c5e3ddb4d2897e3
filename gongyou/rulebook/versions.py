"""A rule or figure as it stands now, so that an answer can tell later what it rested on.

`content` is a hash of what the rule says and works out: first day, status, region, conditions,
formulas, amounts, the sentence. Titles, notes and sources are not in it, so a corrected comma
there recalls nobody; neither is the last day, which a rule only gets when the next one follows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Final

from gongyou.rulebook.model import ParameterRow, Rule, Rulebook, Status
from gongyou.rulebook.model.formula import Formula

_RULE: Final = (
    *("id", "region", "since", "when", "says", "status"),
    *("amount", "eligibility", "deadline", "rank", "favourable"),
)
_FIGURE: Final = ("id", "region", "tier", "value", "since", "status", "beside_wider")


@dataclass(frozen=True, slots=True)
class Version:
    """One rule or figure: its id, first day in force, status, and the hash of its content."""

    id: str
    since: date
    status: Status
    content: str


def versions(rulebook: Rulebook, only: Collection[str] | None = None) -> Mapping[str, Version]:
    """Every rule and figure by its id, or only those. All take a while: work them out once."""
    wanted = (one for one in _everything(rulebook) if only is None or one.id in only)
    return {one.id: _version(one) for one in wanted}


def contents(rulebook: Rulebook) -> Mapping[str, str]:
    """The hash of every rule and figure by its id."""
    return {name: one.content for name, one in versions(rulebook).items()}


def versions_of(known: Mapping[str, Version], ids: Iterable[str]) -> list[dict[str, str]]:
    """Those of an answer's trace, JSON-safe: {"id", "since", "status", "content"}."""
    found = (known[name] for name in dict.fromkeys(ids) if name in known)
    return [
        {
            "id": one.id,
            "since": one.since.isoformat(),
            "status": one.status,
            "content": one.content,
        }
        for one in found
    ]


def _everything(rulebook: Rulebook) -> Iterator[Rule | ParameterRow]:
    for topic in rulebook.topics.values():
        yield from topic.rules
    for parameter in rulebook.parameters.values():
        for rows in parameter.rows.values():
            yield from rows


def _version(one: Rule | ParameterRow) -> Version:
    names = _RULE if isinstance(one, Rule) else _FIGURE
    told = json.dumps(_set_fields(one, names), ensure_ascii=False, sort_keys=True)
    return Version(one.id, one.since, one.status, hashlib.sha256(told.encode()).hexdigest())


def _set_fields(value: Any, names: Iterable[str]) -> dict[str, Any]:
    """Those that say something: a field the rulebook gains one day changes no hash by itself."""
    told = {name: getattr(value, name) for name in names}
    return {
        name: _plain(each)
        for name, each in told.items()
        if not (each is None or each is False or each in ("", ()))
    }


def _plain(value: Any) -> Any:
    """The value in JSON, a formula as it is written."""
    match value:
        case None | bool() | int() | str():
            return value
        case Formula(text=text):
            return text
        case Mapping():
            return {str(key): _plain(each) for key, each in sorted(value.items())}
        case frozenset() | set():
            return sorted(map(str, value))
        case list() | tuple():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value):
            return _set_fields(value, [field.name for field in fields(value)])
    return str(value)
