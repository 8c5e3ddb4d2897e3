"""The shared sentences and tables of the documents: the YAML files of shared/."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def read_shared(name: str) -> Any:
    """What shared/<name>.yaml holds."""
    return read_yaml(FOLDER / "shared" / f"{name}.yaml")


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def say(name: str, /, **values: object) -> str:
    """The sentence `name` of words.yaml with {values} filled in; KeyError for an unknown name."""
    return str(read_shared("words")[name]).format(**values)
