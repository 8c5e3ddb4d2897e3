"""Tokens in forms: one for each sign-in, or for each visitor's form cookie."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from aiohttp import web

from gongyou.web import cookies
from gongyou.web.cookies import FORM, SIGN_IN, set_strict
from gongyou.web.errors import BadInput
from gongyou.web.requests import read_fields

FIELD = "form_token"


def token_for(secret: str) -> str:
    """The hidden field's value that goes with a cookie's value."""
    return hmac.digest(secret.encode(), b"gongyou form", hashlib.sha256).hex()


def form_secret(request: web.Request) -> str:
    """The visitor's form cookie, or a new one; hand it to `keep_form_secret`."""
    return cookies.read(request, FORM) or secrets.token_urlsafe(32)


def keep_form_secret(request: web.Request, response: web.StreamResponse, secret: str) -> None:
    """Set the form cookie if the visitor does not have it yet."""
    if cookies.read(request, FORM) != secret:
        set_strict(request, response, FORM, secret)


async def read_form(request: web.Request, cookie: str = SIGN_IN) -> dict[str, str]:
    """The posted form, after its token was checked against `cookie`. Raises BadInput."""
    form = await read_fields(request)
    check_token(request, form, cookie)
    return form


def check_token(request: web.Request, form: Mapping[str, str], cookie: str) -> None:
    """Raises BadInput unless the form carries the token that goes with this cookie."""
    secret, sent = cookies.read(request, cookie), form.get(FIELD, "")
    if not secret or not hmac.compare_digest(sent.encode(), token_for(secret).encode()):
        raise BadInput("form_expired")


def new_key() -> str:
    """A number for one form, so that sending it twice does the thing once."""
    return secrets.token_urlsafe(16)
