"""Reads the whole rulebook. Every mistake is found before any is reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gongyou.rulebook.judging.index import RuleIndex
from gongyou.rulebook.judging.precedence import find_ties
from gongyou.rulebook.model import Parameter, Rule, Rulebook, Topic
from gongyou.rulebook.model.errors import Problem, RulebookError
from gongyou.rulebook.reading.calendar_days import read_calendar
from gongyou.rulebook.reading.facts import read_facts
from gongyou.rulebook.reading.groups import read_groups
from gongyou.rulebook.reading.parameters import read_parameter, read_regions
from gongyou.rulebook.reading.rules import read_regional_rules, read_topic
from gongyou.rulebook.reading.source import Reader
from gongyou.rulebook.reading.vocabulary import Vocabulary, vocabulary
from gongyou.rulebook.reading.words import read_shared_words


def read_rulebook(path: Path) -> Rulebook:
    """The rulebook in that folder.

    Raises RulebookError that lists all problems: file, line, rule, what is wrong, the cure.
    """
    problems: list[Problem] = []
    files = _Files(path, problems)
    regions = read_regions(path / "regions.csv", files.reader(path / "regions.csv"))
    calendar = read_calendar(files.reader(path / "calendar.csv"), path / "calendar.csv")
    facts = read_facts(files.readers("facts/*.yaml"))
    parameters: dict[str, Parameter] = {}
    for reader in files.readers("parameters/*.yaml"):
        parameters[reader.path.stem] = read_parameter(reader, regions)
    topics = _topics(files, vocabulary(facts, parameters, regions))
    groups = read_groups(files.reader(path / "groups.yaml"), topics)
    words = read_shared_words(files.reader(path / "words.yaml").load())
    if problems:
        raise RulebookError(problems)
    index = RuleIndex(topics.values())
    return Rulebook(
        facts, topics, parameters, regions, calendar, words, groups, in_force=index.in_force
    )


class _Files:
    """Opens the rulebook's files, all reporting to one list."""

    def __init__(self, root: Path, problems: list[Problem]) -> None:
        self.root, self.problems = root, problems

    def reader(self, path: Path) -> Reader:
        return Reader(path, self.root, self.problems)

    def readers(self, pattern: str) -> list[Reader]:
        return [self.reader(path) for path in sorted(self.root.glob(pattern))]


def _topics(files: _Files, known: Vocabulary) -> dict[str, Topic]:
    topics = {
        reader.path.stem: read_topic(reader, known) for reader in files.readers("national/*.yaml")
    }
    for reader in files.readers("regions/*/*.yaml"):
        name, rules = read_regional_rules(reader, known)
        if name in topics:
            topics[name] = replace(topics[name], rules=(*topics[name].rules, *rules))
        else:
            reader.problem(1, "topic", f"{name!r} has no national file", "Fix the topic's name")
    for topic in topics.values():
        files.problems.extend(find_ties(topic.rules))
    files.problems.extend(_doubles(topics))
    return topics


def _doubles(topics: dict[str, Topic]) -> list[Problem]:
    first: dict[str, Rule] = {}
    found = []
    for rule in (rule for topic in topics.values() for rule in topic.rules):
        other = first.setdefault(rule.id, rule)
        if other is not rule:
            file, _, line = rule.place.rpartition(":")
            what = f"is also the id of {other.place}"
            found.append(Problem(file, int(line), rule.id, what, "Give each rule its own id"))
    return found
