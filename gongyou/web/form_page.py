"""A page with forms for anybody: signing in, a receipt code, 「算一算」."""

from collections.abc import Mapping
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from gongyou.web import csrf


def render_form(
    request: web.Request,
    template: str,
    values: Mapping[str, Any],
    status: int = 200,
    retry_after: int | None = None,
) -> web.Response:
    """The page with its form token; `retry_after` is in seconds, for one who must wait."""
    secret = csrf.form_secret(request)
    context = {**values, "form_token": csrf.token_for(secret)}
    response = aiohttp_jinja2.render_template(template, request, context, status=status)
    csrf.keep_form_secret(request, response, secret)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response
