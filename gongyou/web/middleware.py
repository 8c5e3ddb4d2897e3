"""Errors become words: JSON for the page's scripts, a page for everybody else."""

import logging

import aiohttp_jinja2
from aiohttp import web
from aiohttp.typedefs import Handler

from gongyou.desk.errors import DeskError, Refused
from gongyou.hotlines import read_hotlines
from gongyou.quiet import describe
from gongyou.web.errors import BadInput, NotSignedIn, TooMany, WebError
from gongyou.web.refused import status_of
from gongyou.web.texts import say

log = logging.getLogger(__name__)

HTTP_SENTENCES = {404: "not_found", 405: "wrong_method", 413: "too_large", 415: "unsupported"}
# Where the error page leads somebody signed in; staff/access.py sets it.
HOME: web.RequestKey[str] = web.RequestKey("home", str)


@web.middleware
async def errors_as_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Never a stack trace to a person, never a person's words to the log."""
    try:
        return await handler(request)
    except NotSignedIn as error:
        if request.method == "GET" and not _wants_json(request):
            return web.Response(status=303, headers={"Location": "/desk/login"})
        return _answer(request, error.status, error.text)
    except WebError as error:
        return _answer_web_error(request, error)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _answer(request, error.status, say(HTTP_SENTENCES.get(error.status, "json_bad")))
    except DeskError as error:
        return _answer_desk_error(request, error)
    except Exception as error:
        log.error("%s failed: %s", _route(request), describe(error))
        return _answer(request, 500, say("internal"))


def _answer_web_error(request: web.Request, error: WebError) -> web.Response:
    fields = error.fields if isinstance(error, BadInput) else {}
    response = _answer(request, error.status, error.text, fields)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _answer_desk_error(request: web.Request, error: DeskError) -> web.Response:
    """Refusals carry Chinese words for the staff; the rest is ours to mend."""
    if isinstance(error, Refused):
        return _answer(request, status_of(error), str(error))
    log.error("%s failed: %s", _route(request), describe(error))
    return _answer(request, status_of(error), say("internal"))


def _answer(
    request: web.Request, status: int, text: str, fields: dict[str, str] | None = None
) -> web.Response:
    if _wants_json(request):
        body: dict[str, object] = {"error": text}
        if fields:
            body["fields"] = fields
        return web.json_response(body, status=status)
    home = request.get(HOME, "") or ("/desk" if request.path.startswith("/desk") else "/")
    context = {"text": text, "home": home, "lines": read_hotlines("rights")}
    return aiohttp_jinja2.render_template("error.html", request, context, status=status)


def _wants_json(request: web.Request) -> bool:
    return request.path.startswith("/api/") or request.content_type == "application/json"


def _route(request: web.Request) -> str:
    """Method and route pattern: no path, no query, nothing a person typed."""
    resource = request.match_info.route.resource
    return f"{request.method} {resource.canonical if resource else '?'}"
