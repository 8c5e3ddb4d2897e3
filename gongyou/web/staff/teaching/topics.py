"""The topics a sentence can be taught as, under the titles of their groups."""

from collections.abc import Mapping, Sequence

from gongyou.rulebook import Rulebook
from gongyou.web.names import Names
from gongyou.web.texts import read_texts

type Shelves = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def topic_shelves(rulebook: Rulebook) -> Shelves:
    """The rulebook's groups, then what has no rules: a person, danger, small talk."""
    shelves = [
        (group.title, [(name, rulebook.topics[name].title) for name in group.topics])
        for group in rulebook.grouped()
    ]
    return [*shelves, (str(read_texts()["teach_others_title"]), list(_others().items()))]


def topic_names(rulebook: Rulebook) -> frozenset[str]:
    """Everything that may be chosen."""
    return frozenset(name for _, topics in topic_shelves(rulebook) for name, _ in topics)


def name_topic(names: Names, topic: str) -> str:
    return _others().get(topic) or names.topic(topic)


def _others() -> Mapping[str, str]:
    others: Mapping[str, str] = read_texts()["teach_others"]
    return others
