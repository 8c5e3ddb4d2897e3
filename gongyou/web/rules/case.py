"""What a worker has told on one topic, each fact as it was typed, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongyou.rulebook import (
    Answer,
    Card,
    Fact,
    FactError,
    FactValue,
    NeedFacts,
    NoRule,
    Question,
    Topic,
    evaluate,
    parse_fact,
    render_card,
)
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.texts import say

type Choices = tuple[tuple[str, str], ...]


class Unreadable(ValueError):
    """A fact that cannot be used: its name, why, and what may have been meant instead."""

    def __init__(self, name: str, text: str, choices: Choices = ()) -> None:
        self.name, self.choices = name, choices
        super().__init__(text)


@dataclass(frozen=True)
class Case:
    """`told`: the text of each fact. `on`: the day whose law counts."""

    topic: Topic
    told: Mapping[str, str]
    on: date


@dataclass(frozen=True)
class Asking:
    """The fact to ask now; `error` says why what was told of it cannot be used."""

    fact: Fact
    typed: str = ""
    error: str = ""
    choices: Choices = ()


def judge(catalogue: Catalogue, case: Case) -> Card | NoRule | Asking:
    """The answer as a card, why there is none, or what must be asked first."""
    rulebook = catalogue.rulebook
    try:
        facts = read_facts(catalogue, case.told)
        outcome = evaluate(rulebook, Question(case.topic.name, facts, case.on))
    except (Unreadable, FactError) as problem:
        return _ask_again(catalogue, case, problem)
    match outcome:
        case NeedFacts(missing=(name, *_)):
            return Asking(rulebook.facts[name])
        case Answer():
            return render_card(rulebook, outcome, facts)
        case NoRule():
            return outcome
    raise AssertionError(f"{outcome!r} asks for nothing")


def _ask_again(
    catalogue: Catalogue, case: Case, problem: Unreadable | FactError
) -> Asking | NoRule:
    """The fact that cannot be, or contradicts another, with what was told of it."""
    fact = catalogue.rulebook.facts.get(problem.name)
    if fact is None:
        return NoRule(case.topic.name, str(problem))
    choices = problem.choices if isinstance(problem, Unreadable) else ()
    return Asking(fact, case.told.get(problem.name, ""), str(problem), choices)


def read_facts(catalogue: Catalogue, told: Mapping[str, str]) -> dict[str, FactValue]:
    """The values of everything told. Raises Unreadable."""
    read = {name: read_fact(catalogue, name, text) for name, text in told.items()}
    return {name: value for name, value in read.items() if value is not None}


def read_fact(catalogue: Catalogue, name: str, text: str) -> FactValue | None:
    """One fact's value, a place by any of its names; None for no text. Raises Unreadable."""
    fact = catalogue.rulebook.facts[name]
    codes = catalogue.places.find(text) if fact.type == "region" else ()
    if len(codes) > 1:
        choices = tuple((code, catalogue.places.name(code)) for code in codes)
        raise Unreadable(name, say("ask_region_many", typed=text), choices)
    try:
        return parse_fact(fact, codes[0] if codes else text)
    except FactError as problem:
        raise Unreadable(name, str(problem)) from problem
