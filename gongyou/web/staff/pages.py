"""The pages of the desk by role: the frame's navigation, where a sign-in lands, how one renders."""

from collections.abc import Mapping
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import Role
from gongyou.web import cookies, csrf
from gongyou.web.cookies import SIGN_IN
from gongyou.web.texts import read_texts


def home_of(role: Role) -> str:
    """The page a role begins with."""
    return str(read_texts()["desk_pages"][role][0]["path"])


def add_globals(environment: jinja2.Environment) -> None:
    """What desk/frame.html needs on every page."""
    environment.globals["desk_pages"] = read_texts()["desk_pages"]
    environment.globals["roles"] = read_texts()["roles"]


def render(
    request: web.Request,
    person: Person,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> web.Response:
    """A page of the desk with the form token of this sign-in.

    `?done=saved` in the address shows the sentence of that name in `desk_done`.
    """
    done = read_texts()["desk_done"].get(request.query.get("done", ""), "")
    token = csrf.token_for(cookies.read(request, SIGN_IN))
    page = {"person": person, "form_token": token, "done": done, **context}
    return aiohttp_jinja2.render_template(template, request, page, status=status)


def back_to(path: str) -> web.Response:
    """After a step: the page it was made on, loaded again."""
    return web.Response(status=303, headers={"Location": path})
