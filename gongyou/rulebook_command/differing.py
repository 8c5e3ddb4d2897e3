"""`diff`: what changed in the law between two days."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from gongyou.rulebook import Rulebook
from gongyou.rulebook.checking.changes import Change, Kind, changes
from gongyou.rulebook.model import ParameterRow, Rule
from gongyou.rulebook_command.errors import BadInput
from gongyou.rulebook_command.told import day_of, region_of, topic_named

_VERBS: Final[Mapping[Kind, str]] = {"begins": "begin", "ends": "end", "replaced": "replaced"}


def lines(rulebook: Rulebook, chosen: argparse.Namespace, today: date) -> Iterator[str]:
    """One line a change, in order of the days: day, what happens, to what, where."""
    since, until = day_of("--from ", chosen.since), day_of("--to ", chosen.until)
    if until <= since:
        raise BadInput(f"--to {until}: write a day after --from {since}")
    region = region_of(rulebook, "--region ", chosen.region) if chosen.region is not None else None
    topic = topic_named(rulebook, chosen.topic).name if chosen.topic is not None else None
    found = changes(rulebook, since, until, region, topic)
    for one in found:
        yield "\t".join((str(one.day), one.kind, *_what(rulebook, one)))
    kinds = [one.kind for one in found]
    counted = (f"{kinds.count(kind)} {verb}" for kind, verb in _VERBS.items())
    yield f"{len(found)} changes after {since}, up to {until}: {', '.join(counted)}"


def _what(rulebook: Rulebook, one: Change) -> tuple[str, str]:
    """The place, and the rules or figures."""
    named = [_name(rulebook, part) for part in (one.old, one.new) if part is not None]
    shown = one.new or one.old
    assert shown is not None
    return rulebook.region_name(shown.region), " -> ".join(named)


def _name(rulebook: Rulebook, one: Rule | ParameterRow) -> str:
    if isinstance(one, Rule):
        return f"{one.id} {one.title}"
    title = rulebook.parameters[one.parameter].title
    return " ".join(part for part in (title, one.tier or "", one.value or "not found") if part)
