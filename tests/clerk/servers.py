"""A mail server and the robots' server, both real and on this machine, that do what a test asks.

A script is a list of stages at which the server holds still: it says so, and goes on when told.
"""

import asyncio
import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_connection
from ssl import SSLContext
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

DEADLINE = 30.0  # seconds until a test gives up waiting


class Holding:
    """Where a server holds still: `ask("end", 3)` for the third time it comes to the stage."""

    def __init__(self) -> None:
        self._asked: tuple[str, int] | None = None
        self.reached, self.released = threading.Event(), threading.Event()

    def ask(self, stage: str, times: int = 1) -> None:
        self.reached.clear()
        self.released.clear()
        self._asked = (stage, times)

    def release(self) -> None:
        self._asked = None
        self.released.set()

    def pass_by(self, stage: str) -> bool:
        """Called in a server's thread: holds it still if this was asked, and tells whether."""
        if self._asked is None or self._asked[0] != stage:
            return False
        self._asked = (stage, self._asked[1] - 1)
        if self._asked[1] > 0:
            return False
        self.reached.set()
        assert self.released.wait(DEADLINE)
        return True


@dataclass
class Mail:
    """A mail as the server took it."""

    message_id: str
    to: list[str]
    subject: str
    text: str
    headers: dict[str, str]


class MailServer:
    """Takes mail, or answers `replies[stage]` in its place. `mails` has repeats, too.

    Stages: "mail", "rcpt", "data" (before 354), "end" (all read, not taken), "taken" (not said).
    """

    def __init__(self, login: tuple[str, str] | None = None, tls: SSLContext | None = None) -> None:
        self.mails: list[Mail] = []
        self.replies: dict[str, str] = {}
        self.holding = Holding()
        self.login, self.tls = login, tls
        self._controller = _Controller(self, hostname="127.0.0.1", port=0)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.holding.release()
        self._controller.stop()

    @property
    def port(self) -> int:
        assert self._controller.server is not None
        return int(self._controller.server.sockets[0].getsockname()[1])

    async def stage(self, name: str) -> str | None:
        await asyncio.to_thread(self.holding.pass_by, name)
        return self.replies.get(name)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self.stage("mail") or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = await self.stage("rcpt")
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        refusal = await self.stage("end")
        if refusal is not None:
            return refusal
        self.mails.append(_read(envelope))
        return await self.stage("taken") or "250 OK"


class _Server(SMTP):
    owner: MailServer

    async def smtp_DATA(self, arg: str) -> None:
        await self.owner.stage("data")
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def __init__(self, owner: MailServer, **given: Any) -> None:
        self.owner = owner
        super().__init__(owner, **given)

    def factory(self) -> SMTP:
        server = _Server(
            self.owner,
            hostname="mail.test",
            auth_required=self.owner.login is not None,
            auth_require_tls=False,
            authenticator=self._authenticate,
            tls_context=self.owner.tls,
        )
        server.owner = self.owner
        return server

    def _authenticate(self, *given: Any) -> AuthResult:
        data = given[-1]
        right = isinstance(data, LoginPassword) and self.owner.login == (
            data.login.decode(),
            data.password.decode(),
        )
        return AuthResult(success=right, handled=False)

    def _trigger_server(self) -> None:
        create_connection(("127.0.0.1", self.owner.port), DEADLINE).close()


def _read(envelope: Envelope) -> Mail:
    content = envelope.content
    assert isinstance(content, bytes)
    message = message_from_bytes(content)
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return Mail(
        message_id=message["Message-ID"],
        to=list(envelope.rcpt_tos),
        subject=str(make_header(decode_header(message["Subject"]))),
        text=payload.decode().replace("\r\n", "\n"),
        headers=dict(message.items()),
    )


@dataclass
class Post:
    """A robot's message as it came."""

    path: str
    query: dict[str, str]
    media: str
    body: dict[str, Any] = field(default_factory=dict)


class RobotServer:
    """Plays both robots. `status` and `answer` are what it says; `posts` is what it took.

    Stages: "dropped" (read, and never taken), "end" (read, not taken yet), "taken" (not said).
    """

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.status, self.answer = 200, b'{"errcode":0,"errmsg":"ok"}'
        self.holding = Holding()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner.take(self)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.holding.release()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def robot_urls(self) -> tuple[str, str]:
        """What to put in the place of apprise's `notify_url` for 企业微信 and for 钉钉."""
        return (
            f"{self.url}/cgi-bin/webhook/send?key={{key}}",
            f"{self.url}/robot/send?access_token={{token}}",
        )

    def take(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        parts = urlsplit(request.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self.holding.pass_by("dropped"):
            return
        self.holding.pass_by("end")
        if self.status == 200:
            self.posts.append(
                Post(parts.path, query, request.headers["Content-Type"], json.loads(body))
            )
        self.holding.pass_by("taken")
        with suppress(OSError):  # the clerk may be dead
            request.send_response(self.status)
            request.send_header("Content-Length", str(len(self.answer)))
            request.end_headers()
            request.wfile.write(self.answer)
