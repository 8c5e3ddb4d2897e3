"""The gateway's own words, read from the files beside this; pages have theirs in templates/."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def read_texts() -> dict[str, Any]:
    """Every file in one, with the `sentences` of all. ValueError for a key that stands twice."""
    texts, sentences = dict[str, Any](), dict[str, str]()
    for path in sorted(FOLDER.glob("*.yaml")):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        _add(sentences, read.pop("sentences", {}))
        _add(texts, read)
    return texts | {"sentences": sentences}


def _add(texts: dict[str, Any], more: dict[str, Any]) -> None:
    twice = texts.keys() & more.keys()
    if twice:
        raise ValueError(f"said in two files of gongyou/web/texts: {sorted(twice)}")
    texts |= more


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
