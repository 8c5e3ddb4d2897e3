"""Works a figure out and writes the arithmetic down, once for each way it may come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from gongyou.rulebook.formulas import FORMULAS, Span
from gongyou.rulebook.known import Known
from gongyou.rulebook.model import Amount, Parameter, Rulebook
from gongyou.rulebook.parameters import Found, Option
from gongyou.rulebook.text import percent, plain_number, yuan


@dataclass(frozen=True, slots=True)
class Way:
    """One way the figure may come out: exact yuan, the arithmetic, what it depends on."""

    exact: Decimal
    expression: str
    condition: str


@dataclass(frozen=True, slots=True)
class _Input:
    """A value for one role, as a number and as written."""

    value: Decimal
    shown: str


def told_inputs(
    rulebook: Rulebook, facts: Mapping[str, str], known: Known
) -> Iterator[tuple[str, _Input]]:
    """The inputs that are facts of the case, for each role; those not known are left out."""
    for role, name in facts.items():
        value = known.get(name)
        if isinstance(value, int | Decimal):
            number = Decimal(value)
            money = rulebook.facts[name].type == "money"
            yield role, _Input(number, yuan(number) if money else plain_number(number))


def ways_of(
    rulebook: Rulebook,
    amount: Amount,
    told: Mapping[str, _Input],
    found: Mapping[str, Found],
    span: Span,
) -> Iterator[Way]:
    """Every different outcome: one for each combination of the looked-up figures."""
    formula = FORMULAS[amount.formula]
    seen: set[Decimal] = set()
    for options in product(*(one.options for one in found.values())):
        inputs = dict(told)
        for role, option in zip(found, options, strict=True):
            parameter = rulebook.parameters[amount.inputs[role]]
            inputs[role] = _Input(option.value, shown(parameter, option.value))
        values = {role: one.value for role, one in inputs.items()}
        exact = formula.work(values, span) if formula.work else Decimal(0)
        if exact in seen:
            continue
        seen.add(exact)
        yield Way(
            exact, _expression(rulebook, amount, inputs, span, exact), _condition(found, options)
        )


def shown(parameter: Parameter, value: Decimal) -> str:
    """A figure as written in the arithmetic: 80%, 1,900, 21.75."""
    if parameter.unit == "比例":
        return percent(value)
    return yuan(value) if parameter.unit.startswith("元") else plain_number(value)


def _expression(
    rulebook: Rulebook, amount: Amount, inputs: Mapping[str, _Input], span: Span, exact: Decimal
) -> str:
    key = f"expression.{amount.formula}"
    if span.is_part and f"{key}.part" in rulebook.words:
        key += ".part"
    other = inputs.get("other")
    if other is not None and other.value > inputs["base"].value:
        inputs = {**inputs, "base": other}
    if "base" in inputs and inputs["base"].value == exact:
        key = "expression.whole"
    written = {role: one.shown for role, one in inputs.items()}
    return rulebook.words[key].format(**written, part=span.days, of=span.of, weekdays=span.weekdays)


def _condition(found: Mapping[str, Found], options: tuple[Option, ...]) -> str:
    """What tells this way from the others: the tier and its places, or the document."""
    parts = []
    for one, option in zip(found.values(), options, strict=True):
        if len(one.options) < 2:
            continue
        places = "、".join(option.places)
        tier = option.row.tier if option.row.tier and not option.row.beside_wider else ""
        parts.append((f"{tier}（{places}）" if places else tier) or f"《{option.row.document}》")
    return "，".join(parts)
