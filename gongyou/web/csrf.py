"""Tokens in forms: one for each sign-in, or for each visitor's form cookie."""

import hashlib
import hmac
import secrets
from typing import Any

from aiohttp import web

from gongyou.web.cookies import FORM, SIGN_IN, set_strict
from gongyou.web.errors import BadInput

FIELD = "form_token"


def token_for(secret: str) -> str:
    """The hidden field's value that goes with a cookie's value."""
    return hmac.digest(secret.encode(), b"gongyou form", hashlib.sha256).hex()


def form_secret(request: web.Request) -> str:
    """The visitor's form cookie, or a new one; hand it to `keep_form_secret`."""
    return request.cookies.get(FORM) or secrets.token_urlsafe(32)


def keep_form_secret(request: web.Request, response: web.StreamResponse, secret: str) -> None:
    """Set the form cookie if the visitor does not have it yet."""
    if request.cookies.get(FORM) != secret:
        set_strict(request, response, FORM, secret)


async def read_form(request: web.Request, cookie: str = SIGN_IN) -> dict[str, Any]:
    """The posted form, after its token was checked against `cookie`. Raises BadInput."""
    form = await request.post()
    secret, sent = request.cookies.get(cookie), form.get(FIELD)
    good = (
        secret
        and isinstance(sent, str)
        and hmac.compare_digest(sent.encode(), token_for(secret).encode())
    )
    if not good:
        raise BadInput("form_expired")
    return {name: value for name, value in form.items() if isinstance(value, str)}


def new_key() -> str:
    """A number for one form, so that sending it twice does the thing once."""
    return secrets.token_urlsafe(16)
