"""`gongyou desk`: accounts, backup and restore, export and erasure, for the operator."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from gongyou.desk.errors import DeskError
from gongyou.desk_command import accounts, backing_up, erasing, exporting, importing
from gongyou.desk_command.arguments import add_arguments
from gongyou.desk_command.errors import BadInput
from gongyou.desk_command.office import Office, open_office
from gongyou.settings import SettingsError

__all__ = ["add_arguments", "run"]

type Command = Callable[[Office, argparse.Namespace], Iterable[str]]

_COMMANDS: Final[Mapping[str, Command]] = {
    "create-account": accounts.create,
    "list-accounts": accounts.show,
    "deactivate": accounts.deactivate,
    "reset-password": accounts.reset,
    "import-lawyers": importing.lines,
    "backup": backing_up.back_up,
    "restore": backing_up.restore,
    "export-case": exporting.lines,
    "erase": erasing.lines,
}


def run(chosen: argparse.Namespace, environment: Mapping[str, str], now: datetime) -> int:
    """Run the chosen subcommand; returns the exit code, 1 after an error told in one line."""
    before = os.umask(0o077)  # what is written here is this user's only
    try:
        with open_office(chosen.desk_command, environment, now) as office:
            for line in _COMMANDS[chosen.desk_command](office, chosen):
                print(line, flush=True)
    except (BadInput, SettingsError, DeskError) as problem:
        print(f"gongyou: {problem}", file=sys.stderr)
        return 1
    except SQLAlchemyError as error:  # its text may quote a row
        print(f"gongyou: the database refused ({type(error).__name__})", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"gongyou: {error.filename or 'a file'}: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        os.umask(before)
    return 0
