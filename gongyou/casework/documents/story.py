"""The events of a case in sentences, and the evidence such a case usually has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongyou.casework.documents.case import Case
from gongyou.casework.documents.reading import PLACE
from gongyou.casework.documents.typed import BAR, cell
from gongyou.casework.documents.words import read_shared
from gongyou.rulebook import describe_fact

_SIDES = ("me", "employer")
_COUNTRY = "0000"
_MUNICIPALITIES = ("11", "12", "31", "50")


def tell_story(case: Case) -> Iterator[str]:
    """A paragraph for each group of story.yaml: the sentences whose facts are known."""
    paragraphs = ("".join(_sentences(case, group)) for group in read_shared("story"))
    yield from (text for text in paragraphs if text)


def _sentences(case: Case, group: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for entry in group:
        words = _words(case, entry["say"])
        if words is not None and _holds(case, entry):
            yield entry["say"].format(me=case.form.me, employer=case.form.employer, **words)


def _words(case: Case, sentence: str) -> dict[str, str] | None:
    """The facts a sentence names, in words; None when one of them is not known."""
    words = {}
    for found in PLACE.finditer(sentence):
        name = found[1]
        if name in _SIDES:
            continue
        value, fact = case.known(name), case.rulebook.facts[name]
        if value is None or (isinstance(value, str) and fact.type not in ("choice", "region")):
            return None
        words[name] = describe_fact(case.rulebook, name, value)
    return words


def _holds(case: Case, entry: Mapping[str, Any]) -> bool:
    fits = all(case.known(name) == value for name, value in entry.get("when", {}).items())
    return fits and not any(case.known(name) is not None for name in entry.get("unless", ()))


def list_evidence(case: Case) -> Iterator[str]:
    """Rows of the evidence table; the pages are left to be written in."""
    for row in read_shared("evidence")["rows"]:
        if row.get("for") == "all" or case.topic in row.get("topics", ()):
            yield f" {BAR} ".join(cell(row[name]) for name in ("name", "from", "proves"))


def name_place(case: Case, name: str) -> str:
    """The office of the city or county the worker works in; nothing for a whole province."""
    code = case.known("region")
    if not isinstance(code, str) or code not in case.rulebook.regions:
        return ""
    municipal = code[:2] in _MUNICIPALITIES
    if code.endswith(_COUNTRY) and not municipal:
        return ""
    place = case.rulebook.region_name(code)
    if not municipal:
        place = place.removeprefix(case.rulebook.region_name(code[:2] + _COUNTRY))
    return str(read_shared("places")[name]).format(place=place)
