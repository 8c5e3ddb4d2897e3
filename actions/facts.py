"""From one message to facts: the typed entities that bot/nlu found, read for a topic."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from actions.circumstances import IN_UNIT, circumstances, day_told
from actions.context import rulebook, topics
from actions.understood import Message, clause_around, entities, text_before
from gongyou.rulebook import FactValue, parse_fact

BARE = 3  # characters beside a date that tell nothing of it


class UnreadableFact(ValueError):
    """The worker named something that does not exist; `key` and `name` choose the sentence."""

    def __init__(self, key: str, name: str, choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(key)
        self.key, self.name, self.choices = key, name, choices


def facts_in(message: Message, topic: str | None) -> dict[str, FactValue]:
    """Every fact the topic uses that the message states outright.

    Raises UnreadableFact for a place or a day that does not exist, ValueError (in Chinese) for a
    value out of range.
    """
    refuse_the_impossible(message)
    return readable_facts(message, topic)


def readable_facts(message: Message, topic: str | None) -> dict[str, FactValue]:
    """As `facts_in`, leaving out a place or a day that does not exist."""
    found = {**region(message), **money(message), **dates(message), **months_owed(message)}
    return of_topic({**found, **circumstances(message, topic)}, topic)


def of_topic(found: dict[str, FactValue], topic: str | None) -> dict[str, FactValue]:
    known = rulebook().topics.get(topic or "")
    if known is None:
        return found
    return {name: value for name, value in found.items() if name in known.uses}


def refuse_the_impossible(message: Message) -> None:
    """Raise UnreadableFact when the message names a place or a day that does not exist."""
    for key in ("region_unknown", "date_invalid"):
        for entity in entities(message, key):
            raise UnreadableFact(key, str(entity["value"]))
    for entity in entities(message, "region_ambiguous"):
        codes = entity["value"]["codes"]
        options = tuple((code, rulebook().region_name(code, full=True)) for code in codes)
        said = str(message.get("text") or "")[int(entity["start"]) : int(entity["end"])]
        raise UnreadableFact("region_ambiguous", said, options)


def region(message: Message) -> dict[str, FactValue]:
    """The place meant: of two, the one that is not denied (不是焦作，是株洲)."""
    text = str(message.get("text") or "")
    places = entities(message, "region")
    meant = [p for p in places if not _denied(text, int(p.get("start") or 0))] or places
    return {"region": str(meant[-1]["value"])} if meant else {}


def _denied(text: str, start: int) -> bool:
    return text[:start].rstrip().endswith(("不是", "不在", "没在"))


def money(message: Message) -> dict[str, FactValue]:
    """Sums of a month, of all that is owed, and of what was really paid. A day's rate is none."""
    found: dict[str, FactValue] = {}
    for entity in entities(message, "money"):
        name = _money_fact(message, entity)
        if name and name not in found:
            value = parse_fact(rulebook().facts[name], entity["value"]["amount"])
            found |= {name: value} if value is not None else {}
    return found


def _money_fact(message: Message, entity: dict[str, Any]) -> str | None:
    before = text_before(message, entity)
    if any(word in before for word in topics()["paid_words"]):
        return "paid_amount" if entity["value"].get("per") in (None, "month") else None
    return {"month": "monthly_wage", "total": "owed_amount", None: "monthly_wage"}.get(
        entity["value"].get("per")
    )


def rate(message: Message) -> str | None:
    """「120 元一天」 when pay is told by the hour, the day or the year and no month's sum is."""
    told = entities(message, "money")
    if any(entity["value"].get("per") in (None, "month", "total") for entity in told):
        return None
    units = topics()["rate_units"]
    return next((f"{e['value']['amount']} 元{units[e['value']['per']]}" for e in told), None)


def dates(message: Message) -> dict[str, FactValue]:
    """When the stoppage began, when work was resumed; the days of entry, leaving and isolation."""
    found: dict[str, FactValue] = {}
    for entity in entities(message, "date"):
        value = entity["value"]
        other = day_told(message, entity)
        if other is not None:
            found |= {"still_employed": "no"} if other[0] == "left_on" else {}
            found |= {other[0]: other[1]} if other[1] else {}
            continue
        role = value.get("role")
        if not _is_of_a_stoppage(message, entity):
            continue
        if role in ("range", "start", "point"):
            found.setdefault("stop_from", date.fromisoformat(value["from"]))
        if (role == "range" and not value.get("open")) or role == "end":
            found["stop_until"] = date.fromisoformat(resumed(message, entity))
    return found


def _is_of_a_stoppage(message: Message, entity: dict[str, Any]) -> bool:
    """Whether a date may be one of a stoppage: a mere point of time needs a word of it."""
    clause = clause_around(message, entity)
    if any(word in clause for word in topics()["stop_words"]):
        return True
    if any(word in clause for word in topics()["other_day_words"]):
        return False
    size = int(entity["end"]) - int(entity["start"])
    return entity["value"].get("role") != "point" or len(clause) - size <= BARE


def resumed(message: Message, entity: dict[str, Any]) -> str:
    """The day work was resumed: 停到12号 means the 13th, 12号复工 the 12th itself."""
    value, text = entity["value"], str(message.get("text") or "")
    worked_then = text[int(entity["end"]) :].startswith(tuple(topics()["resume_words"]))
    if value.get("role") == "range":
        until = date.fromisoformat(value["until"])
        return str(until - timedelta(days=1) if worked_then else until)
    lasted = text_before(message, entity).endswith(("到", "至")) and not worked_then
    return str(value["until"] if lasted else value["from"])


def roughly(message: Message, found: Mapping[str, FactValue]) -> list[tuple[str, date, str]]:
    """(what was said, the day taken, the line that says so) for each date that names no day."""
    text = str(message.get("text") or "")
    taken = {value for value in found.values() if isinstance(value, date)}
    lines = []
    for entity in entities(message, "date"):
        said, value = text[entity["start"] : entity["end"]], entity["value"]
        since, until = date.fromisoformat(value["from"]), date.fromisoformat(value["until"])
        if value.get("precision") != "day" and since in taken:
            lines.append((said, since, "rough_date"))
        if value.get("precision") != "day" and until in taken:
            lines.append((said, until - timedelta(days=1), "rough_until"))
    return lines


def months_owed(message: Message) -> dict[str, FactValue]:
    """How many months are owed, where the clause speaks of a debt; 干了5个月 is none."""
    for entity in entities(message, "duration"):
        count = in_months(entity["value"])
        worked = any(word in text_before(message, entity) for word in topics()["worked_words"])
        clause = clause_around(message, entity)
        owed = any(word in clause for word in topics()["unpaid_words"])
        wages = not any(word in clause for word in topics()["no_wage_words"])
        if count is not None and owed and wages and not worked:
            return {"months_owed": count}
    return {}


def in_months(duration: Mapping[str, Any]) -> Decimal | None:
    """Months of a counted time; None for weeks and days."""
    each = IN_UNIT["个月"].get(str(duration.get("text_unit")))
    return Decimal(duration["count"]) * each if each else None
