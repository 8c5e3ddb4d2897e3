"""The `gongyou` command."""

import argparse
import sys
from pathlib import Path

from gongyou.run import assistant, model
from gongyou.run.errors import CannotStart

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="gongyou", description="The assistant for rights at work")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start everything on this machine and watch it")
    commands.add_parser("train", help="train the model if the data are newer than it")
    chosen = parser.parse_args(arguments)
    return assistant.run(ROOT) if chosen.command == "run" else train()


def train() -> int:
    """Train unless a model of the present data is there."""
    path = model.model_path(ROOT)
    try:
        if not path.exists():
            print(f"gongyou: training {path.name}", flush=True)
            model.train(ROOT)
    except CannotStart as reason:
        print(f"gongyou: {reason}", file=sys.stderr)
        return 1
    return 0
