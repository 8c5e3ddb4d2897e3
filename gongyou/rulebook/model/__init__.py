"""What a rulebook is made of, and what an answer is. Every other folder here builds on it."""

from gongyou.rulebook.model.fact import ONGOING, UNKNOWN, Choice, Condition, Fact, FactValue, Stand
from gongyou.rulebook.model.figures import Parameter, ParameterRow
from gongyou.rulebook.model.rule import (
    STATUSES,
    Amount,
    Basis,
    Deadline,
    Entitlement,
    Hint,
    Rank,
    Requirement,
    Rule,
    Status,
    Under,
    Working,
    formulas_of,
)
from gongyou.rulebook.model.rulebook import Rulebook
from gongyou.rulebook.model.topic import Topic, TopicGroup

__all__ = [
    "ONGOING",
    "STATUSES",
    "UNKNOWN",
    "Amount",
    "Basis",
    "Choice",
    "Condition",
    "Deadline",
    "Entitlement",
    "Fact",
    "FactValue",
    "Hint",
    "Parameter",
    "ParameterRow",
    "Rank",
    "Requirement",
    "Rule",
    "Rulebook",
    "Stand",
    "Status",
    "Topic",
    "TopicGroup",
    "Under",
    "Working",
    "formulas_of",
]
