"""Facts in and out: from a form's text, to JSON and back, and into words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from gongyou.rulebook.model import UNKNOWN, Fact, FactValue, Rulebook
from gongyou.rulebook.model.errors import FactError
from gongyou.rulebook.model.text import day_text, plain_number, yuan

_UNSURE = frozenset({UNKNOWN, "不清楚", "不知道", "记不清", "记不得了", "说不准"})
_SHORT_REPLY = 15  # characters; a longer text may hold any word
_MOST_DAYS = 60
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def parse_fact(fact: Fact, text: str) -> FactValue | None:
    """The value a form's text stands for; None for empty text; UNKNOWN for 不清楚.

    Raises FactError (a ValueError) whose Chinese text names the field and what to write.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return None
    if text in _UNSURE:
        return UNKNOWN
    chosen = _chosen(fact, text)
    if chosen is not None:
        return chosen
    value = _parse(fact, text)
    check_fact(fact, value)
    return value


def _chosen(fact: Fact, text: str) -> FactValue | None:
    """The choice named exactly, or in a short reply by its longest word (没离职, not 离职)."""
    for choice in fact.choices:
        if text in (choice.label, str(choice.value)):
            return choice.value
    if fact.type != "choice" or len(text) > _SHORT_REPLY:
        return None
    said = [
        (len(word), choice.value)
        for choice in fact.choices
        for word in (choice.label, *choice.also)
        if word in text
    ]
    said += [(len(word), UNKNOWN) for word in _UNSURE if word in text]
    return max(said, key=lambda found: found[0])[1] if said else None


def _parse(fact: Fact, text: str) -> FactValue:
    try:
        if fact.type == "date":
            return parse_day(text) or _refuse(fact)
        if fact.type == "dates":
            return _parse_days(text)
        if fact.type == "integer":
            return int(text.removesuffix(fact.unit).strip())
        if fact.type in ("money", "number"):
            return Decimal(re.sub(r"[,\s¥]|元$", "", text.removesuffix(fact.unit)))
    except (ValueError, InvalidOperation):
        _refuse(fact)
    if fact.type == "region" and re.fullmatch(r"\d{6}", text):
        return text
    return _refuse(fact)


def parse_day(text: str) -> date | None:
    """The day of 2026-09-01 or 2026年9月1日; None for another form.

    Raises ValueError when there is no such day.
    """
    found = _DATE.fullmatch(text)
    return date(*map(int, found.groups())) if found else None


def _parse_days(text: str) -> tuple[date, ...]:
    """Days in order, each once. Raises ValueError when anything else is there."""
    days = [date(*map(int, found)) for found in _DATE.findall(text)]
    if not days or _DATE.sub("", text).strip(" ,，、;；和()"):
        raise ValueError(text)
    return tuple(sorted(set(days)))


def _refuse(fact: Fact) -> str:
    raise FactError(fact.name, fact.wrong)


@lru_cache(maxsize=4096, typed=True)
def check_fact(fact: Fact, value: FactValue) -> None:
    """Raises FactError when a value is of the wrong kind or out of its range."""
    if value == UNKNOWN:
        return
    if fact.choices and any(value == choice.value for choice in fact.choices):
        return
    if not _right_kind(fact, value):
        _refuse(fact)
    low, high = fact.minimum, fact.maximum
    if isinstance(value, tuple):
        for day in value:
            check_fact(replace(fact, type="date"), day)
        return
    if isinstance(value, date):
        outside = (isinstance(low, date) and value < low) or (
            isinstance(high, date) and value > high
        )
    else:
        outside = isinstance(value, int | Decimal) and (
            (isinstance(low, Decimal) and value < low)
            or (isinstance(high, Decimal) and value > high)
        )
    if outside:
        _refuse(fact)


def _right_kind(fact: Fact, value: FactValue) -> bool:
    if fact.type in ("money", "number"):
        return type(value) is int or (isinstance(value, Decimal) and value.is_finite())
    if fact.type == "integer":
        return type(value) is int
    if fact.type == "date":
        return type(value) is date
    if fact.type == "dates":
        return isinstance(value, tuple) and 0 < len(value) <= _MOST_DAYS
    return fact.type == "region" and isinstance(value, str) and len(value) == 6


def encode_facts(facts: Mapping[str, FactValue]) -> dict[str, str | int]:
    """JSON-safe facts: dates as ISO text, several joined by commas; Decimals as text."""
    return {name: _encode(value) for name, value in facts.items()}


def _encode(value: FactValue) -> str | int:
    if isinstance(value, tuple):
        return ",".join(day.isoformat() for day in value)
    if isinstance(value, str | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def decode_facts(rulebook: Rulebook, data: Mapping[str, str | int]) -> dict[str, FactValue]:
    """The opposite of encode_facts. Facts the rulebook no longer has are left out.

    Raises FactError for a value that cannot be one.
    """
    made: dict[str, FactValue] = {}
    for name, value in data.items():
        fact = rulebook.facts.get(name)
        parsed = parse_fact(fact, str(value)) if fact is not None else None
        if parsed is not None:
            made[name] = parsed
    return made


def describe_fact(rulebook: Rulebook, name: str, value: FactValue) -> str:
    """4,000 元; 2026年9月1日; 河南省焦作市; 没干; 不清楚."""
    fact = rulebook.facts[name]
    for choice in fact.choices:
        if value == choice.value:
            return choice.label
    if value == UNKNOWN:
        return rulebook.words["unsure"]
    if fact.type == "region" and value in rulebook.regions:
        return rulebook.region_name(str(value))
    if isinstance(value, tuple):
        return "、".join(day_text(day) for day in value)
    if isinstance(value, date):
        return day_text(value)
    if fact.type == "money" and isinstance(value, Decimal):
        return f"{yuan(value)} 元"
    number = plain_number(value) if isinstance(value, Decimal) else str(value)
    return f"{number} {fact.unit}".strip()


def parse_region(rulebook: Rulebook, text: str) -> str | None:
    """The one region of that name or code; None when there is none or more than one."""
    text = unicodedata.normalize("NFKC", text).strip()
    if text in rulebook.regions:
        return text
    found = rulebook.regions.find(text)
    return found[0] if len(found) == 1 else None
