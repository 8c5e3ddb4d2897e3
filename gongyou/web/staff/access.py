"""The one declared line of a staff handler: `@for_staff` asks who is signed in."""

from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web

from gongyou.desk.people import Person, fetch_signed_in
from gongyou.web import cookies
from gongyou.web.cookies import SIGN_IN
from gongyou.web.errors import NotSignedIn
from gongyou.web.keys import CLOCK, DESK
from gongyou.web.threads import in_desk

AUTOMATIC = "auto"

type StaffHandler = Callable[[web.Request, Person], Awaitable[web.StreamResponse]]
type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def for_staff(handler: StaffHandler) -> Handler:
    """Only for people who are signed in; the handler gets the person. Raises NotSignedIn.

    What a page does by itself (`?auto`) does not keep an idle person signed in.
    """

    @wraps(handler)
    async def checked(request: web.Request) -> web.StreamResponse:
        token, now = cookies.read(request, SIGN_IN), request.app[CLOCK]()
        is_active = AUTOMATIC not in request.query
        person = await in_desk(request.app[DESK], fetch_signed_in, token, now, is_active=is_active)
        if person is None:
            raise NotSignedIn
        return await handler(request, person)

    return checked
