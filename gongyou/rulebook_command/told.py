"""What was typed, made into topics, days, regions and facts; or an error that names the cure."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from gongyou.rulebook import FactError, FactValue, Rulebook, Topic, parse_fact, parse_region
from gongyou.rulebook_command.describe import expected
from gongyou.rulebook_command.errors import BadInput

_MOST_NAMED = 5


def topic_named(rulebook: Rulebook, name: str) -> Topic:
    """The topic of that name."""
    if name not in rulebook.topics:
        raise BadInput(f"no topic {name!r}: choose one of {', '.join(rulebook.topics)}")
    return rulebook.topics[name]


def day_of(argument: str, text: str) -> date:
    """A day written 2020-01-31. `argument`: what stood before it, as typed."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{argument}{text}: write a day that exists, as 2020-01-31") from error


def region_of(rulebook: Rulebook, argument: str, text: str) -> str:
    """The code of the one region of that name or code."""
    code = parse_region(rulebook, text)
    if code is not None:
        return code
    found = rulebook.regions.find(text)
    if not found:
        raise BadInput(f"{argument}{text}: no such region; write its full name or six-digit code")
    named = [f"{rulebook.region_name(code)} ({code})" for code in found[:_MOST_NAMED]]
    several = ", ".join([*named, *(["…"] if len(found) > _MOST_NAMED else [])])
    raise BadInput(f"{argument}{text}: could be {several}; write the code of one")


def facts_of(rulebook: Rulebook, chosen: argparse.Namespace) -> dict[str, FactValue]:
    """The facts of --facts, then those of --fact, which come first."""
    told = {**_file(chosen.facts), **_pairs("--fact", chosen.fact)} if chosen.facts else None
    read = told if told is not None else _pairs("--fact", chosen.fact)
    values = {name: fact_of(rulebook, "--fact", name, text) for name, text in read.items()}
    return {name: value for name, value in values.items() if value is not None}


def changes_of(
    rulebook: Rulebook, pairs: Iterable[str]
) -> tuple[dict[str, FactValue | None], date | None]:
    """What --what-if changes: facts (None: not told), and the day of the question."""
    told = _pairs("--what-if", pairs)
    on = told.pop("on", None)
    facts = {name: fact_of(rulebook, "--what-if", name, text) for name, text in told.items()}
    return facts, day_of("--what-if on=", on) if on is not None else None


def fact_of(rulebook: Rulebook, argument: str, name: str, text: str) -> FactValue | None:
    """The fact's value; None for an empty text."""
    fact = rulebook.facts.get(name)
    typed = f"{argument} {name}="
    if fact is None:
        raise BadInput(f"{typed}{text}: no fact {name!r}; `gongyou rulebook show TOPIC` names them")
    if fact.type == "region" and text.strip() and parse_region(rulebook, text) is None:
        try:
            return parse_fact(fact, text)  # 不清楚
        except FactError:
            return region_of(rulebook, typed, text)
    try:
        return parse_region(rulebook, text) if fact.type == "region" else parse_fact(fact, text)
    except FactError as error:
        raise BadInput(f"{typed}{text}: {expected(fact)} ({error})") from error


def refused(rulebook: Rulebook, facts: Mapping[str, FactValue], error: FactError) -> BadInput:
    """A fact that cannot be true beside the others, or on that day."""
    fact = rulebook.facts[error.name]
    text = f"{error.name}={facts.get(error.name, '')}"
    return BadInput(f"{text}: cannot be; {expected(fact)} ({error})")


def _pairs(argument: str, pairs: Iterable[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadInput(f"{argument} {pair}: write NAME=VALUE")
        if told.setdefault(name, value) != value:
            raise BadInput(f"{argument} {pair}: {name} is told twice, also as {told[name]}")
    return told


def _file(path: Path) -> dict[str, str]:
    where = f"--facts {path}"
    try:
        text = path.read_text(encoding="utf-8")
        loaded = json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=_once)
    except OSError as error:
        raise BadInput(f"{where}: cannot be read ({error.strerror}); name a file") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{where}: is not JSON ({error})") from error
    if not isinstance(loaded, dict):
        raise BadInput(f'{where}: write one object, {{"name": "value", …}}')
    return {name: _plain(where, name, value) for name, value in loaded.items() if value is not None}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    doubled = [name for place, (name, _) in enumerate(pairs) if name in dict(pairs[:place])]
    if doubled:
        raise ValueError(f"{doubled[0]} is there twice")
    return dict(pairs)


def _plain(where: str, name: str, value: Any) -> str:
    """A text or number as typed; a list of days joined by commas."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    if not isinstance(value, str):
        raise BadInput(f"{where}: {name} is {json.dumps(value)}; write a text or a number")
    return value
