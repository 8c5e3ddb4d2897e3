"""The one declared line of a staff handler: `@for_staff` asks who is signed in."""

from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web

from gongyou.desk.people import Person, fetch_signed_in
from gongyou.web.cookies import SIGN_IN
from gongyou.web.errors import NotSignedIn
from gongyou.web.keys import CLOCK, DESK
from gongyou.web.threads import in_desk

type StaffHandler = Callable[[web.Request, Person], Awaitable[web.StreamResponse]]
type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def for_staff(handler: StaffHandler) -> Handler:
    """Only for people who are signed in; the handler gets the person. Raises NotSignedIn."""

    @wraps(handler)
    async def checked(request: web.Request) -> web.StreamResponse:
        token = request.cookies.get(SIGN_IN)
        if not token:
            raise NotSignedIn
        now = request.app[CLOCK]()
        person = await in_desk(request.app[DESK], fetch_signed_in, token, now)
        if person is None:
            raise NotSignedIn
        return await handler(request, person)

    return checked
