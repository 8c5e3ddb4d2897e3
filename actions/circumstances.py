"""Facts about the worker rather than the pay: who employs, how far pregnant, where isolated.

Only what can mean nothing else is taken; the rest is asked.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from actions.context import rulebook, topics
from actions.understood import Message, clause_around, entities, text_before
from gongyou.rulebook import FactValue, parse_fact
from gongyou.rulebook.model.text import plain_number

_WEEKS = 4  # of a month of pregnancy: 28 weeks are seven months
# What a counted time comes to in the unit a fact is asked in.
IN_UNIT: Mapping[str, Mapping[str, Decimal]] = {
    "个月": {"month": Decimal(1), "year": Decimal(12)},
    "年": {"year": Decimal(1), "month": Decimal(1) / 12},
    "天": {"day": Decimal(1), "week": Decimal(7)},
    "小时": {"hour": Decimal(1)},
}


def circumstances(message: Message, topic: str | None) -> dict[str, FactValue]:
    """Every such fact of the topic that the message states.

    Raises ValueError (in Chinese) for one out of range.
    """
    known = rulebook().topics.get(topic or "")
    read = {**choices(message), **counts(message), **service(message)}
    used = {name: said for name, said in read.items() if known is None or name in known.uses}
    values = {name: parse_fact(rulebook().facts[name], said) for name, said in used.items()}
    return {name: value for name, value in values.items() if value is not None}


def choices(message: Message) -> dict[str, str]:
    """Choices that follow from who employs, where one was isolated and who stopped the work."""
    found: dict[str, str] = {}
    for kind, means in topics()["circumstances"].items():
        said = {str(e["value"]) for e in entities(message, kind) if not _is_planned(message, e)}
        settled = [means.get(value, {}) for value in sorted(said)]
        for name in {name for one in settled for name in one}:
            meant = {one.get(name) for one in settled} - ({None} if kind == "isolation" else set())
            if len(meant) == 1 and None not in meant:
                found[name] = str(meant.pop())
    if "government" in _values(message, "stop_cause") and _is_of_an_epidemic(message):
        found["stop_cause"] = "epidemic_order"
    return found


def _is_planned(message: Message, entity: dict[str, Any]) -> bool:
    """让我们跟劳务公司签: what is asked of one is not so yet."""
    told = clause_around(message, entity)
    return entity["entity"] == "employment" and any(w in told for w in topics()["planned_words"])


def _values(message: Message, kind: str) -> set[str]:
    return {str(entity["value"]) for entity in entities(message, kind)}


def _is_of_an_epidemic(message: Message) -> bool:
    text = str(message.get("text") or "")
    return len(_values(message, "stop_cause")) == 1 and any(
        word in text for word in topics()["epidemic_words"]
    )


def counts(message: Message) -> dict[str, str]:
    """Figures that are told of one thing only; two different ones are none."""
    return {
        name: plain_number(round(one, 2))
        for name, figures in (
            ("pregnancy_months", _pregnancies(message)),
            ("contribution_months", _contributions(message, ("unemployment",))),
            ("month_overtime_hours", _overtime(message, "month")),
            ("overtime_hours", _overtime(message, None)),
            ("family_size", _heads(message, "family")),
            ("layoff_count", _heads(message, "people", "laid_off_words")),
            ("workers_owed", _heads(message, "people", "unpaid_words")),
            ("total_staff", _heads(message, "people", "whole_staff_words")),
        )
        if (one := _only(figures)) is not None
    }


def told_count(name: str, message: Message) -> str | None:
    """The figure that answers the question for a fact, where asking leaves no doubt of it."""
    asked: Mapping[str, Callable[[], Iterator[Decimal]]] = {
        "pregnancy_months": lambda: _pregnancies(message),
        "contribution_months": lambda: _contributions(message, ("unemployment", "social")),
        "month_overtime_hours": lambda: _hours(message),
        "overtime_hours": lambda: _hours(message),
    }
    whole = entities(message, "headcount") if rulebook().facts[name].unit in ("人", "口") else []
    figures = asked[name]() if name in asked else (Decimal(e["value"]["count"]) for e in whole)
    one = _only(figures)
    return None if one is None else plain_number(round(one, 2))


def _only(figures: Iterator[Decimal]) -> Decimal | None:
    told = set(figures)
    return told.pop() if len(told) == 1 else None


def _pregnancies(message: Message) -> Iterator[Decimal]:
    for entity in entities(message, "pregnancy"):
        count = Decimal(entity["value"]["count"])
        yield count / _WEEKS if entity["value"]["unit"] == "week" else count


def _contributions(message: Message, kinds: tuple[str, ...]) -> Iterator[Decimal]:
    for entity in entities(message, "contribution"):
        if entity["value"]["kind"] in kinds:
            yield Decimal(entity["value"]["months"])


def _hours(message: Message) -> Iterator[Decimal]:
    return (Decimal(entity["value"]["hours"]) for entity in entities(message, "overtime"))


def _overtime(message: Message, per: str | None) -> Iterator[Decimal]:
    """Hours in a month (also 九月份加了52个小时), or all told of working days alone."""
    for entity in entities(message, "overtime"):
        clause = clause_around(message, entity)
        in_a_month = entity["value"]["per"] == "month" or _names_a_month(message, clause)
        on_workdays = any(word in clause for word in topics()["workday_words"])
        if in_a_month if per else on_workdays and not entity["value"]["per"]:
            yield Decimal(entity["value"]["hours"])


def _names_a_month(message: Message, clause: str) -> bool:
    text = str(message.get("text") or "")
    months = [e for e in entities(message, "date") if e["value"].get("precision") == "month"]
    return any(text[int(e["start"]) : int(e["end"])] in clause for e in months)


def _heads(message: Message, of: str, cue: str | None = None) -> Iterator[Decimal]:
    for entity in entities(message, "headcount"):
        clause = clause_around(message, entity)
        if entity["value"]["of"] == of and (not cue or any(w in clause for w in topics()[cue])):
            yield Decimal(entity["value"]["count"])


def service(message: Message) -> dict[str, str]:
    """How long somebody has worked here: 在这家厂干了3年零2个月."""
    lasting = entities(message, "duration")
    for at, entity in enumerate(lasting):
        before = text_before(message, entity, 12)
        if any(word in before for word in topics()["here_words"]) and before.endswith(
            tuple(topics()["served_words"])
        ):
            months = sum(joined(message, lasting[at:], IN_UNIT["个月"]), Decimal(0))
            told = {"service_months": months, "unit_work_years": months / 12}
            return {n: plain_number(round(v, 2)) for n, v in told.items()} if months else {}
    return {}


def joined(
    message: Message, lasting: list[dict[str, Any]], each: Mapping[str, Decimal]
) -> Iterator[Decimal]:
    """The first counted time in one of the units and what follows it at once (3年零2个月)."""
    text, end = str(message.get("text") or ""), None
    for entity in lasting:
        unit = str(entity["value"].get("text_unit"))
        between = text[end : int(entity.get("start") or 0)] if end is not None else ""
        if unit in each and between in ("", "零", "又"):
            yield Decimal(entity["value"]["count"]) * each[unit]
            end = int(entity.get("end") or 0)


def day_told(message: Message, entity: dict[str, Any]) -> tuple[str, date | None] | None:
    """(hired_on, left_on, isolated_from or isolated_until; the day, None when it names no whole
    day), or None for a date of none of these: perhaps of a stoppage."""
    before, after = around_date(message, entity)
    if any(word in before + after for word in topics()["stoppage_words"]):
        return None
    names: Mapping[str, list[str]] = topics()["day_words"]
    behind = [(at, -len(w), n) for n, ws in names.items() for w in ws if (at := after.find(w)) >= 0]
    ahead = [
        (-at, -len(w), n) for n, ws in names.items() for w in ws if (at := before.rfind(w)) >= 0
    ]
    name = min(behind or ahead, default=(0, 0, ""))[2]
    return (name, _whole_day(name, entity["value"])) if name else None


def around_date(message: Message, entity: dict[str, Any]) -> tuple[str, str]:
    """What stands before and behind a date in its clause, as far as the next date."""
    text = str(message.get("text") or "")
    start, end = int(entity["start"]), int(entity["end"])
    told = [e for e in entities(message, "date") if e is not entity]
    since = max((int(e["end"]) for e in told if int(e["end"]) <= start), default=0)
    until = min((int(e["start"]) for e in told if int(e["start"]) >= end), default=len(text))
    clause = clause_around(message, entity)
    before = text_before(message, entity, max(start - since, 1)) if start > since else ""
    behind = clause[len(text_before(message, entity, len(text))) :]
    return before, behind[: until - end]


def _whole_day(name: str, value: Mapping[str, Any]) -> date | None:
    """The day itself; of a span (隔离从2号到16号) only its first is sure."""
    first_only = name in ("hired_on", "isolated_from")
    spans = value.get("role") == "range"
    ends = value.get("role") == "end" and first_only
    if value.get("precision") != "day" or ends or (spans and not first_only):
        return None
    return date.fromisoformat(value["from"])
