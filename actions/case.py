"""A worker's case, as the slots hold it between two messages."""

from collections.abc import Mapping
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


@dataclass(frozen=True)
class Case:
    """`topic` asked about, `facts` known, the fact last `asked`, and `misses` in a row."""

    topic: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    asked: str | None = None
    misses: int = 0

    @classmethod
    def of(cls, tracker: Tracker) -> Self:
        """Read the case out of the slots; a fact the rulebook no longer knows is dropped."""
        slots = tracker.slots
        return cls(
            topic=slots.get("topic"),
            facts=decode_facts(rulebook(), slots.get("facts") or {}),
            asked=slots.get("asked"),
            misses=int(slots.get("misses") or 0),
        )

    def slots(self) -> dict[str, Any]:
        """The case as slot values."""
        return {
            "topic": self.topic,
            "facts": encode_facts(self.facts),
            "asked": self.asked,
            "misses": self.misses,
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

    def without(self, fact: str) -> Self:
        """The case before `fact` was known."""
        return replace(self, facts={k: v for k, v in self.facts.items() if k != fact})
