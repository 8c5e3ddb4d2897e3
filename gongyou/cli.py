"""The `gongyou` command."""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

from gongyou import desk_command, rulebook_command, train_command
from gongyou.clock import china_now
from gongyou.run import assistant, secrets
from gongyou.run.places import folder

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="gongyou", description="The assistant for rights at work")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start everything on this machine and watch it")
    teach = commands.add_parser("train", help="train what is new: our data, what officers taught")
    train_command.add_arguments(teach)
    law = commands.add_parser("rulebook", help="read, check and ask the law")
    rulebook_command.add_arguments(law, ROOT / "rulebook")
    desk = commands.add_parser("desk", help="accounts, backup and restore, export, erase")
    desk_command.add_arguments(desk)
    chosen = parser.parse_args(arguments)
    match chosen.command:
        case "run":
            return assistant.run(ROOT)
        case "rulebook":
            return rulebook_command.run(chosen, china_now().date())
        case "desk":
            return desk_command.run(chosen, desk_environment(), china_now())
        case _:
            return train_command.run(chosen, ROOT, desk_environment())


def desk_environment() -> Mapping[str, str]:
    """The environment; without a key in it, what `gongyou run` keeps for its demonstration."""
    var = folder(ROOT)
    places = {
        "GONGYOU_DATABASE_URL": f"sqlite:///{var / 'gongyou.db'}",
        "RASA_TRACKER_DB": str(var / "tracker.db"),
    }
    kept = var / "secrets.json"
    given = {name: value for name, value in os.environ.items() if value}
    demonstration = kept.exists() and "GONGYOU_KEY" not in given
    return {**places, **(secrets.read_or_make(kept) if demonstration else {}), **given}
