"""The rulebook's facts to choose from."""

from collections import Counter
from collections.abc import Mapping

from gongyou.rulebook import Rulebook


def fact_labels(rulebook: Rulebook) -> Mapping[str, str]:
    """Label by name, in the order of the labels; of two alike, each with its topic."""
    counts = Counter(fact.label for fact in rulebook.facts.values())
    labels = {
        fact.name: fact.label
        if counts[fact.label] == 1
        else f"{fact.label}（{_topic(rulebook, fact.name)}）"
        for fact in rulebook.facts.values()
    }
    return dict(sorted(labels.items(), key=lambda item: item[1]))


def _topic(rulebook: Rulebook, name: str) -> str:
    """The first topic that asks for the fact; the fact's own name when none does."""
    asking = (topic.title for topic in rulebook.topics.values() if name in topic.facts)
    return next(asking, name)
