"""The action webhook: a small aiohttp app over rasa-sdk's ActionExecutor.

rasa-sdk's own server has no token, listens everywhere and answers an error with the whole
conversation; this one checks the token, gives an action a time limit and never echoes a request.
"""

import asyncio
import hmac
import logging
from typing import Any

from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from gongyou.quiet import describe

log = logging.getLogger(__name__)

EXECUTOR = web.AppKey("executor", ActionExecutor)
TOKEN = web.AppKey("token", str)
ACTION_SECONDS = 7.0  # under the gateway's 8 s, and far under Rasa's 60 s lock
REQUEST_LIMIT = 16 * 1024 * 1024  # bytes: Rasa sends the domain and all events with each call


def create_app(token: str) -> web.Application:
    """The app serving every action of this package behind `token`."""
    app = web.Application(client_max_size=REQUEST_LIMIT)
    executor = ActionExecutor()
    executor.register_package("actions")
    app[EXECUTOR], app[TOKEN] = executor, token
    app.add_routes([web.get("/health", health), web.post("/webhook", webhook)])
    return app


async def health(request: web.Request) -> web.Response:
    """Answer that the server is up; open, since it says nothing else."""
    return web.json_response({"status": "ok"})


async def webhook(request: web.Request) -> web.Response:
    """Run one action: rasa-sdk's request and answer, 401 without the token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), request.app[TOKEN].encode()):
        return web.json_response({"error": "wrong or missing token"}, status=401)
    call: dict[str, Any] = await request.json()
    # With selective domains Rasa leaves the domain out; rasa-sdk then refuses with 449.
    call["domain"] = call.get("domain") or {}
    return await _run(request.app[EXECUTOR], call)


async def _run(executor: ActionExecutor, call: dict[str, Any]) -> web.Response:
    name = str(call.get("next_action"))
    try:
        async with asyncio.timeout(ACTION_SECONDS):
            result = await executor.run(call)
    except ActionExecutionRejection as rejection:
        return _error(400, rejection.message, name)
    except ActionNotFoundException as missing:
        return _error(404, missing.message, name)
    except TimeoutError:
        log.error("action %s took longer than %s s", name, ACTION_SECONDS)
        return _error(504, "action took too long", name)
    except Exception as error:
        log.error("action %s failed: %s", name, describe(error))
        return _error(500, "action failed", name)
    return web.json_response(result.model_dump() if result else None)


def _error(status: int, error: str, action: str) -> web.Response:
    return web.json_response({"error": error, "action_name": action}, status=status)
