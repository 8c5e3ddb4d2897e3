"""What the tests of the documents share: the rulebook, real cases, and a Word file read again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import docx
from docx.table import Table as WordTable

from gongyou.casework.documents import DocumentForm, compose, find_document, prefill, render_docx
from gongyou.rulebook import Answer, FactValue, Question, Rulebook, evaluate

TODAY = date(2026, 11, 21)

type Told = tuple[str, Mapping[str, FactValue]]

CASES: Mapping[str, Told] = {
    "stoppage": (
        "wage_shutdown",
        {
            "region": "410802",
            "stop_from": date(2020, 2, 3),
            "stop_until": date(2020, 5, 1),
            "monthly_wage": Decimal(4000),
            "worked": "none",
            "pay_cycle_start_day": 1,
        },
    ),
    "arrears": (
        "wage_arrears",
        {
            "region": "430200",
            "months_owed": Decimal(3),
            "monthly_wage": Decimal(5000),
            "still_employed": "yes",
            "industry": "other",
            "hired_on": date(2023, 3, 1),
        },
    ),
    "overtime": (
        "overtime_pay",
        {
            "overtime_matter": "pay",
            "day_kind": "rest",
            "compensated": "no",
            "overtime_days": Decimal(3),
            "monthly_wage": Decimal(4350),
        },
    ),
    "dismissed": (
        "dismissal_compensation",
        {
            "dismissal_matter": "fired",
            "fired_reason": "none",
            "average_wage": Decimal(7000),
            "hired_on": date(2020, 10, 1),
            "left_on": date(2025, 11, 1),
        },
    ),
    "laid off": (
        "dismissal_compensation",
        {
            "dismissal_matter": "laid_off",
            "average_wage": Decimal(8000),
            "service_months": Decimal(41),
        },
    ),
    "deferred": (
        "deferred_pay",
        {
            "region": "430200",
            "union_agreed": "yes",
            "defer_written_plan": "no",
            "months_owed": Decimal(2),
            "monthly_wage": Decimal(4000),
        },
    ),
}


def form_of(name: str) -> DocumentForm:
    form = find_document(name)
    assert form is not None
    return form


def fill(rulebook: Rulebook, document: str, case: str) -> Mapping[str, str]:
    """What the case of that name fills in."""
    topic, facts = CASES[case]
    return prefill(rulebook, form_of(document), topic, facts, TODAY)


def answer_of(rulebook: Rulebook, topic: str, facts: Mapping[str, FactValue]) -> Answer:
    """The rulebook's own answer, asked directly."""
    answer = evaluate(rulebook, Question(topic, facts, TODAY))
    assert isinstance(answer, Answer)
    return answer


def printed(document: str, values: Mapping[str, str]) -> str:
    """All the text of the Word file, opened again, in its order; cells parted by |."""
    made = docx.Document(io.BytesIO(render_docx(compose(form_of(document), values))))
    texts = []
    for block in made.iter_inner_content():
        if isinstance(block, WordTable):
            texts += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            texts.append(block.text)
    return "\n".join(texts)
