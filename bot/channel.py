"""The one way into the bot: our own gateway, with a token, over loopback."""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import patches
from bot.hot_model import HotModel, ModelRefused

logger = logging.getLogger(__name__)

_PROBE_SECONDS = 1.5
Handler = Callable[[UserMessage], Awaitable[Any]]


class GatewayInput(InputChannel):
    """POST /webhooks/gateway/webhook; GET /webhooks/gateway/; GET and POST .../model."""

    @classmethod
    def name(cls) -> str:
        """Return the part of the address that names this channel."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:
        """Take the token from the environment variable RASA_TOKEN, never from a file."""
        return cls(os.environ.get("RASA_TOKEN", ""))

    def __init__(self, token: str) -> None:
        """Take the token callers must show. Without one nobody gets in."""
        patches.apply()
        self._token = token.encode()
        self._hot = HotModel()
        if not token:
            logger.error("RASA_TOKEN is not set: the gateway channel refuses every message.")

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Return the routes: health, messages, and which model answers."""
        routes = Blueprint("gateway")

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            if not await _actions_answer():
                return json({"status": "no action server"}, status=503)
            return json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_allowed(request):
                return json({"error": "unauthorized"}, status=401)
            message = _message(request)
            if message is None:
                return json({"error": "sender and message must be text"}, status=400)
            return await _handle(message, on_new_message)

        @routes.get("/model")
        async def name_model(request: Request) -> HTTPResponse:
            if not self._is_allowed(request):
                return json({"error": "unauthorized"}, status=401)
            return json({"model": request.app.ctx.agent.model_name})

        @routes.post("/model")
        async def load_model(request: Request) -> HTTPResponse:
            if not self._is_allowed(request):
                return json({"error": "unauthorized"}, status=401)
            return await self._load(request)

        return routes

    async def _load(self, request: Request) -> HTTPResponse:
        """Serve the model that {"model"} names; an error leaves the present one."""
        agent, body = request.app.ctx.agent, _body(request)
        try:
            await self._hot.load(agent, body.get("model") if isinstance(body, dict) else None)
        except ModelRefused as reason:
            return json({"error": str(reason), "model": agent.model_name}, status=reason.status)
        return json({"model": agent.model_name})

    def _is_allowed(self, request: Request) -> bool:
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        right = hmac.compare_digest(shown.encode(), self._token)
        return bool(self._token) and kind.lower() == "bearer" and right


async def _actions_answer() -> bool:
    """Say whether the action server is up: without it every answer is empty.

    Who asks again as soon as Rasa alone is healthy uses up the tries while nothing can answer.
    """
    port = os.environ.get("ACTION_PORT")
    if not port:
        return True
    try:
        timeout = ClientTimeout(total=_PROBE_SECONDS)
        url = f"http://127.0.0.1:{port}/health"
        async with ClientSession(timeout=timeout) as session, session.get(url) as answer:
            return answer.status == 200
    except (ClientError, TimeoutError, asyncio.TimeoutError):
        return False


def _message(request: Request) -> UserMessage | None:
    """Return the message of a request, or None when it is not {"sender", "message"}."""
    body = _body(request)
    if not isinstance(body, dict):
        return None
    sender, text, metadata = (body.get(key) for key in ("sender", "message", "metadata"))
    if not (isinstance(sender, str) and sender and isinstance(text, str)):
        return None
    return UserMessage(
        text,
        CollectingOutputChannel(),
        sender,
        input_channel=GatewayInput.name(),
        metadata=metadata if isinstance(metadata, dict) else {},
    )


def _body(request: Request) -> Any:
    """Return the JSON of a request; None when it is none."""
    try:
        return request.json
    except Exception:  # Sanic raises its own error page, which would repeat the body
        return None


async def _handle(message: UserMessage, on_new_message: Handler) -> HTTPResponse:
    """Return the bot's replies; 502 when handling raised. No words of the worker are logged."""
    try:
        await on_new_message(message)
    except Exception as error:
        logger.error("A message could not be handled: %s", type(error).__name__)
        return json({"error": type(error).__name__}, status=502)
    return json([_element(reply) for reply in message.output_channel.messages])


def _element(reply: dict[str, Any]) -> dict[str, Any]:
    return {key: reply[key] for key in ("text", "custom", "buttons") if reply.get(key)}
