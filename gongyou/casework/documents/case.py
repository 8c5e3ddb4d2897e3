"""A case before the rulebook, for one document: what may be claimed, or why no figure stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from gongyou.casework.documents.form import Also, DocumentForm
from gongyou.casework.documents.words import read_shared, say
from gongyou.rulebook import (
    UNKNOWN,
    Answer,
    FactError,
    FactValue,
    NeedFacts,
    NoRule,
    Question,
    Rulebook,
    evaluate,
    render_card,
)
from gongyou.rulebook.model.outcomes import Total


@dataclass(frozen=True, slots=True)
class Claim:
    """A sum the rulebook worked out and how the document calls it. `amount` in yuan."""

    owed: str
    kind: str
    amount: Decimal
    total: Total
    answer: Answer
    note: str


@dataclass(frozen=True)
class Case:
    """`facts` as the worker told them, `on` the day by which law is picked (inclusive)."""

    rulebook: Rulebook
    form: DocumentForm
    topic: str
    facts: Mapping[str, FactValue]
    on: date

    def known(self, name: str) -> FactValue | None:
        value = self.facts.get(name)
        return None if value == UNKNOWN else value

    @cached_property
    def answer(self) -> Answer | NeedFacts | NoRule | str | None:
        """The topic's own outcome; what is wrong with the facts; None for no such topic."""
        return self._ask(self.topic, self.facts)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What belongs in this document: the topic's own claims, else another topic's."""
        return self._found[0]

    @cached_property
    def why(self) -> str:
        """Why there is no claim, or no further one, for the person who fills the document in."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[tuple[Claim, ...], str]:
        claims, why = self._judge(self.topic, self.answer)
        if claims:
            return claims, why
        for also in self.form.also:
            if also.topic == self.topic:
                continue
            found, other = self._judge(also.topic, self._ask_also(also))
            if found:
                return found, other
            why = why if self.topic in read_shared("claims") else other
        return (), why

    def _ask(
        self, topic: str, facts: Mapping[str, FactValue]
    ) -> Answer | NeedFacts | NoRule | str | None:
        if topic not in self.rulebook.topics:
            return None
        try:
            return evaluate(self.rulebook, Question(topic, facts, self.on))
        except FactError as error:
            return str(error)

    def _ask_also(self, also: Also) -> Answer | NeedFacts | NoRule | str | None:
        """The outcome when facts that change no figure stay unknown."""
        unasked = dict.fromkeys(also.unasked, UNKNOWN)
        told = {name: value for name, value in self.facts.items() if name not in unasked}
        return self._ask(also.topic, {**unasked, **told})

    def _judge(
        self, topic: str, outcome: Answer | NeedFacts | NoRule | str | None
    ) -> tuple[tuple[Claim, ...], str]:
        match outcome:
            case None:
                return (), say("why.topic")
            case str():
                return (), say("why.wrong", reason=outcome)
            case NoRule():
                return (), say("why.no_rule", reason=outcome.reason)
            case NeedFacts():
                labels = (self.rulebook.facts[name].label for name in outcome.missing)
                return (), say("why.need", facts="」「".join(labels))
        return self._of_answer(topic, outcome)

    def _of_answer(self, topic: str, answer: Answer) -> tuple[tuple[Claim, ...], str]:
        listed = list(_listed(topic, answer))
        if not listed:
            return (), say("why.none")
        why = self._doubt(answer, listed)
        if answer.status == "unverified":
            return (), why
        claims = [_claim(words, total, answer) for words, total in listed if total.value]
        if not claims:
            return (), why or say("why.zero", label=listed[0][1].label)
        fitting = tuple(one for one in claims if one.kind in self.form.kinds)
        return fitting, why or ("" if fitting else say("why.other", owed=claims[0].owed))

    def _doubt(self, answer: Answer, listed: list[tuple[Mapping[str, Any], Total]]) -> str:
        """What the rulebook says when it is not sure of all these sums; nothing when it is."""
        if answer.status != "unverified" and all(total.value is not None for _, total in listed):
            return ""
        conclusion = render_card(self.rulebook, answer, self.facts).conclusion
        return say("why.unsure", conclusion=conclusion)


def _listed(topic: str, answer: Answer) -> Iterator[tuple[Mapping[str, Any], Total]]:
    """The answer's sums that claims.yaml names, in its order."""
    names = {total.name for total in answer.totals}
    for words in read_shared("claims").get(topic, ()):
        for total in answer.totals:
            called = total.name == words["amount"] and words.get("label") in (None, total.label)
            if called and words.get("unless") not in names:
                yield words, total


def _claim(words: Mapping[str, Any], total: Total, answer: Answer) -> Claim:
    assert isinstance(total.value, Decimal)
    note = words.get("note", "")
    if answer.status == "secondary":
        note += say("why.doubtful")
    return Claim(words["owed"], words["kind"], total.value, total, answer, note)
