"""What may be typed after `gongyou rulebook`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

type Commands = argparse._SubParsersAction[Any]


def add_arguments(parser: argparse.ArgumentParser, default: Path) -> None:
    """Declare the subcommands; `default` is the rulebook's folder."""
    parser.add_argument(
        "--path", type=Path, default=default, metavar="DIR", help="the rulebook's folder"
    )
    parser.add_argument(
        "--cases", type=Path, metavar="DIR",
        help="the cases' folder (default: tests/rulebook beside the rulebook's folder)",
    )  # fmt: skip
    commands = parser.add_subparsers(dest="rulebook_command", required=True, metavar="COMMAND")
    commands.add_parser(
        "check", help="read everything, look for overlaps, gaps and old checks, tell each cure"
    )
    _add_reading(commands)
    _add_ask(commands)
    _add_reports(commands)


def _add_reading(commands: Commands) -> None:
    listing = commands.add_parser("list", help="list rules: id, region, in force, status, title")
    listing.add_argument("topic", nargs="?", metavar="TOPIC", help="only this topic")
    _add_region(listing, "only the rules that hold there, the nation's too")
    listing.add_argument("--on", metavar="DATE", help="only the rules in force on that day")
    show = commands.add_parser("show", help="show a rule, a topic and its facts, a fact, a figure")
    show.add_argument("id", metavar="ID", help="a rule's id, or a topic's, fact's or figure's name")


def _add_ask(commands: Commands) -> None:
    ask = commands.add_parser("ask", help="ask a topic with facts and print the answer")
    ask.add_argument("topic", metavar="TOPIC")
    ask.add_argument("--fact", action="append", default=[], metavar="NAME=VALUE")
    ask.add_argument(
        "--facts", type=Path, metavar="FILE.json", help="facts as a JSON object; --fact comes first"
    )
    ask.add_argument("--on", metavar="DATE", help="the day of the question (default: today)")
    ask.add_argument(
        "--what-if", action="append", default=[], metavar="NAME=VALUE",
        help="answer again with this fact changed and tell the difference; on=DATE: on another"
        " day; NAME= takes the fact away; several are changed together",
    )  # fmt: skip
    ask.add_argument("--json", action="store_true", help="print JSON instead of text")


def _add_reports(commands: Commands) -> None:
    diff = commands.add_parser("diff", help="what begins, ends or is replaced between two days")
    diff.add_argument("--from", dest="since", required=True, metavar="DATE", help="after this day")
    diff.add_argument("--to", dest="until", required=True, metavar="DATE", help="up to this day")
    _add_region(diff, "only what holds there, the nation's too")
    diff.add_argument("--topic", metavar="TOPIC", help="only its rules and the figures they use")
    coverage = commands.add_parser(
        "coverage", help="topic by province by period: answered, unverified, needs a person"
    )
    coverage.add_argument("--topic", metavar="TOPIC", help="only this topic")
    coverage.add_argument("--json", action="store_true", help="print JSON, with every province")


def _add_region(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--region", metavar="REGION", help=f"a name or six-digit code: {what}")
