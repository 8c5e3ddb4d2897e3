"""What an officer fills in to teach a sentence, as it is typed and read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gongyou.rulebook import encode_facts
from gongyou.web.requests import clean
from gongyou.web.rules.case import Unreadable, read_fact
from gongyou.web.setting import Setting
from gongyou.web.staff.teaching.marks import holds_personal
from gongyou.web.staff.teaching.topics import topic_names
from gongyou.web.texts import say

LONGEST: Final = 300  # characters of a sentence that teaches something
FREE_ROWS: Final = 2  # for facts the bot did not find at all
MOST_ROWS: Final = 8
FACT_LONGEST: Final = 200


@dataclass(frozen=True)
class FactRow:
    """One fact to correct: `said` is what the bot made of it, "" when it found none."""

    name: str
    said: str
    typed: str
    error: str = ""


@dataclass(frozen=True)
class TeachForm:
    """As typed; `errors` by field. `lacks_sure`: names may stand in it and nobody said no yet."""

    text: str
    topic: str = ""
    rows: tuple[FactRow, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    lacks_sure: bool = False


@dataclass(frozen=True)
class Read:
    """The form, and what it comes to when nothing is wrong with it."""

    form: TeachForm
    facts: Mapping[str, Any]

    @property
    def is_good(self) -> bool:
        return not self.form.errors and not any(row.error for row in self.form.rows)


def one_line(text: str) -> str:
    """A sentence as it is learnt: in one line, with single spaces."""
    return " ".join(clean(text).split())


def read_form(
    sent: Mapping[str, str], setting: Setting, found: Mapping[str, str], was_topic: str | None
) -> Read:
    """`found`: the facts the bot found in the message, by name, in words."""
    text, topic = one_line(sent.get("text", "")), sent.get("topic", "")
    rows, facts = _read_rows(sent, setting, found)
    errors = _errors(text, topic, setting)
    if not errors and topic == was_topic and not facts and not any(row.error for row in rows):
        errors["topic"] = say("teach_nothing")
    lacks_sure = "text" not in errors and sent.get("sure") != "yes" and holds_personal(text)
    if lacks_sure:
        errors["text"] = say("teach_personal")
    return Read(TeachForm(text, topic, rows, errors, lacks_sure), facts)


def blank_rows(found: Mapping[str, str]) -> tuple[FactRow, ...]:
    """A row for each fact the bot found, and some for others."""
    told = [FactRow(name, said, "") for name, said in list(found.items())[: MOST_ROWS - FREE_ROWS]]
    return (*told, *[FactRow("", "", "")] * FREE_ROWS)


def _errors(text: str, topic: str, setting: Setting) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not text:
        errors["text"] = say("teach_empty")
    elif len(text) > LONGEST:
        errors["text"] = say("teach_long", most=LONGEST, length=len(text))
    if topic not in topic_names(setting.rulebook):
        errors["topic"] = say("teach_topic")
    return errors


def _read_rows(
    sent: Mapping[str, str], setting: Setting, found: Mapping[str, str]
) -> tuple[tuple[FactRow, ...], dict[str, Any]]:
    rows: list[FactRow] = []
    facts: dict[str, Any] = {}
    for number in range(MOST_ROWS):
        name = sent.get(f"fact.{number}", "")
        typed = clean(sent.get(f"value.{number}", ""))[:FACT_LONGEST]
        if f"fact.{number}" not in sent:
            continue
        row = FactRow(name, found.get(name, ""), typed, _fact_error(name, typed, setting))
        rows.append(row)
        if typed and not row.error:
            facts[name] = _encoded(name, typed, setting)
    return tuple(rows), facts


def _fact_error(name: str, typed: str, setting: Setting) -> str:
    """Why what was typed is no value of this fact; "" when it is, or nothing was typed."""
    if not typed:
        return ""
    if name not in setting.rulebook.facts:
        return say("teach_fact")
    try:
        read_fact(setting.catalogue, name, typed)
    except Unreadable as problem:
        return f"{problem}{_labels(problem.choices)}"
    return ""


def _labels(choices: Sequence[tuple[str, str]]) -> str:
    return "、".join(label for _, label in choices)


def _encoded(name: str, typed: str, setting: Setting) -> Any:
    value = read_fact(setting.catalogue, name, typed)
    return None if value is None else encode_facts({name: value})[name]
