"""Fields of the account forms: lines, places, employers. What is wrong is said with its cure."""

import re
from collections.abc import Iterable, Sequence

from gongyou.desk.people.employer_names import normalise
from gongyou.desk.people.limits import EMPLOYER_LONGEST
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.rulebook.model.regions import chain
from gongyou.web.requests import clean
from gongyou.web.rules.places import Places
from gongyou.web.texts import read_texts, say

BREAK = re.compile(r"[\n,，、;；]+")
REGIONS_MOST = 50
EMPLOYERS_MOST = 200


class FieldError(ValueError):
    """A field that cannot be used; `str` is the Chinese sentence for the page."""


def read_regions(text: str, places: Places) -> list[str]:
    """Codes of the places typed, 「全国」 for everywhere. Raises FieldError."""
    typed = _lines(BREAK.split(clean(text)))
    if not typed:
        raise FieldError(say("regions_empty"))
    if len(typed) > REGIONS_MOST:
        raise FieldError(say("regions_many", most=REGIONS_MOST))
    codes = [_code(name, places) for name in typed]
    return [EVERYWHERE] if EVERYWHERE in codes else codes


def show_regions(codes: Sequence[str], places: Places) -> str:
    """The places' full names, one a line, as `read_regions` takes them."""
    return "\n".join(_name(code, places) for code in codes)


def read_employers(text: str) -> list[str]:
    """Names of enterprises, one a line. Raises FieldError."""
    names = _lines(clean(text).split("\n"))
    if len(names) > EMPLOYERS_MOST:
        raise FieldError(say("employers_many", most=EMPLOYERS_MOST))
    for name in names:
        if len(name) > EMPLOYER_LONGEST:
            raise FieldError(say("employer_long", most=EMPLOYER_LONGEST, typed=name[:20]))
        if not normalise(name):
            raise FieldError(say("employer_nobody", typed=name))
    return names


def _lines(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _code(name: str, places: Places) -> str:
    if name == read_texts()["everywhere"]:
        return EVERYWHERE
    codes = places.find(name)
    if not codes:
        raise FieldError(say("regions_unknown", typed=name[:20]))
    meant = [code for code in codes if _is_meant(code, codes)]
    if len(meant) != 1:
        raise FieldError(say("regions_which", typed=name[:20]))
    return meant[0]


def _is_meant(code: str, codes: Sequence[str]) -> bool:
    """Whether of several places of one name this is meant: it holds the others, or is the only
    province among them (海南 is no district of 乌海)."""
    holds_all = all(code in chain(other) for other in codes)
    return holds_all or [each for each in codes if each.endswith("0000")] == [code]


def _name(code: str, places: Places) -> str:
    if code == EVERYWHERE:
        return str(read_texts()["everywhere"])
    try:
        return places.name(code)
    except KeyError:
        return code
