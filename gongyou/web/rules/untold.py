"""What was not asked but may change the answer: facts of rules that nothing told speaks against."""

from collections.abc import Mapping

from gongyou.rulebook import FactValue, Rulebook, Topic
from gongyou.rulebook.model import Rule, formulas_of
from gongyou.rulebook.model.regions import chain


def untold(rulebook: Rulebook, topic: Topic, told: Mapping[str, FactValue]) -> list[str]:
    """The facts' names, in the topic's order, then in the rulebook's."""
    open_to = {"region"}.union(*(_facts_of(rule) for rule in topic.rules if _may_hold(rule, told)))
    by_rules = set().union(*(_facts_of(rule) for rule in topic.rules))
    used = _with_sources(rulebook, open_to | ({*topic.facts, *topic.span} - by_rules))
    ordered = dict.fromkeys((*topic.facts, *rulebook.facts))
    return [
        name
        for name in ordered
        if name in used - told.keys() and rulebook.facts[name].formula is None
    ]


def _facts_of(rule: Rule) -> set[str]:
    requires = rule.eligibility.requires if rule.eligibility else ()
    conditions = (*rule.when, *(one for part in requires for one in part.when))
    return {one.fact for one in conditions}.union(*(f.names for f in formulas_of(rule)))


def _with_sources(rulebook: Rulebook, names: set[str]) -> set[str]:
    """The names, and for a fact that follows from others these as well."""
    follow = [rulebook.facts[name].formula for name in names if name in rulebook.facts]
    return names.union(*(formula.names for formula in follow if formula))


def _may_hold(rule: Rule, told: Mapping[str, FactValue]) -> bool:
    """Whether place and choices told leave the rule open."""
    place = told.get("region")
    if isinstance(place, str) and place.isdigit() and rule.region not in chain(place):
        return False
    return all(told.get(one.fact, *one.values[:1]) in one.values for one in rule.when if one.values)
