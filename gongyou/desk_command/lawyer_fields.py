"""What may stand in each column of a list of lawyers. A ValueError says what is wrong."""

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import yaml

from gongyou.desk.people.lawyers import LOAD_LIMIT, LOAD_MOST
from gongyou.desk_command.fields import read_email, read_employer, read_login, read_name
from gongyou.desk_command.places import find_region
from gongyou.desk_command.reading_hours import read_hours
from gongyou.rulebook import Rulebook

type Reader = Callable[[str], Any]

COLUMNS: Final = Path(__file__).with_name("lawyer_columns.yaml")
_BREAK: Final = re.compile(r"[、,，;；\n]+")


def column(field: str) -> str:
    """What the file calls a field."""
    return str(read_words()["columns"][field])


def field_readers(rulebook: Rulebook) -> dict[str, Reader]:
    """What reads each field. The same few places stand in most lines: each is looked up once."""
    looked_up = cache(partial(_look_up, rulebook))

    def place(name: str) -> str:
        code, wrong = looked_up(name)
        if wrong:
            raise ValueError(wrong)
        return code

    return {
        "name": read_name,
        "login": read_login,
        "email": read_email,
        "regions": lambda text: _regions(text, place),
        "specialities": lambda text: _topics(text, rulebook),
        "hours": _hours,
        "load_limit": _limit,
        "conflicts": _conflicts,
    }


def _look_up(rulebook: Rulebook, name: str) -> tuple[str, str]:
    """The region's code, or what is wrong with its name."""
    try:
        return find_region(rulebook, name), ""
    except ValueError as error:
        return "", str(error)


def _regions(text: str, place: Callable[[str], str]) -> tuple[str, ...]:
    codes = [place(name) for name in _parts(text)]
    if not codes:
        raise ValueError("is empty: write one region or more, 全国 for everywhere")
    return tuple(dict.fromkeys(codes))


def _topics(text: str, rulebook: Rulebook) -> tuple[str, ...]:
    if text in read_words()["every_topic"]:
        return ()
    return tuple(dict.fromkeys(_topic(name, rulebook) for name in _parts(text)))


def _topic(name: str, rulebook: Rulebook) -> str:
    """By its key or title, or by a part of the title that no other has."""
    titles = {key: topic.title for key, topic in rulebook.topics.items()}
    exact = [key for key, title in titles.items() if name in (key, title)]
    found = exact or [key for key, title in titles.items() if name in title]
    if len(found) == 1:
        return found[0]
    choices = "、".join(titles[key] for key in found) if found else "、".join(titles.values())
    raise ValueError(f"{name[:40]!r} is not one topic: write one of {choices}")


def _hours(text: str) -> dict[str, list[str]]:
    words = read_words()
    return {} if text in words["office_hours"] else read_hours(text, words["days"])


def _limit(text: str) -> int:
    if not text:
        return LOAD_LIMIT
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LOAD_MOST:
        raise ValueError(f"{text[:20]!r} is no limit: write a number from 1 to {LOAD_MOST}")
    return int(text)


def _conflicts(text: str) -> tuple[str, ...]:
    names = [] if text in read_words()["nothing"] else _parts(text)
    return tuple(dict.fromkeys(read_employer(name) for name in names))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BREAK.split(text) if part.strip()]


@cache
def read_words() -> dict[str, Any]:
    """Columns and words of lawyer_columns.yaml."""
    words: dict[str, Any] = yaml.safe_load(COLUMNS.read_text(encoding="utf-8"))
    return words
