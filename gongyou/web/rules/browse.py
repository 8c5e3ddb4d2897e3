"""GET /rules: browse the topics, search the rules."""

from collections import Counter
from datetime import date

import aiohttp_jinja2
from aiohttp import web

from gongyou.rulebook.model.regions import chain
from gongyou.web.days import today
from gongyou.web.keys import CATALOGUE
from gongyou.web.rules.catalogue import Catalogue, Entry, fold
from gongyou.web.rules.filters import Filters, read_filters
from gongyou.web.rules.views import Group, show_line

SHOWN_OF_EACH = 5  # rules of a topic while several topics are listed


async def show_rules(request: web.Request) -> web.Response:
    """The topics; or, once something narrows the list, the rules that fit."""
    catalogue, now = request.app[CATALOGUE], today(request)
    filters = read_filters(request.query, catalogue)
    found = search(catalogue, filters, filters.day or now)
    context = {
        "filters": filters,
        "typed": filters.typed,
        "errors": filters.errors,
        "place": catalogue.places.name(filters.code) if filters.code else "",
        "shelves": [
            (group.title, [catalogue.rulebook.topics[name] for name in group.topics])
            for group in catalogue.rulebook.grouped()
        ],
        "provinces": catalogue.places.provinces,
        "count": len(found),
        "counts": Counter(entry.topic.name for entry in found),
        "groups": [] if filters.is_empty else groups(catalogue, found, filters, now),
        "today": now,
    }
    return aiohttp_jinja2.render_template("rules/list.html", request, context)


def search(catalogue: Catalogue, filters: Filters, on: date) -> list[Entry]:
    """The rules that fit, of each topic the nearest place first."""
    words = [fold(word) for word in filters.typed["q"].split()]
    fitting = [
        entry
        for entry in catalogue.entries
        if filters.topic in ("", entry.topic.name)
        and (filters.with_lapsed or entry.rule.holds_on(on))
        and (filters.code is None or _concerns(entry.rule.region, filters.code))
        and all(word in entry.folded for word in words)
    ]
    if filters.code is None:
        return fitting
    near = chain(filters.code)
    return sorted(fitting, key=lambda entry: _distance(entry.rule.region, near))


def groups(catalogue: Catalogue, found: list[Entry], filters: Filters, now: date) -> list[Group]:
    """By topic, first those that the words name, then the fullest; a few rules of each topic,
    or all of the one that is asked for."""
    made = []
    for topic in catalogue.rulebook.topics.values():
        rules = [entry.rule for entry in found if entry.topic.name == topic.name]
        shown = rules if filters.topic else rules[:SHOWN_OF_EACH]
        if rules:
            lines = [show_line(catalogue, rule, now) for rule in shown]
            made.append(Group(topic.name, topic.title, lines, len(rules)))
    words = [fold(word) for word in filters.typed["q"].split()]
    return sorted(made, key=lambda group: (not _names(group.title, words), -group.count))


def _names(title: str, words: list[str]) -> bool:
    return any(word in fold(title) for word in words)


def _concerns(region: str, code: str) -> bool:
    """Whether a rule of `region` holds in the place, or in a part of it."""
    return region in chain(code) or code in chain(region)


def _distance(region: str, near: tuple[str, ...]) -> int:
    return near.index(region) if region in near else 0
