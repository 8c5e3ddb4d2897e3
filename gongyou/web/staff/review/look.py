"""「看过了」: an officer has looked at a review, and nothing more is to be done."""

from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.errors import NotFound
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.reviews import mark_reviewed
from gongyou.desk.tickets.standing import fetch_standing
from gongyou.web import csrf
from gongyou.web.keys import CLOCK, DESK
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import ticket_id
from gongyou.web.staff.pages import back_to
from gongyou.web.threads import in_desk


@permitted("ticket.look")
async def post_look(request: web.Request, person: Person) -> web.Response:
    """Back to the queue, where the next one waits."""
    await csrf.read_form(request)
    desk, now = request.app[DESK], request.app[CLOCK]()
    await in_desk(desk, _look, ticket_id(request), person, now)
    return back_to("/desk?done=looked")


def _look(session: Any, number: int, person: Person, now: datetime) -> None:
    """To whom it is nobody's business, it is not there. Raises as `mark_reviewed`."""
    if fetch_standing(session, number, person) is None:
        raise NotFound("ticket_missing")
    mark_reviewed(session, number, person, now)
