"""The three cookies: the chat's key, a sign-in of the desk, and a form's token."""

from aiohttp import web

from gongyou.web.keys import SETTINGS

CHAT = "gongyou_chat"
SIGN_IN = "gongyou_desk"
FORM = "gongyou_form"
CHAT_SECONDS = 30 * 24 * 3600


def read(request: web.Request, name: str) -> str:
    """A cookie's value; "" when there is none, or one that no answer of ours ever set."""
    value = request.cookies.get(name, "")
    return value if value.isascii() else ""


def set_chat(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Let this browser open the conversation for 30 days."""
    response.set_cookie(
        CHAT,
        token,
        max_age=CHAT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.app[SETTINGS].secure_cookies,
    )


def set_strict(request: web.Request, response: web.StreamResponse, name: str, token: str) -> None:
    """A cookie that ends with the browser and never comes along from another site."""
    response.set_cookie(
        name, token, httponly=True, samesite="Strict", secure=request.app[SETTINGS].secure_cookies
    )


def clear(response: web.StreamResponse, name: str) -> None:
    response.del_cookie(name, httponly=True, samesite="Lax" if name == CHAT else "Strict")
