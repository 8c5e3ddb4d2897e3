"""A figure in words: its arithmetic, where its numbers come from, what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongyou.rulebook.judging.figure import Figure, Way
from gongyou.rulebook.judging.known import Known
from gongyou.rulebook.model import Amount, Rule, Rulebook
from gongyou.rulebook.model.outcomes import Alternative, Step
from gongyou.rulebook.model.text import dated_figure, rounded_or_day
from gongyou.rulebook.telling.written import write


def expression(rulebook: Rulebook, amount: Amount, way: Way) -> str:
    """The arithmetic of one way: 1,900 × 80%."""
    return write(amount.formula.root, way.sheet, rulebook.words)


def alternatives(rulebook: Rulebook, amount: Amount, figure: Figure) -> tuple[Alternative, ...]:
    """Each way with what it depends on; nothing when there is one way only."""
    if len(figure.ways) < 2:
        return ()
    return tuple(
        Alternative(
            _condition(figure, way),
            expression(rulebook, amount, way),
            rounded_or_day(way.exact, amount.unit),
        )
        for way in figure.ways
    )


def steps_on_the_way(rulebook: Rulebook, rule: Rule, way: Way) -> Iterator[Step]:
    """The labelled lines before the figure itself."""
    for step, exact in way.steps:
        if step.label:
            text = write(step.formula.root, way.sheet, rulebook.words)
            value = rounded_or_day(exact, step.unit)
            yield Step(
                step.label, None, None, "", text, value, (), rule.id, None, "", step.name,
                step.unit, on_the_way=True,
            )  # fmt: skip


def _condition(figure: Figure, way: Way) -> str:
    """What tells this way from the others: the tier and its places, or the document."""
    parts = []
    for name, one in figure.found.items():
        if len(one.options) < 2:
            continue
        option = one.options[way.sheet.choice.get(name, 0)]
        places = "、".join(option.places)
        tier = option.row.tier if option.row.tier and not option.row.beside_wider else ""
        parts.append((f"{tier}（{places}）" if places else tier) or f"《{option.row.document}》")
    return "，".join(parts)


def doubts(rulebook: Rulebook, rule: Rule, figure: Figure, known: Known) -> Iterator[str]:
    """What is doubtful about the figure, the greatest doubt first."""
    if figure.missing:
        return
    found, place = figure.found.values(), rulebook.region_name(known.region)
    words = {**rulebook.words, **rulebook.topics[rule.topic].words}
    rows = (row.status for one in found for row in one.rows)
    statuses = {rule.status, *rows, *(one.status for one in found)}
    if any(one.unsorted for one in found):
        yield words["note.unsorted"].format(region=place)
    elif "secondary" in statuses:
        yield words["note.secondary"]
    if any(one.vague for one in found):
        yield words["note.vague"].format(region=place)
    yield from dict.fromkeys(one.note for one in found if one.note)


def source(rulebook: Rulebook, found: Figure, known: Known) -> str:
    """Where the numbers of the arithmetic come from, said once."""
    return "，".join(_sources(rulebook, found, known)) if not found.missing else ""


def _sources(rulebook: Rulebook, figure: Figure, known: Known) -> Iterator[str]:
    words: Mapping[str, str] = rulebook.words
    for name, one in figure.found.items():
        key = f"source.{name}.several" if len(one.options) > 1 else f"source.{name}"
        if key not in words:
            continue
        written = dated_figure(one.options[0].value, rulebook.parameters[name].unit)
        yield words[key].format(value=written, region=rulebook.region_name(known.region))
