"""`list`: one line a rule."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from gongyou.rulebook import Rulebook
from gongyou.rulebook.model import Rule
from gongyou.rulebook.model.regions import chain
from gongyou.rulebook_command.told import day_of, region_of, topic_named


def lines(rulebook: Rulebook, chosen: argparse.Namespace, today: date) -> Iterator[str]:
    """The rules of a topic (or all), for a region and a day when these are named."""
    topics = (
        [topic_named(rulebook, chosen.topic)]
        if chosen.topic is not None
        else rulebook.topics.values()
    )
    places = (
        chain(region_of(rulebook, "--region ", chosen.region))
        if chosen.region is not None
        else None
    )
    day = day_of("--on ", chosen.on) if chosen.on is not None else None
    for rule in (rule for topic in topics for rule in topic.rules):
        there = places is None or rule.region in places
        if there and (day is None or rule.holds_on(day)):
            yield _summary(rule)


def _summary(rule: Rule) -> str:
    in_force = f"{rule.since} – {rule.until or ''}"
    return "\t".join((rule.id, rule.region, in_force, rule.status, rule.title))
