"""What a case says of a document's fields: only what was told or what the rulebook worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from gongyou.casework.documents.case import Case, Claim
from gongyou.casework.documents.form import DocumentForm, Field
from gongyou.casework.documents.reasons import always_cited, cite, show_workings
from gongyou.casework.documents.story import list_evidence, name_place, tell_story
from gongyou.casework.documents.words import read_shared
from gongyou.rulebook import FactValue, Rulebook
from gongyou.rulebook.model.text import plain_number


def prefill(
    rulebook: Rulebook,
    form: DocumentForm,
    topic: str,
    facts: Mapping[str, FactValue],
    on: date,
) -> Mapping[str, str]:
    """Text by field name, every field named, empty where the case says nothing.

    A money field is empty unless the rulebook is sure of the sum; `<field>.why` then says why in
    Chinese, and `<field>.note` what to mind about a sum. An unknown topic only leaves sums out.
    """
    case = Case(rulebook, form, topic, facts, on)
    filled: dict[str, str] = {}
    for field in form.fields:
        filled[field.name] = _value(case, field)
        filled.update(_beside(case, field))
    return filled


def _value(case: Case, field: Field) -> str:
    match field.prefill.split(":"):
        case ["claim", number, part]:
            return _claimed(_claim(case, number), part)
        case ["place", name]:
            return name_place(case, name)
        case ["today"]:
            return case.on.isoformat()
        case ["story"]:
            return "\n".join(tell_story(case))
        case ["workings"]:
            return "\n".join(show_workings(case, _shown(case)))
        case ["basis"]:
            return "\n".join(cite(case))
        case ["cites"]:
            return "\n".join(always_cited(case))
        case ["evidence"]:
            return "\n".join(list_evidence(case))
        case ["held"]:
            return "\n".join(read_shared("evidence")["held"])
    return ""


def _claim(case: Case, number: str) -> Claim | None:
    place = int(number) - 1
    return case.claims[place] if place < len(case.claims) else None


def _claimed(claim: Claim | None, part: str) -> str:
    if claim is None:
        return ""
    return claim.owed if part == "owed" else plain_number(_bare(claim.amount))


def _bare(amount: Decimal) -> Decimal:
    """Without .00."""
    return amount.to_integral_value() if amount == amount.to_integral_value() else amount


def _shown(case: Case) -> tuple[Claim, ...]:
    """The claims this form has fields for."""
    wanted = sum(field.prefill.endswith(":amount") for field in case.form.fields)
    return case.claims[:wanted]


def _beside(case: Case, field: Field) -> Iterator[tuple[str, str]]:
    """What to mind about a sum; why it is missing, said once at the first that is."""
    if not field.prefill.endswith(":amount"):
        return
    number = field.prefill.split(":")[1]
    claim = _claim(case, number)
    if claim is not None and claim.note:
        yield f"{field.name}.note", claim.note
    if int(number) == len(case.claims) + 1 and case.why:
        yield f"{field.name}.why", case.why
