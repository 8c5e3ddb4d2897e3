"""Whose case a request means: what the chat's cookie opens, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from gongyou.desk.chat.conversations import fetch_conversation
from gongyou.desk.routing.worktime import IsWorkday
from gongyou.desk.tickets.own import fetch_own_ticket
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook import Rulebook
from gongyou.web import cookies, csrf
from gongyou.web.cookies import CHAT
from gongyou.web.errors import NotFound
from gongyou.web.keys import CATALOGUE, CLOCK, NAMES, WORKDAYS
from gongyou.web.names import Names
from gongyou.web.rules.days import today


@dataclass(frozen=True)
class Visit:
    """Who asks (the chat's cookie, "" for none), and what an answer is worked out with."""

    token: str
    rulebook: Rulebook
    names: Names
    is_workday: IsWorkday
    now: datetime
    today: date


def visit_of(request: web.Request) -> Visit:
    app = request.app
    return Visit(
        token=cookies.read(request, CHAT),
        rulebook=app[CATALOGUE].rulebook,
        names=app[NAMES],
        is_workday=app[WORKDAYS],
        now=app[CLOCK](),
        today=today(request),
    )


def chat_of(session: Any, visit: Visit) -> str | None:
    """The conversation that the visit's cookie opens."""
    found = fetch_conversation(session, visit.token) if visit.token else None
    return found.id if found else None


def own_ticket(session: Any, visit: Visit, number: int) -> Ticket:
    """Raises NotFound, in the same words for no ticket and for somebody else's."""
    chat = chat_of(session, visit)
    ticket = fetch_own_ticket(session, chat, number) if chat else None
    if ticket is None:
        raise NotFound("case_missing")
    return ticket


def number_of(request: web.Request) -> int:
    return int(request.match_info["case"])


def case_path(number: int) -> str:
    return f"/cases/{number}"


def render(
    request: web.Request, template: str, context: Mapping[str, Any], status: int = 200
) -> web.Response:
    """A page with forms: the token of this visitor, a key that makes a repeat harmless."""
    secret = csrf.form_secret(request)
    page = {"form_token": csrf.token_for(secret), "key": csrf.new_key(), **context}
    response = aiohttp_jinja2.render_template(template, request, page, status=status)
    csrf.keep_form_secret(request, response, secret)
    return response
