"""`gongyou rulebook`: read, check and ask the law from the command line."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongyou.rulebook import (
    Answer,
    FactError,
    FactValue,
    NeedFacts,
    NoRule,
    Question,
    Rulebook,
    RulebookError,
    evaluate,
    parse_fact,
    parse_region,
    read_rulebook,
    render_card,
)
from gongyou.rulebook.model import Rule

type Outcome = Answer | NeedFacts | NoRule


class BadInput(Exception):
    """What was typed cannot be used; the text names the part and the cure."""


def add_arguments(parser: argparse.ArgumentParser, default: Path) -> None:
    """Declare the subcommands on `gongyou rulebook`; `default` is the rulebook's folder."""
    parser.add_argument("--path", type=Path, default=default, help="the rulebook's folder")
    commands = parser.add_subparsers(dest="rulebook_command", required=True)
    commands.add_parser("check", help="read everything and report every mistake with its cure")
    listing = commands.add_parser(
        "list", help="list the rules: id, region, in force, status, title"
    )
    listing.add_argument("topic", nargs="?", help="only this topic")
    show = commands.add_parser("show", help="show one rule by its id")
    show.add_argument("id")
    ask = commands.add_parser("ask", help="ask a topic with facts and print the answer")
    ask.add_argument("topic")
    ask.add_argument("--fact", action="append", default=[], metavar="NAME=VALUE")
    ask.add_argument("--facts", type=Path, metavar="FILE.json", help="facts as a JSON object")
    ask.add_argument("--on", type=date.fromisoformat, help="the day asked about (default: today)")
    ask.add_argument("--json", action="store_true", help="print JSON instead of text")


def run(chosen: argparse.Namespace, today: date) -> int:
    """Run the chosen subcommand; returns the exit code: 1 for a broken rulebook or bad input."""
    try:
        rulebook = read_rulebook(chosen.path)
        for line in _lines(rulebook, chosen, today):
            print(line)
    except (RulebookError, BadInput, FactError) as problem:
        print(f"gongyou: {problem}", file=sys.stderr)
        return 1
    return 0


def _lines(rulebook: Rulebook, chosen: argparse.Namespace, today: date) -> Iterable[str]:
    match chosen.rulebook_command:
        case "check":
            return _checked(rulebook)
        case "list":
            return (_summary(rule) for rule in _rules(rulebook, chosen.topic))
        case "show":
            return _shown(rulebook, chosen.id)
        case _:
            return _asked(rulebook, chosen, chosen.on or today)


def _checked(rulebook: Rulebook) -> Iterator[str]:
    rows = sum(len(rows) for p in rulebook.parameters.values() for rows in p.rows.values())
    rules = len(list(_rules(rulebook, None)))
    yield f"ok: {len(rulebook.topics)} topics, {rules} rules, {rows} dated figures"


def _rules(rulebook: Rulebook, topic: str | None) -> Iterator[Rule]:
    if topic is not None and topic not in rulebook.topics:
        raise BadInput(f"no topic {topic!r}: choose one of {', '.join(rulebook.topics)}")
    for name, known in rulebook.topics.items():
        if topic in (None, name):
            yield from known.rules


def _summary(rule: Rule) -> str:
    in_force = f"{rule.since} – {rule.until or ''}"
    return "\t".join((rule.id, rule.region, in_force, rule.status, rule.title))


def _shown(rulebook: Rulebook, rule_id: str) -> Iterator[str]:
    rule = next((r for r in _rules(rulebook, None) if r.id == rule_id), None)
    if rule is None:
        raise BadInput(f"no rule {rule_id!r}: `gongyou rulebook list` names them all")
    yield f"{rule.id}  {rule.title}"
    yield f"topic {rule.topic}, {rulebook.region_name(rule.region)}, {rule.status}"
    yield f"in force {rule.since} – {rule.until or 'now'}"
    yield f"says: {rule.says}"
    for basis in rule.basis:
        yield f"basis: 《{basis.document}》{basis.number} {basis.article}, since {basis.since}"
    yield from (f"note: {note}" for note in rule.notes)


def _asked(rulebook: Rulebook, chosen: argparse.Namespace, on: date) -> Iterator[str]:
    list(_rules(rulebook, chosen.topic))  # refuses an unknown topic
    facts = _facts(rulebook, _told(chosen))
    outcome = evaluate(rulebook, Question(chosen.topic, facts, on))
    if chosen.json:
        yield json.dumps(_as_json(outcome), ensure_ascii=False, indent=1)
    else:
        yield from _as_text(rulebook, outcome, facts)


def _told(chosen: argparse.Namespace) -> dict[str, str]:
    """Facts of the file, then of the command line, as text by name."""
    told: dict[str, str] = {}
    if chosen.facts:
        try:
            loaded = json.loads(chosen.facts.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BadInput(f"--facts {chosen.facts}: {error}") from error
        if not isinstance(loaded, dict):
            raise BadInput(f'--facts {chosen.facts}: write one object, {{"name": value, ...}}')
        told = {str(name): str(value) for name, value in loaded.items()}
    for pair in chosen.fact:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadInput(f"--fact {pair}: write NAME=VALUE")
        told[name] = value
    return told


def _facts(rulebook: Rulebook, told: Mapping[str, str]) -> dict[str, FactValue]:
    unknown = [name for name in told if name not in rulebook.facts]
    if unknown:
        raise BadInput(f"no fact {unknown[0]!r}: choose one of {', '.join(rulebook.facts)}")
    facts: dict[str, FactValue] = {}
    for name, text in told.items():
        fact = rulebook.facts[name]
        place = parse_region(rulebook, text) if fact.type == "region" else None
        value = place or parse_fact(fact, text)
        if value is not None:
            facts[name] = value
    return facts


def _as_json(outcome: Outcome) -> dict[str, Any]:
    """Outcome, amounts, missing, steps and basis; yuan and dates as strings."""
    match outcome:
        case NeedFacts():
            return {"outcome": "needs_facts", "missing": list(outcome.missing)}
        case NoRule():
            return {"outcome": "no_rule", "reason": outcome.reason}
    plain = {
        "outcome": "answer",
        "status": outcome.status,
        "amounts": {one.name: asdict(one) for one in outcome.totals},
        "eligible": outcome.eligible,
        "eligibility": [asdict(one) for one in outcome.eligibility],
        "steps": [asdict(step) for step in outcome.steps],
        "basis": [asdict(citation) for citation in outcome.basis],
        "trace": list(outcome.trace),
    }
    made: dict[str, Any] = json.loads(json.dumps(plain, ensure_ascii=False, default=_text))
    return made


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    assert isinstance(value, date), value
    return value.isoformat()


def _as_text(rulebook: Rulebook, outcome: Outcome, facts: Mapping[str, FactValue]) -> Iterator[str]:
    match outcome:
        case NeedFacts():
            fact = rulebook.facts[outcome.missing[0]]
            yield f"needs: {', '.join(outcome.missing)}"
            yield fact.ask
        case NoRule():
            yield outcome.reason
        case Answer():
            card = render_card(rulebook, outcome, facts)
            yield card.conclusion
            for lines in (card.workings, card.basis, card.steps, card.notes):
                yield ""
                yield from lines
