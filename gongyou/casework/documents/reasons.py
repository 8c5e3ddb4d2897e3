"""A claim's arithmetic as rows of a table, and the documents and articles it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from gongyou.casework.documents.case import Case, Claim
from gongyou.casework.documents.typed import BAR, cell
from gongyou.casework.documents.words import say
from gongyou.rulebook import Step
from gongyou.rulebook.model.text import in_unit, nested, spaced


def show_workings(case: Case, claims: Iterable[Claim]) -> Iterator[str]:
    """One row a step that leads to a claim, and its total when several steps add up to it.

    The rulebook speaks to the worker; here the worker is called as the document calls them.
    """
    for claim in claims:
        for row in _rows_of(claim):
            yield row.replace(say("workings.you"), case.form.me)


def _rows_of(claim: Claim) -> Iterator[str]:
    """A sum of one step goes by the claim's name; of several, each by its own."""
    steps = list(_steps_to(claim))
    alone = sum(not step.on_the_way for step in steps) == 1
    for step in steps:
        label = claim.owed if alone and not step.on_the_way else step.label
        yield _row(_explained(label, step), step.expression, step.amount, step.unit, step.source)
    if not alone:
        yield _row(say("workings.total"), "", claim.amount, claim.total.unit, "")


def _explained(label: str, step: Step) -> str:
    """With the rule's reason, unless that speaks to the worker or runs on past a sentence."""
    spoken = any(mark in step.says for mark in (say("workings.you"), say("workings.stop")))
    return say("workings.part", label=label, says=step.says) if step.says and not spoken else label


def _steps_to(claim: Claim) -> Iterator[Step]:
    """The steps of the claim's sum and those on the way to them, of the rules that made it."""
    rules = _rules_of(claim)
    for step in claim.answer.steps:
        own = step.name == claim.total.name or (step.on_the_way and step.rule_id in rules)
        if own and step.amount is not None:
            yield step


def _rules_of(claim: Claim) -> set[str]:
    name = claim.total.name
    return {step.rule_id for step in claim.answer.steps if step.name == name and step.rule_id}


def _row(label: str, expression: str, amount: object, unit: str, source: str) -> str:
    result = f"{in_unit(amount, unit)}{spaced(unit)}" if isinstance(amount, Decimal) else ""
    return f" {BAR} ".join(cell(text) for text in (label, expression, result, source))


def cite(case: Case) -> Iterator[str]:
    """Each article once: those the claims rest on, then those the form always cites."""
    found: dict[str, None] = {}
    for claim in case.claims:
        found.update(dict.fromkeys(_cited(case, claim)))
    found.update(dict.fromkeys(always_cited(case)))
    yield from found


def _cited(case: Case, claim: Claim) -> Iterator[str]:
    """The articles of the rules that made the sum, and of the figures that went into it."""
    rules, of_topic = _rules_of(claim), case.rulebook.topics[claim.answer.topic].rules
    for rule in of_topic:
        if rule.id in rules:
            yield from (_in_words(one.document, one.number, one.article) for one in rule.basis)
    named = {rule.id for rule in of_topic}
    for row in claim.answer.basis:
        if row.rule_id not in named:
            yield _in_words(row.document, row.number, row.article)


def always_cited(case: Case) -> Iterator[str]:
    """What the form cites by rule, or by rule and article, as far as it is in force that day."""
    kinds = {"always", *(claim.kind for claim in case.claims)}
    by_id = {rule.id: rule for topic in case.rulebook.topics.values() for rule in topic.rules}
    for kind, cited in case.form.cites.items():
        for rule_id, _, article in (one.partition(" ") for one in cited if kind in kinds):
            for basis in by_id[rule_id].basis if by_id[rule_id].holds_on(case.on) else ():
                if article in ("", basis.article):
                    yield _in_words(basis.document, basis.number, basis.article)


def _in_words(document: str, number: str, article: str) -> str:
    """《document》（number）article; a national law goes without its number."""
    number = number.partition("，")[0]
    named = number and not number.startswith("主席令")
    number = say("cite.number", number=number) if named else ""
    return say("cite", document=nested(document), number=number, article=article)
