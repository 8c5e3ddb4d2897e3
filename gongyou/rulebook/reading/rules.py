"""Reads national/<topic>.yaml and regions/<code>-<name>/<topic>.yaml into topics and rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from gongyou.rulebook.judging.cuts import SEGMENTERS
from gongyou.rulebook.model import (
    STATUSES,
    Basis,
    Deadline,
    Hint,
    Rank,
    Rule,
    Status,
    Topic,
    Under,
)
from gongyou.rulebook.model.regions import NATION
from gongyou.rulebook.reading.amounts import read_amount, read_entitlement
from gongyou.rulebook.reading.conditions import read_conditions
from gongyou.rulebook.reading.source import Reader, Row
from gongyou.rulebook.reading.vocabulary import Vocabulary
from gongyou.rulebook.reading.words import check_template, read_topic_words

_TOPIC = (
    "topic", "title", "segments", "span", "event", "facts", "needs", "words", "next_steps", "notes",
    "rules",
)  # fmt: skip
_RULE = (
    "id", "title", "region", "from", "until", "when", "amount", "eligibility", "deadline", "says",
    "under", "basis", "rank", "favourable", "status", "verified_on", "sources", "notes",
)  # fmt: skip


def read_topic(reader: Reader, known: Vocabulary) -> Topic:
    """A national file: the topic, its questions and words, and the national rules."""
    top = reader.load()
    top.only(*_TOPIC)
    name = _topic_name(top)
    facts, needs, span = top.strings("facts"), top.strings("needs"), top.strings("span")
    event = top.text("event", "") or None
    for fact in {*facts, *needs, *span, *([event] if event else [])} - set(known.facts):
        top.wrong(f"{fact!r} is no fact", "Add it to rulebook/facts/ or fix its name")
    segments = top.text("segments", "") or None
    if segments is not None and segments not in SEGMENTERS:
        top.wrong(f"segments is {segments!r}", f"Use one of {', '.join(SEGMENTERS)}")
    return Topic(
        name=name,
        title=top.text("title"),
        segments=segments,
        facts=facts,
        needs=needs,
        words=read_topic_words(top, segments == "pay_cycles"),
        next_steps=tuple(_hints(top, "next_steps", known)),
        notes=tuple(_hints(top, "notes", known)),
        rules=tuple(_rules(top, name, NATION, known)),
        event=event,
        span=span,
        place=f"{reader.file}:1",
    )


def read_regional_rules(reader: Reader, known: Vocabulary) -> tuple[str, tuple[Rule, ...]]:
    """A region's file: the topic it belongs to, and its rules."""
    top = reader.load()
    top.only("topic", "rules", "title")
    code = reader.path.parent.name.partition("-")[0]
    if code not in known.regions:
        top.wrong(f"folder {reader.path.parent.name} is no region", "Name it <code>-<pinyin>")
    name = _topic_name(top)
    return name, tuple(_rules(top, name, code, known))


def _topic_name(top: Row) -> str:
    name = top.text("topic")
    if name and name != top.reader.path.stem:
        top.wrong(f"topic is {name!r}", f"Name it like the file: {top.reader.path.stem}")
    return name


def _hints(top: Row, key: str, known: Vocabulary) -> Iterator[Hint]:
    for row in top.rows(key):
        row.only("say", "when", "parameter", "above")
        parameter = row.text("parameter", "") or None
        if parameter is not None and parameter not in known.parameters:
            row.wrong(f"{parameter!r} is no parameter", "Fix the name")
        above = row.text("above", "") or None
        if above is not None and (parameter is None or above not in known.facts):
            row.wrong(f"above is {above!r}", "Name a fact, and the parameter it is compared with")
        check_template(row, row.text("say"), ("region", "value") if parameter else ())
        yield Hint(row.text("say"), read_conditions(row, known.facts), parameter, above)


def _rules(top: Row, topic: str, code: str, known: Vocabulary) -> Iterator[Rule]:
    for row in top.rows("rules", name="id"):
        row.only(*_RULE)
        region = row.code("region", code)
        if region not in known.regions:
            row.wrong(f"region {region} is not in regions.csv", "Fix the code")
        since, until = row.day("from"), row.day("until", required=False)
        if since and until and until <= since:
            row.wrong(f"until {until} is not after from {since}", "until is the first day after")
        basis = _basis(row)
        yield Rule(
            id=row.text("id"),
            topic=topic,
            title=row.text("title"),
            region=region,
            since=since or date.max,
            until=until,
            when=read_conditions(row, known.facts),
            says=row.text("says"),
            status=cast(Status, row.one_of("status", STATUSES)),
            basis=basis,
            amount=read_amount(row, known.kinds),
            eligibility=read_entitlement(row, known),
            deadline=_deadline(row, known),
            under=cast(Under, row.one_of("under", ("workings", "next_steps", "notes"), "workings")),
            notes=row.strings("notes"),
            rank=_rank(row, basis),
            favourable=row.data.get("favourable") is True,
            verified_on=row.day("verified_on", required=False),
            sources=row.strings("sources"),
            place=f"{row.reader.file}:{row.data.line}",
        )


def _rank(row: Row, basis: tuple[Basis, ...]) -> Rank:
    """As written; else a statute when the first document is a law or an ordinance of the State."""
    national = bool(basis) and basis[0].number.startswith(("主席令", "国务院令"))
    rank = row.one_of("rank", ("statute", "document"), "statute" if national else "document")
    return "statute" if rank == "statute" else "document"


def _deadline(row: Row, known: Vocabulary) -> Deadline | None:
    if "deadline" not in row.data:
        return None
    inner = row.row("deadline")
    inner.only("after", "years", "passed")
    fact, years = inner.text("after"), inner.data.get("years")
    if fact not in known.facts or known.facts[fact].type != "date":
        row.wrong(f"deadline after {fact!r}, which is no date", "Name a fact of type date")
    if type(years) is not int:
        row.wrong(f"deadline years is {years!r}", "Write a whole number")
        years = 1
    for text in (row.text("says"), inner.text("passed")):
        check_template(row, text, ("deadline", "days_left"))
    return Deadline(fact, years, inner.text("passed"))


def _basis(row: Row) -> tuple[Basis, ...]:
    made = []
    for item in row.rows("basis"):
        item.only("document", "number", "article", "from", "until")
        document, article = item.text("document"), item.text("article", "")
        days = item.day("from", required=False), item.day("until", required=False)
        made.append(Basis(document, item.text("number", ""), article, *days))
    if not made:
        row.wrong("no basis", "Name the document, its number and the article under basis:")
    return tuple(made)
