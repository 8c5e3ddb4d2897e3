"""`gongyou rulebook`: read, check and ask the law from the command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from gongyou.rulebook import FactError, Rulebook, RulebookError, read_rulebook
from gongyou.rulebook_command import asking, checking, covering, differing, listing, showing
from gongyou.rulebook_command.arguments import add_arguments
from gongyou.rulebook_command.errors import BadInput, ChecksFailed

__all__ = ["add_arguments", "run"]

type Command = Callable[[Rulebook, argparse.Namespace, date], Iterable[str]]

_COMMANDS: Final[Mapping[str, Command]] = {
    "check": checking.lines,
    "list": listing.lines,
    "show": showing.lines,
    "ask": asking.lines,
    "diff": differing.lines,
    "coverage": covering.lines,
}


def run(chosen: argparse.Namespace, today: date) -> int:
    """Run the chosen subcommand; returns the exit code: 1 for a broken rulebook or bad input."""
    try:
        if not chosen.path.is_dir():
            raise BadInput(f"--path {chosen.path}: no such folder")
        rulebook = read_rulebook(chosen.path)
        for line in _COMMANDS[chosen.rulebook_command](rulebook, chosen, today):
            print(line)
    except (RulebookError, BadInput, FactError) as problem:
        print(f"gongyou: {problem}", file=sys.stderr)
        return 1
    except ChecksFailed:
        return 1
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
