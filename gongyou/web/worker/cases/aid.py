"""/aid/<answer>: what an application needs, and handing it in to the union's officers."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.chat.messages import Message
from gongyou.desk.tickets.opening import fetch_by_key
from gongyou.web import csrf
from gongyou.web.cookies import FORM
from gongyou.web.errors import BadInput, NotFound
from gongyou.web.keys import DESK, NOTIFIER
from gongyou.web.threads import in_desk, read_desk
from gongyou.web.worker.aid_offer import Offer, find_offer
from gongyou.web.worker.cases.aid_form import LIMITS, AidForm, hand_in, key_of, read_aid_form
from gongyou.web.worker.cases.aid_view import AidView, show_aid
from gongyou.web.worker.cases.own import Visit, case_path, chat_of, render, visit_of


@dataclass(frozen=True)
class Asked:
    """The answer of this chat that is applied on; `case` is 0 until it is handed in."""

    chat: str
    offer: Offer
    case: int


async def show_application(request: web.Request) -> web.Response:
    """The page; once handed in, the case."""
    visit = visit_of(request)
    asked = await read_desk(request.app[DESK], _read, visit, _number(request))
    if asked.case:
        return _to_case(asked.case, "")
    return _draw(request, show_aid(asked.offer, visit), AidForm(), {})


async def post_application(request: web.Request) -> web.Response:
    """Opens the case; open pages of the chat hear of it at once."""
    posted, visit = await csrf.read_form(request, FORM), visit_of(request)
    asked = await read_desk(request.app[DESK], _read, visit, _number(request))
    if asked.case:
        return _to_case(asked.case, "")
    view = show_aid(asked.offer, visit)
    form, errors = read_aid_form(posted, len(view.papers))
    if errors:
        return _draw(request, view, form, errors, 400)
    work = (asked.chat, asked.offer, view.papers, form, visit)
    try:
        number = await in_desk(request.app[DESK], hand_in, *work)
    except BadInput as problem:
        return _draw(request, view, form, {"form": problem.text}, problem.status)
    request.app[NOTIFIER].notify(asked.chat)
    return _to_case(number, "?done=aid_sent")


def _read(session: Any, visit: Visit, number: int) -> Asked:
    """Raises NotFound, in the same words for no answer and for somebody else's."""
    chat = chat_of(session, visit)
    message = session.get(Message, number)
    if chat is None or message is None or message.conversation_id != chat:
        raise NotFound("aid_gone")
    offer = find_offer(message)
    if offer is None:
        raise NotFound("aid_gone")
    ticket = fetch_by_key(session, chat, key_of(offer))
    return Asked(chat, offer, ticket.id if ticket else 0)


def _draw(
    request: web.Request, view: AidView, form: AidForm, errors: dict[str, str], status: int = 200
) -> web.Response:
    context = {"aid": view, "form": form, "errors": errors, "limits": LIMITS}
    return render(request, "worker/cases/aid.html", context, status)


def _to_case(number: int, query: str) -> web.Response:
    return web.Response(status=303, headers={"Location": case_path(number) + query})


def _number(request: web.Request) -> int:
    return int(request.match_info["answer"])
