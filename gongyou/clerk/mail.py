"""E-mail, with apprise: it makes the message, connects, encrypts and signs in.

The last step is ours, since apprise tells only whether it failed. The Message-ID is the notice's
own, so that a repeat can be told; and the dot that ends a mail is sent by itself, because until
then the server throws the mail away, and afterwards it may have it.
"""

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from email import message_from_string
from typing import Any

from apprise import NotifyFormat
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.email.smtp import SMTP_EXCEPTIONS, AppriseSMTPController

from gongyou.clerk.channels import BeforeEnd, InDoubt, Letter, NotSent
from gongyou.notice_settings import MailServer, is_address

STEP_SECONDS = 15.0  # for the server to answer one command
END_SECONDS = 60.0  # for it to take a whole mail; under the outbox's lease
HEADERS = {"Auto-Submitted": "auto-generated"}  # so that no "out of office" comes back


class MailWay:
    """One mail server, connected to anew for every mail: notices are few and far between."""

    repeatable = True
    receivers = 1

    def __init__(
        self, server: MailServer, step: float = STEP_SECONDS, end: float = END_SECONDS
    ) -> None:
        self.server, self.step, self.end = server, step, end

    def send(self, letter: Letter, before_end: BeforeEnd) -> None:
        """See Way. A refusal of the address, or of the mail itself (5xx), is for good."""
        message = self._write(letter)
        try:
            with self._connect() as connection:
                connection.begin(self.server.sender, letter.to, message)
                connection.finish(before_end, self.end)
        except SMTP_EXCEPTIONS as error:
            raise NotSent(_reason(error)) from error

    def _write(self, letter: Letter) -> str:
        """The whole mail. Raises NotSent for what is no e-mail address."""
        if not is_address(letter.to):
            raise NotSent("no such address", again=False)
        write: Callable[..., Any] = NotifyEmail.prepare_emails
        (mail,) = write(
            subject=letter.subject,
            body=letter.text,
            from_addr=(False, self.server.sender),
            to=[(False, letter.to)],
            notify_format=NotifyFormat.TEXT,
            headers=HEADERS,
        )
        message = message_from_string(mail.body)
        message.replace_header("Message-ID", message_id(letter, self.server.sender))
        return message.as_string()

    def _connect(self) -> "_Connection":
        return _Connection(
            host=self.server.host,
            port=self.server.port,
            secure_mode=self.server.security,
            user=self.server.user,
            password=self.server.password,
            socket_connect_timeout=self.step,  # type: ignore[arg-type]  # smtplib takes floats
        )


def message_id(letter: Letter, sender: str) -> str:
    """The same for every attempt: mail servers and programs that know it drop a repeat."""
    return f"<{letter.key}@{sender.rpartition('@')[2]}>"


class _Connection(AppriseSMTPController):
    """apprise's connection, on which one mail is handed over in two steps."""

    def __enter__(self) -> "_Connection":
        super().__enter__()
        return self

    @property
    def smtp(self) -> smtplib.SMTP:
        connection: Any = self._socket
        assert isinstance(connection, smtplib.SMTP)
        return connection

    def begin(self, sender: str, recipient: str, message: str) -> None:
        """All but the end. Raises NotSent, and what SMTP_EXCEPTIONS names."""
        self.smtp.ehlo_or_helo_if_needed()
        _expect(self.smtp.mail(sender), 250)
        code = self.smtp.rcpt(recipient)[0]
        if code not in (250, 251):
            raise NotSent(f"refused {code}", again=code < 500)
        _expect(self.smtp.docmd("data"), 354)
        self.smtp.send(smtplib.quotedata(message))

    def finish(self, before_end: BeforeEnd, seconds: float) -> None:
        """The end, and the server's word. Whatever comes of it, the connection is closed at once:
        a QUIT inside the mail, or one nobody answers, would only lengthen the doubt."""
        try:
            before_end()
            code = self._end(seconds)
        finally:
            self.smtp.close()
        if code != 250:
            raise NotSent(f"refused {code}", again=code < 500)

    def _end(self, seconds: float) -> int:
        try:
            assert self.smtp.sock is not None
            self.smtp.sock.settimeout(seconds)
            self.smtp.send(b".\r\n")
            code = self.smtp.getreply()[0]
        except SMTP_EXCEPTIONS as error:
            raise InDoubt(_reason(error)) from error
        with contextlib.suppress(*SMTP_EXCEPTIONS):
            self.smtp.putcmd("quit")
        return code


def _expect(reply: tuple[int, bytes], wanted: int) -> None:
    if reply[0] != wanted:
        raise NotSent(f"refused {reply[0]}")


def _reason(error: BaseException) -> str:
    """A short code. The server's own words are left out: they may quote an address."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return "login refused"
        case smtplib.SMTPResponseException():
            return f"refused {error.smtp_code}"
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            return "no secure connection"
        case smtplib.SMTPServerDisconnected() | TimeoutError():  # smtplib wraps a time-out, too
            return "no answer"
        case _:
            return "unreachable"
