"""Whose case a request means: what the chat's cookie opens, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.chat.conversations import fetch_conversation
from gongyou.desk.tickets.own import fetch_own_ticket
from gongyou.desk.tickets.table import Ticket
from gongyou.web import cookies, csrf
from gongyou.web.cookies import CHAT
from gongyou.web.errors import NotFound
from gongyou.web.form_page import render_form
from gongyou.web.setting import Setting, setting_of


@dataclass(frozen=True)
class Visit(Setting):
    """Who asks (the chat's cookie, "" for none), and what an answer is worked out with."""

    token: str


def visit_of(request: web.Request) -> Visit:
    return Visit(**vars(setting_of(request)), token=cookies.read(request, CHAT))


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
    return render_form(request, template, {"key": csrf.new_key(), **context}, status)
