"""A facts sheet that comes back from the page: only what was asked, each field checked."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gongyou.desk.chat.messages import fetch_messages
from gongyou.web.errors import BadInput
from gongyou.web.requests import clean
from gongyou.web.texts import say

TEXT_LIMIT = 200
NUMBER_LIMIT = Decimal(10**12)
UNKNOWN = "unknown"
DECIMALS_SHOWN = 6
UNITS = {"money": "元"}
EXAMPLES = {"money": "4000", "number": "10.5", "integer": "3"}

type Field = Mapping[str, Any]


def fetch_sheet(session: Any, conversation_id: str, topic: str) -> tuple[int, dict[str, Any]]:
    """The newest facts sheet on this topic that the worker was shown. Raises BadInput."""
    for message in reversed(fetch_messages(session, conversation_id, for_worker=True)):
        custom = (message.payload or {}).get("custom") or {}
        is_sheet = message.sender == "bot" and custom.get("kind") == "facts_sheet"
        if is_sheet and custom.get("topic") == topic:
            return message.id, custom
    raise BadInput("sheet_gone")


def read_facts(fields: Sequence[Field], submitted: Mapping[str, Any]) -> dict[str, Any]:
    """Name → label, text and plain value of every filled field.

    Raises BadInput with a line a field.
    """
    known = {str(field["name"]): field for field in fields}
    errors = {name: say("field_unknown") for name in submitted if name not in known}
    facts: dict[str, Any] = {}
    for name, field in known.items():
        text = clean(str(submitted.get(name) or ""))
        if error := _problem(field, text):
            errors[name] = error
        elif text:
            facts[name] = {
                "label": str(field["label"]),
                "text": _shown(field, text),
                "value": _plain(field, text),
            }
    if errors:
        raise BadInput("form_errors", fields=errors)
    return facts


def _problem(field: Field, text: str) -> str | None:
    """What is wrong with a field's text, in Chinese; None when it can go."""
    label, kind = field["label"], field.get("type", "text")
    if not text or text == UNKNOWN:
        return None
    if len(text) > TEXT_LIMIT:
        return say("field_long", label=label, limit=TEXT_LIMIT)
    if kind == "choice":
        values = {str(choice["value"]) for choice in field.get("choices") or ()}
        return None if text in values else say("field_choice", label=label)
    if kind == "date":
        return None if _is_date(text) else say("field_date", label=label)
    if kind in EXAMPLES:
        return _number_problem(str(label), kind, _fold(text, _unit(field)))
    return None


def _number_problem(label: str, kind: str, folded: str) -> str | None:
    try:
        number = Decimal(folded)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        return say("field_number", label=label, example=EXAMPLES[kind])
    if not 0 <= number < NUMBER_LIMIT:
        return say("field_range", label=label)
    if kind == "integer" and number != number.to_integral_value():
        return say("field_integer", label=label, example=EXAMPLES[kind])
    return None


def _is_date(text: str) -> bool:
    try:
        return 1949 <= date.fromisoformat(text).year <= 2100
    except ValueError:
        return False


def _shown(field: Field, text: str) -> str:
    """As people write it: a choice's label, 2026年9月1日, 4,000 元; anything else as it came."""
    for choice in field.get("choices") or ():
        if str(choice["value"]) == text:
            return str(choice["label"])
    kind = field.get("type")
    if text == UNKNOWN:
        return say("unsure")
    if kind == "date":
        day = date.fromisoformat(text)
        return f"{day.year}年{day.month}月{day.day}日"
    if kind in EXAMPLES:
        unit = _unit(field)
        return _show_number(_fold(text, unit), unit)
    return text


def _show_number(folded: str, unit: str) -> str:
    """4,000 元; 10.5 天; 1号. A day of the month stands close to its 号, as on a calendar."""
    number = Decimal(folded)
    if number.as_tuple().exponent not in range(-DECIMALS_SHOWN, 1):
        return f"{folded} {unit}".strip()
    return f"{number:,f}{'' if unit == '号' else ' '}{unit}".strip()


def _plain(field: Field, text: str) -> str:
    """The value without unit and commas, as the rulebook decodes it; a place stays a name."""
    is_number = field.get("type") in EXAMPLES and text != UNKNOWN
    return _fold(text, _unit(field)) if is_number else text


def _unit(field: Field) -> str:
    return str(field.get("unit") or UNITS.get(str(field.get("type")), ""))


def _fold(text: str, unit: str) -> str:
    """A number without its unit and commas, in plain digits."""
    return unicodedata.normalize("NFKC", text).replace(",", "").removesuffix(unit).strip()
