"""A case as a page to read and print, in Chinese (templates/case.html)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gongyou.clock import CHINA
from gongyou.desk.keeping.exporting import ExportedCase
from gongyou.desk.tickets.moves import read_outcomes, read_statuses
from gongyou.rulebook import NATION, Rulebook, decode_facts, describe_fact

HERE = Path(__file__).parent


def render_case(
    case: ExportedCase, files: Mapping[int, str], rulebook: Rulebook, now: datetime
) -> str:
    """The page; `files` are where the attachments lie, by number."""
    ticket = case.ticket
    topic = rulebook.topics.get(ticket["topic"])
    return _pages().get_template("case.html").render(
        case=case,
        ticket=ticket,
        topic=topic.title if topic else ticket["topic"],
        region=_region(rulebook, ticket["region"]),
        status=read_statuses()[ticket["status"]],
        outcome=read_outcomes().get(ticket["outcome"] or "", ""),
        facts=list(_facts(rulebook, ticket["facts"])),
        files=files,
        now=now,
    )  # fmt: skip


def _region(rulebook: Rulebook, code: str) -> str:
    try:
        return "" if code == NATION else rulebook.region_name(code)
    except KeyError:
        return code


def _facts(rulebook: Rulebook, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and text of each fact, from a sheet or as the rulebook encodes it.

    What the rulebook no longer knows is told as it was stored.
    """
    for name, value in facts.items():
        if isinstance(value, dict) and "label" in value:
            yield str(value["label"]), str(value["text"])
            continue
        known = rulebook.facts.get(name)
        try:
            decoded = decode_facts(rulebook, {name: value})
            text = describe_fact(rulebook, name, decoded[name])
        except (ValueError, KeyError):
            text = str(value)
        yield known.label if known else name, text


@cache
def _pages() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    pages.filters["moment"] = _moment
    return pages


def _moment(at: datetime | str) -> str:
    """2026-11-21 09:00, in China."""
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{when.astimezone(CHINA):%Y-%m-%d %H:%M}"
