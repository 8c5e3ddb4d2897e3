"""What may be typed after `gongyou desk`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from gongyou.desk.people.roles import DUTIES, ROLES

type Commands = argparse._SubParsersAction[Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    commands = parser.add_subparsers(dest="desk_command", required=True, metavar="COMMAND")
    _add_accounts(commands)
    _add_import(commands)
    _add_backup(commands)
    _add_cases(commands)


def _add_accounts(commands: Commands) -> None:
    create = commands.add_parser("create-account", help="a new account; prints its one-time link")
    create.add_argument("--login", required=True, help="a-z, 0-9, dot, dash; 2 to 32 characters")
    create.add_argument("--name", required=True, help="as workers and colleagues read it")
    create.add_argument("--role", required=True, choices=ROLES)
    create.add_argument(
        "--region", action="append", default=[], metavar="REGION",
        help="a name (河南焦作) or six-digit code; may be repeated (default: everywhere)",
    )  # fmt: skip
    create.add_argument(
        "--employer", action="append", default=[], metavar="NAME",
        help="of an officer of this enterprise's own union; more than once for other names of it",
    )  # fmt: skip
    create.add_argument("--email", help="where notices go")
    create.add_argument(
        "--on-duty", action="store_true", help="of an officer: gets what no lawyer took"
    )
    create.add_argument(
        "--duty", action="append", default=[], choices=DUTIES,
        help="of an officer: care, to read what is told in distress",
    )  # fmt: skip
    listing = commands.add_parser("list-accounts", help="who has an account")
    listing.add_argument("--json", action="store_true", help="print JSON instead of text")
    leave = commands.add_parser("deactivate", help="keep somebody out; sign-ins end at once")
    leave.add_argument("login", metavar="LOGIN")
    reset = commands.add_parser("reset-password", help="end the old password; prints a new link")
    reset.add_argument("login", metavar="LOGIN")
    reset.add_argument(
        "--clear-second-factor", action="store_true", help="their phone is lost: no code any more"
    )


def _add_import(commands: Commands) -> None:
    lawyers = commands.add_parser("import-lawyers", help="new accounts for a list of lawyers")
    lawyers.add_argument("file", type=Path, metavar="FILE.csv|.xlsx")
    lawyers.add_argument("--check", action="store_true", help="report, import nothing")
    lawyers.add_argument(
        "--skip-bad",
        action="store_true",
        help="import the lines that are right (default: all or none)",
    )
    lawyers.add_argument(
        "--update", action="store_true", help="also change lawyers who are there but differ"
    )
    lawyers.add_argument("--json", action="store_true", help="print JSON instead of text")


def _add_backup(commands: Commands) -> None:
    backup = commands.add_parser("backup", help="copy the whole record while everything runs")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument(
        "--verify", action="store_true", help="restore it into a temporary database and compare"
    )
    restore = commands.add_parser("restore", help="load a backup into an empty database")
    restore.add_argument("file", type=Path, metavar="FILE")


def _add_cases(commands: Commands) -> None:
    export = commands.add_parser("export-case", help="one case as a folder others can read")
    export.add_argument("number", type=int, metavar="NUMBER")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="an existing folder")
    erase = commands.add_parser("erase", help="erase a worker's case, or somebody who has left")
    whom = erase.add_mutually_exclusive_group(required=True)
    whom.add_argument("--receipt", metavar="CODE", help="the worker's 16 digits")
    whom.add_argument("--person", metavar="LOGIN", help="of the staff")
    erase.add_argument("--yes", action="store_true", help="do not ask")
