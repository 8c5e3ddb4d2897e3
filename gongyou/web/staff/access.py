"""The one declared line of a staff handler: `@permitted("ticket.reply")`."""

from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.permissions import PERMISSIONS, may
from gongyou.desk.people.sign_ins import fetch_signed_in
from gongyou.web import cookies
from gongyou.web.cookies import SIGN_IN
from gongyou.web.errors import NotAllowed, NotSignedIn
from gongyou.web.keys import CLOCK, DESK
from gongyou.web.middleware import HOME
from gongyou.web.staff.pages import home_of
from gongyou.web.threads import in_desk, read_desk

AUTOMATIC = "auto"

type StaffHandler = Callable[[web.Request, Person], Awaitable[web.StreamResponse]]
type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def permitted(permission: str, *, by_itself: bool = False) -> Callable[[StaffHandler], Handler]:
    """Only for people signed in whose role has the permission (desk/people/permissions.py).

    The handler gets the person. What a page does by itself (`?auto`, or always with `by_itself`)
    does not keep an idle person signed in. Raises NotSignedIn, NotAllowed; AssertionError at
    import for an unknown permission.
    """
    assert permission in PERMISSIONS, permission

    def declare(handler: StaffHandler) -> Handler:
        @wraps(handler)
        async def checked(request: web.Request) -> web.StreamResponse:
            person = await _signed_in(request, by_itself or AUTOMATIC in request.query)
            request[HOME] = home_of(person.role)
            if not may(person.role, permission):
                raise NotAllowed("not_permitted")
            return await handler(request, person)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return declare


async def _signed_in(request: web.Request, by_itself: bool) -> Person:
    token, now = cookies.read(request, SIGN_IN), request.app[CLOCK]()
    run = read_desk if by_itself else in_desk
    person = await run(request.app[DESK], fetch_signed_in, token, now, is_active=not by_itself)
    if person is None:
        raise NotSignedIn
    return person
