"""The channel over real HTTP: a Sanic server on a free port and a handler that answers."""

import asyncio
import logging
import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from sanic import Sanic

from bot.channel import GatewayInput

TOKEN = "a-token-for-the-test"
AUTH = {"Authorization": f"Bearer {TOKEN}"}
BODY = {"sender": "s" * 64, "message": "厂里停工", "metadata": {"today": "2026-11-21"}}
MODEL, OTHER = "gongyou-aaaaaaaaaaaa.tar.gz", "gongyou-ffffffffffff.tar.gz"
_now = {}


@dataclass
class Reply:
    """What came back."""

    status: int
    json: Any
    text: str


@pytest.fixture(scope="module")
def door():
    """Serve the channel once, on a free port; `ask` says what its handler does."""
    channel = GatewayInput(TOKEN)
    app = Sanic("channel_test", configure_logging=False)
    app.blueprint(channel.blueprint(lambda m: _now["handler"](m)), url_prefix="/webhooks/gateway")
    app.ctx.agent = SimpleNamespace(model_name=MODEL)  # real ones: test_hot_model.py
    loop = asyncio.new_event_loop()
    with socket.create_server(("127.0.0.1", 0)) as sock:
        server = loop.run_until_complete(
            app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
        )
        loop.run_until_complete(server.startup())
        yield channel, loop, f"http://127.0.0.1:{sock.getsockname()[1]}/webhooks/gateway/"
        server.close()
    loop.close()


@pytest.fixture
def ask(door):
    """Return a function that sends one request and returns the reply."""
    _, loop, address = door

    async def send(method, path, body, headers):
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, address + path, json=body, headers=headers) as response,
        ):
            return Reply(response.status, await response.json(), await response.text())

    def ask(handler, method="POST", path="webhook", body=BODY, headers=AUTH):
        _now["handler"] = handler
        return loop.run_until_complete(send(method, path, body, headers))

    return ask


async def answer(message):
    await message.output_channel.send_text_message(message.sender_id, "知道了")


async def fail(message):
    raise RuntimeError(message.text)


def test_a_message_with_the_token_is_answered(ask):
    response = ask(answer)
    assert (response.status, response.json) == (200, [{"text": "知道了"}])


def test_the_handler_gets_text_sender_and_today(ask):
    seen = []

    async def keep(message):
        seen.append((message.text, message.sender_id, message.metadata, message.input_channel))

    ask(keep)
    assert seen == [("厂里停工", "s" * 64, {"today": "2026-11-21"}, "gateway")]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}, {"Authorization": "Bearer "}],
)
def test_without_the_token_nobody_gets_in(ask, headers):
    assert ask(answer, headers=headers).status == 401


def test_with_no_token_set_nobody_gets_in_at_all(ask, door, monkeypatch):
    monkeypatch.setattr(door[0], "_token", b"")
    assert ask(answer, headers={"Authorization": "Bearer "}).status == 401


def test_a_failure_is_a_502_and_repeats_no_words(ask, caplog):
    with caplog.at_level(logging.DEBUG):
        response = ask(fail)
    assert (response.status, response.json) == (502, {"error": "RuntimeError"})
    assert "厂里停工" not in caplog.text + response.text


@pytest.mark.parametrize("body", [[], "x", {}, {"sender": "a"}, {"sender": 1, "message": "x"}])
def test_what_is_no_message_is_refused(ask, body):
    assert ask(answer, body=body).status == 400


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_token_nobody_learns_or_changes_the_model(ask, method):
    assert ask(answer, method, "model", {"model": MODEL}, {}).status == 401


def test_which_model_answers_is_told(ask):
    assert ask(answer, "GET", "model", None).json == {"model": MODEL}


@pytest.mark.parametrize(
    ("body", "status"), [({"model": "../x"}, 400), ([], 400), ({"model": OTHER}, 404)]
)
def test_a_bad_model_is_a_clear_error_and_the_present_one_goes_on(ask, body, status):
    response = ask(answer, "POST", "model", body)
    assert (response.status, response.json["model"]) == (status, MODEL)
    assert response.json["error"]


def test_health_needs_no_token(ask):
    response = ask(answer, "GET", "", headers={})
    assert (response.status, response.json) == (200, {"status": "ok"})


def test_without_the_action_server_the_bot_is_not_healthy(ask, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    monkeypatch.setenv("ACTION_PORT", str(port))
    assert ask(answer, "GET", "", None, {}).status == 503


def test_with_the_action_server_up_the_bot_is_healthy(ask, monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Healthy) as actions:
        threading.Thread(target=actions.serve_forever, daemon=True).start()
        monkeypatch.setenv("ACTION_PORT", str(actions.server_port))
        assert ask(answer, "GET", "", None, {}).status == 200
        actions.shutdown()


class Healthy(BaseHTTPRequestHandler):
    """An action server as far as its health goes."""

    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()

    def log_message(self, *args):
        """Keep the test's output quiet."""
