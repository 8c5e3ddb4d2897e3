"""Rules in plain Chinese: their sentence, life, conditions and arithmetic."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongyou.rulebook import UNKNOWN, Rulebook, describe_fact
from gongyou.rulebook.model import Condition, Rule
from gongyou.rulebook.model.text import day_text
from gongyou.web.rules.formula_words import amount_in_words
from gongyou.web.texts import read_texts, say

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def sentence(rule: Rule) -> str:
    """What the rule says; a blank that only a case can fill is shown as such."""
    blanks: Mapping[str, str] = read_texts()["rule_blanks"]
    return PLACEHOLDER.sub(lambda found: blanks.get(found[1], say("blank")), rule.says)


def status_name(status: str) -> str:
    return str(read_texts()["rule_status"][status])


def life(since: date | None, until: date | None) -> str:
    """「1995年1月1日起」, with its end when it has one."""
    if since is None:
        return say("life_unknown")
    if until is None:
        return say("life_since", since=day_text(since))
    return say("life_ended", since=day_text(since), until=day_text(until))


def state(rule: Rule, on: date) -> str:
    """「已失效」 or 「还没生效」 on that day; "" for a rule in force."""
    if rule.holds_on(on):
        return ""
    return say("rule_future" if rule.since > on else "rule_lapsed")


def conditions(rulebook: Rulebook, rule: Rule) -> list[str]:
    """When the rule applies, a line a condition; empty when it always does."""
    return list(dict.fromkeys(_condition(rulebook, one) for one in rule.when))


def _condition(rulebook: Rulebook, one: Condition) -> str:
    derived = read_texts()["derived_facts"].get(one.fact)
    fact = rulebook.facts.get(one.fact)
    if derived is None and fact is None:
        return say("condition_other")
    label = derived["label"] if derived else fact.label if fact else one.fact
    return say("condition", label=label, test="，".join(_tests(rulebook, one, derived)))


def _tests(rulebook: Rulebook, one: Condition, derived: Mapping[str, Any] | None) -> Iterator[str]:
    if one.given is not None:
        yield say("condition_given" if one.given else "condition_not_given")
    if one.values:
        names = (derived or {}).get("values", {})
        yield " 或 ".join(
            str(names.get(value) or _value(rulebook, one.fact, value)) for value in one.values
        )
    if one.at_least is not None:
        yield say("condition_from", value=_value(rulebook, one.fact, one.at_least))
    if one.less_than is not None:
        yield say("condition_below", value=_value(rulebook, one.fact, one.less_than))


def _value(rulebook: Rulebook, name: str, value: Any) -> str:
    if name in rulebook.facts and rulebook.facts[name].type == "money" and value != UNKNOWN:
        value = Decimal(value)
    if name in rulebook.facts or value == UNKNOWN:
        known = name if name in rulebook.facts else next(iter(rulebook.facts))
        return describe_fact(rulebook, known, value)
    return str(value)


def arithmetic(rulebook: Rulebook, rule: Rule) -> list[str]:
    """The amount in words, a line a step; empty when the rule has none."""
    return amount_in_words(rulebook, rule.amount) if rule.amount else []


def requirements(rule: Rule) -> list[str]:
    """What somebody must meet to apply, a line each."""
    return [one.yes for one in rule.eligibility.requires] if rule.eligibility else []
