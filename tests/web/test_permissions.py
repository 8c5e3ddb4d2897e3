"""Every address of the desk × every role, through real HTTP: the declared permission decides."""

import re
from collections.abc import Callable, Iterator

import pytest
from aiohttp import web

from gongyou.desk.people.permissions import PERMISSIONS
from gongyou.desk.people.roles import ROLES, Role
from gongyou.web.routes import routes
from gongyou.wiring import Desk
from tests.web.conftest import Browser, Clock
from tests.web.desk_people import DeskPeople

WITHOUT_SIGN_IN = ("/desk/login", "/desk/login/code", "/desk/invite")
PARAMETER = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def desk_routes() -> Iterator[tuple[str, str, str]]:
    """Method, address and declared permission ("" for none) of each route of the desk."""
    for route in routes():
        if not isinstance(route, web.RouteDef) or not route.path.startswith("/desk"):
            continue
        path = PARAMETER.sub("1", route.path)
        if path.removesuffix("/1") not in WITHOUT_SIGN_IN:
            yield route.method, path, getattr(route.handler, "permission", "")


ROUTES = sorted(desk_routes())


@pytest.mark.parametrize(("method", "path", "permission"), ROUTES)
def test_every_handler_of_the_desk_declares_its_permission(
    method: str, path: str, permission: str
) -> None:
    assert permission in PERMISSIONS


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_gets_through_where_it_may_and_nowhere_else(
    role: Role,
    desk: Desk,
    password_hash: str,
    clock: Clock,
    open_browser: Callable[[], Browser],
) -> None:
    people = DeskPeople(desk, password_hash, clock, open_browser)
    person = people.add(role)
    for method, path, permission in ROUTES:
        client = people.browser_of(person).client
        response = await client.request(method, path, data={}, allow_redirects=False)
        assert (response.status != 403) == (role in PERMISSIONS[permission]), (method, path)


def test_the_matrix_covers_the_whole_desk() -> None:
    assert len(ROUTES) >= 25
    assert {path for _, path, _ in ROUTES} >= {"/desk", "/desk/me", "/desk/people", "/desk/trail"}


async def test_without_a_sign_in_every_address_is_closed(
    open_browser: Callable[[], Browser],
) -> None:
    client = open_browser()
    for method, path, _ in ROUTES:
        response = await client.request(method, path, data={}, allow_redirects=False)
        assert response.status == (303 if method == "GET" else 401), (method, path)
