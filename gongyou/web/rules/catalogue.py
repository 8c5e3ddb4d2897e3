"""The rulebook as the public pages search it: every rule with its words folded, once at start."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from gongyou.rulebook import Rulebook, Topic
from gongyou.rulebook.model import Rule
from gongyou.web.rules.places import Places


@dataclass(frozen=True)
class Entry:
    """One rule, its topic, and all it can be found by."""

    rule: Rule
    topic: Topic
    folded: str


class Catalogue:
    """Every rule of the rulebook, in its order."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.places = Places(rulebook)
        self.entries = tuple(
            Entry(rule, topic, fold(" ".join(_words(rule, topic))))
            for topic in rulebook.topics.values()
            for rule in topic.rules
        )
        self._by_id = {entry.rule.id: entry for entry in self.entries}

    def find(self, rule_id: str) -> Entry | None:
        return self._by_id.get(rule_id)


def fold(text: str) -> str:
    """Letters and digits only, half width, lower case: 劳部发〔1994〕489号 is found by 1994 489."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def _words(rule: Rule, topic: Topic) -> Iterable[str]:
    yield from (topic.title, rule.title, rule.says, rule.id)
    for basis in rule.basis:
        yield from (basis.document, basis.number)
