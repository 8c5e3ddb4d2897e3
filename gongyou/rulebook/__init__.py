"""The law as data: read it, ask it, explain it. Knows no clock, no database, no chat."""

from gongyou.rulebook.compare import AmountChange, Difference, EligibilityChange, what_if
from gongyou.rulebook.evaluate import evaluate
from gongyou.rulebook.model import ONGOING, UNKNOWN, Fact, FactValue, Rulebook, Topic
from gongyou.rulebook.model.errors import FactError, Problem, RulebookError
from gongyou.rulebook.model.outcomes import (
    Alternative,
    Answer,
    Card,
    Citation,
    NeedFacts,
    NoRule,
    Question,
    Step,
)
from gongyou.rulebook.model.regions import NATION
from gongyou.rulebook.model.values import (
    check_fact,
    decode_facts,
    describe_fact,
    encode_facts,
    parse_fact,
    parse_region,
)
from gongyou.rulebook.reading.rulebook import read_rulebook
from gongyou.rulebook.telling.card import render_card
from gongyou.rulebook.telling.difference import render_difference

__all__ = [
    "NATION",
    "ONGOING",
    "UNKNOWN",
    "Alternative",
    "AmountChange",
    "Answer",
    "Card",
    "Citation",
    "Difference",
    "EligibilityChange",
    "Fact",
    "FactError",
    "FactValue",
    "NeedFacts",
    "NoRule",
    "Problem",
    "Question",
    "Rulebook",
    "RulebookError",
    "Step",
    "Topic",
    "check_fact",
    "decode_facts",
    "describe_fact",
    "encode_facts",
    "evaluate",
    "parse_fact",
    "parse_region",
    "read_rulebook",
    "render_card",
    "render_difference",
    "what_if",
]
