"""A worker's case, as the slots hold it between two messages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions.context import rulebook
from gongyou.rulebook import (
    Answer,
    FactValue,
    NeedFacts,
    NoRule,
    Question,
    decode_facts,
    encode_facts,
    evaluate,
)

COMPLETE, INTERRUPTED = "complete", "interrupted"
MATTER = "_matter"  # how the name of the fact ends that says which of a topic's questions is asked


@dataclass(frozen=True)
class Case:
    """`topic` asked about, `facts` known, the fact last `asked`, and `misses` in a row.

    `waiting`: topics asked about too, or broken off, and not answered yet; the newest is last.
    """

    topic: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    asked: str | None = None
    misses: int = 0
    waiting: tuple[str, ...] = ()

    @classmethod
    def of(cls, tracker: Tracker) -> Self:
        """Read the case out of the slots; a fact the rulebook no longer knows is dropped."""
        slots = tracker.slots
        return cls(
            topic=slots.get("topic"),
            facts=decode_facts(rulebook(), slots.get("facts") or {}),
            asked=slots.get("asked"),
            misses=int(slots.get("misses") or 0),
            waiting=tuple(t for t in slots.get("waiting") or () if t in rulebook().topics),
        )

    def slots(self) -> dict[str, Any]:
        """The case as slot values."""
        return {
            "topic": self.topic,
            "facts": encode_facts(self.facts),
            "asked": self.asked,
            "misses": self.misses,
            "waiting": list(self.waiting),
        }

    def events(self) -> list[dict[str, Any]]:
        """The case as slot events."""
        return [SlotSet(name, value) for name, value in self.slots().items()]

    def outcome(self, on: date) -> Answer | NeedFacts | NoRule | None:
        """What the rulebook says on that day; None while the topic is none of its own.

        Raises FactError when the facts contradict each other.
        """
        if self.topic is None or self.topic not in rulebook().topics:
            return None
        return evaluate(rulebook(), Question(self.topic, self.facts, on))

    def with_facts(self, found: Mapping[str, FactValue]) -> Self:
        """The case with newly found facts; what was said last counts."""
        return replace(self, facts={**self.facts, **found})

    def turned_to(self, topic: str, others: Iterable[str] = ()) -> Self:
        """The case with another topic; it, when broken off, and `others` wait for their turn.

        A topic asked about afresh loses its matter: after 产假 comes 婚假, and not 产假 again.
        """
        broken_off = [self.topic] if self.topic and self.asked else []
        waiting = dict.fromkeys([*self.waiting, *others, *broken_off])
        matter = None if topic in (*self.waiting, *broken_off) else _matter(topic)
        waiting.pop(topic, None)
        known = {name: value for name, value in self.facts.items() if name != matter}
        return replace(self, topic=topic, facts=known, asked=None, misses=0, waiting=tuple(waiting))

    def without(self, fact: str) -> Self:
        """The case before `fact` was known."""
        return replace(self, facts={k: v for k, v in self.facts.items() if k != fact})


def _matter(topic: str) -> str | None:
    names = rulebook().topics[topic].facts
    return next((name for name in names if name.endswith(MATTER)), None)
