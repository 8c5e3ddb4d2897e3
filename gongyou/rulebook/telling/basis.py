"""Where an answer is written: the documents of its rules, then those of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongyou.rulebook.model import ParameterRow, Rule, Rulebook
from gongyou.rulebook.model.outcomes import Citation


def citations(
    rulebook: Rulebook, rules: Iterable[Rule], rows: Iterable[ParameterRow]
) -> Iterator[Citation]:
    """Each document and article once; a figure's document only if no rule names it."""
    seen: set[tuple[str, str, str]] = set()
    for rule in rules:
        for basis in rule.basis:
            key = (basis.document, basis.number, basis.article)
            if key not in seen:
                seen.add(key)
                place = rulebook.region_name(rule.region)
                span = (basis.since, basis.until)
                yield Citation(rule.id, *key, *span, place, rule.status)
    documents = {(document, number) for document, number, _ in seen}
    for row in rows:
        if row.document and (row.document, row.number) not in documents:
            documents.add((row.document, row.number))
            key = (row.document, row.number, row.article)
            place = rulebook.region_name(row.region)
            yield Citation(row.id, *key, row.since, row.until, place, row.status)
