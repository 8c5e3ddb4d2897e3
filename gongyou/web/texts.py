"""The gateway's own sentences, read from texts.yaml beside this file."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEXTS = Path(__file__).with_name("texts.yaml")


@cache
def read_texts() -> dict[str, Any]:
    """The whole file; a sentence is a string, hotlines and buttons are lists."""
    texts: dict[str, Any] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return texts


def say(name: str, /, **values: object) -> str:
    """The sentence `name` with {values} filled in; KeyError for a name that is not there."""
    return str(read_texts()["sentences"][name]).format(**values)


def buttons(name: str) -> list[dict[str, str]]:
    """The gateway's own buttons under `name`, each with title and payload."""
    return [dict(button) for button in read_texts()["buttons"][name]]


def call_person(role: str, name: str) -> str:
    """How staff are called: 「律师 李明」, but 「李律师」 when the name says it already."""
    title = str(read_texts()["roles"][role])
    return name if title in name else f"{title} {name}"
