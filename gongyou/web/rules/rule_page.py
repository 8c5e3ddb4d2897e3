"""GET /rules/{rule}: one rule, its documents, its versions, and the same thing elsewhere."""

from datetime import date, timedelta
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from gongyou.rulebook.model import Rule
from gongyou.rulebook.model.text import day_text, nested
from gongyou.web.days import today
from gongyou.web.errors import NotFound
from gongyou.web.keys import CATALOGUE
from gongyou.web.rules.catalogue import Catalogue, Entry
from gongyou.web.rules.related import elsewhere, versions
from gongyou.web.rules.views import show_line
from gongyou.web.rules.wording import arithmetic, conditions, life, requirements


async def show_rule(request: web.Request) -> web.Response:
    """The rule's page. Raises NotFound."""
    catalogue = request.app[CATALOGUE]
    entry = catalogue.find(request.match_info["rule"])
    if entry is None:
        raise NotFound("rule_missing")
    context = describe(catalogue, entry, today(request))
    return aiohttp_jinja2.render_template("rules/rule.html", request, context)


def describe(catalogue: Catalogue, entry: Entry, now: date) -> dict[str, Any]:
    """Everything the page tells of the rule, as of that day."""
    rule = entry.rule
    return {
        "rule": show_line(catalogue, rule, now),
        "topic": entry.topic,
        "conditions": conditions(catalogue.rulebook, rule),
        "arithmetic": arithmetic(catalogue.rulebook, rule),
        "requirements": requirements(rule),
        "entitlement": rule.eligibility,
        "notes": rule.notes,
        "documents": [_document(basis) for basis in rule.basis],
        "versions": [show_line(catalogue, one, now) for one in versions(catalogue, entry)],
        "elsewhere": [show_line(catalogue, one, now) for one in elsewhere(catalogue, entry)],
        "checked": day_text(rule.verified_on) if rule.verified_on else "",
        "sources": _sources(rule),
        "lapsed_on": _last_day(rule, now),
    }


def _document(basis: Any) -> dict[str, str]:
    return {
        "title": nested(basis.document),
        "number": basis.number,
        "article": basis.article,
        "life": life(basis.since, basis.until),
    }


def _sources(rule: Rule) -> list[tuple[str, bool]]:
    """Where the text was read, and whether that is an address one can open."""
    return [(source, source.startswith(("https://", "http://"))) for source in rule.sources]


def _last_day(rule: Rule, now: date) -> date | None:
    """The last day of a rule of the past, to ask about; None for one in force."""
    return rule.until - timedelta(days=1) if rule.until and rule.until <= now else None
