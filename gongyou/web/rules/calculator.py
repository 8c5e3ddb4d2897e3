"""「算一算」: GET and POST /rules/ask/{topic}. Facts travel in the form alone; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from gongyou.hotlines import read_hotlines
from gongyou.rulebook import Card, NoRule, Topic
from gongyou.rulebook.model.text import day_text
from gongyou.web import csrf
from gongyou.web.cookies import FORM
from gongyou.web.days import read_day, today
from gongyou.web.errors import NotFound
from gongyou.web.form_page import render_form
from gongyou.web.keys import CATALOGUE
from gongyou.web.requests import clean
from gongyou.web.rules.case import Asking, Case, Unreadable, judge, read_fact
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.rules.question import change, show_question, show_told, show_untold
from gongyou.web.texts import say

FACT = "fact."
DISTRESS = "12356"  # who is sent there may need the other numbers of a crisis too
LONGEST = 1_000  # characters of a fact, or of the conclusion carried along


@dataclass(frozen=True)
class Sheet:
    """What came with a request. `before`: the conclusion before something was changed."""

    case: Case
    day_typed: str = ""
    day_error: str = ""
    before: str = ""


async def show_ask(request: web.Request) -> web.Response:
    """The first question of a topic; `?on=` names another day than today."""
    catalogue = request.app[CATALOGUE]
    sheet = _read_sheet(request, request.query, {})
    return _page(request, sheet, judge(catalogue, sheet.case))


async def post_ask(request: web.Request) -> web.Response:
    """Take an answer, a change or another day; ask on, or answer."""
    form = await csrf.read_form(request, FORM)
    catalogue = request.app[CATALOGUE]
    sheet = _read_sheet(request, form, _read_told(catalogue, form))
    name = form.get("change", "")
    if name in catalogue.rulebook.facts:
        return _page(request, sheet, change(catalogue, sheet.case, name))
    name = form.get("asked", "")
    if name in catalogue.rulebook.facts and "keep" not in form:
        text = _text(form.get("choice") or form.get("answer", ""))
        sheet, problem = _take(catalogue, sheet, name, text)
        if problem:
            return _page(request, sheet, problem)
    return _page(request, sheet, judge(catalogue, sheet.case))


def _take(catalogue: Catalogue, sheet: Sheet, name: str, text: str) -> tuple[Sheet, Asking | None]:
    """The sheet with the answer; or the question again, when it cannot be read."""
    fact = catalogue.rulebook.facts[name]
    if not text:
        return sheet, Asking(fact, error=say("ask_empty"))
    try:
        read_fact(catalogue, name, text)
    except Unreadable as problem:
        return sheet, Asking(fact, text, str(problem), problem.choices)
    told = {**sheet.case.told, name: text}
    return replace(sheet, case=replace(sheet.case, told=told)), None


def _read_sheet(request: web.Request, form: Mapping[str, str], told: Mapping[str, str]) -> Sheet:
    """Raises NotFound for a topic the rulebook does not have."""
    typed, now = _text(form.get("on", ""))[:20], today(request)
    day = read_day(typed)
    error = say("rules_day", typed=typed) if typed and day is None else ""
    case = Case(_topic(request), told, day or now)
    return Sheet(case, typed if error else "", error, _text(form.get("before", "")))


def _topic(request: web.Request) -> Topic:
    topic = request.app[CATALOGUE].rulebook.topics.get(request.match_info["topic"])
    if topic is None:
        raise NotFound("topic_missing")
    return topic


def _read_told(catalogue: Catalogue, form: Mapping[str, str]) -> dict[str, str]:
    named = {key.removeprefix(FACT): key for key in form if key.startswith(FACT)}
    told = {name: _text(form[key]) for name, key in named.items()}
    return {name: text for name, text in told.items() if text and name in catalogue.rulebook.facts}


def _text(text: str) -> str:
    return clean(text)[:LONGEST]


def _page(request: web.Request, sheet: Sheet, shown: Card | NoRule | Asking) -> web.Response:
    """The question, or the answer; both with what was told and the day."""
    catalogue, context = request.app[CATALOGUE], _carried(request, sheet)
    is_wrong = bool(sheet.day_error)
    if isinstance(shown, Asking):
        context["field"] = show_question(catalogue, shown)
        status = 400 if shown.error or is_wrong else 200
        return render_form(request, "rules/ask.html", context, status)
    context |= _answer(shown) | {"untold": show_untold(catalogue, sheet.case)}
    return render_form(request, "rules/answer.html", context, 400 if is_wrong else 200)


def _carried(request: web.Request, sheet: Sheet) -> dict[str, Any]:
    """What every page of a case shows and hands on."""
    case = sheet.case
    return {
        "topic": case.topic,
        "told": show_told(request.app[CATALOGUE], case),
        "texts": case.told,
        "on": case.on.isoformat(),
        "day": day_text(case.on),
        "is_today": case.on == today(request),
        "day_typed": sheet.day_typed,
        "day_error": sheet.day_error,
        "before": sheet.before,
    }


def _answer(shown: Card | NoRule) -> dict[str, Any]:
    """The card or the reason, the ways to people, and whom to ring at once if the words name it."""
    words = shown.reason if isinstance(shown, NoRule) else shown.conclusion
    card = None if isinstance(shown, NoRule) else shown
    urgent = read_hotlines("crisis") if DISTRESS in words else []
    lines = read_hotlines("rights")
    return {"card": card, "reason": words, "next": words, "urgent": urgent, "lines": lines}
