"""Reads groups.yaml: how the topics are sorted where all of them are shown."""

from __future__ import annotations

from collections.abc import Container

from gongyou.rulebook.model import TopicGroup
from gongyou.rulebook.reading.source import Reader


def read_groups(reader: Reader, topics: Container[str]) -> tuple[TopicGroup, ...]:
    """The groups in their order; none when there is no such file."""
    if not reader.path.exists():
        return ()
    top = reader.load()
    top.only("groups")
    made: list[TopicGroup] = []
    for row in top.rows("groups", name="title"):
        row.only("title", "topics")
        listed = row.strings("topics")
        for name in listed:
            if name not in topics:
                row.wrong(f"{name!r} has no national file", "Fix the topic's name")
            if any(name in group.topics for group in made):
                row.wrong(f"{name!r} is in two groups", "Keep one")
        made.append(TopicGroup(row.text("title"), listed))
    return tuple(made)
