"""E-mail: one message under the notice's own Message-ID, and a plain word on what became of it."""

import ssl
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gongyou import notice_settings
from gongyou.clerk.channels import InDoubt, Letter, NotSent
from gongyou.clerk.mail import MailWay
from tests.clerk.servers import MailServer

LETTER = Letter(
    subject="工友：有一件新工单请您看看（5 号）",
    text="您好：\n\n.请登录查看。\n",
    key="notice.7.20261121010000000000",
    to="li@lawyers.example.org",
)


def server_at(port: int, **given: str) -> notice_settings.MailServer:
    return notice_settings.MailServer(
        "127.0.0.1", port, "insecure", "desk@union.example.org", **given
    )


def way_to(server: MailServer, **given: float) -> MailWay:
    return MailWay(server_at(server.port), **given)


def nothing() -> None:
    pass


def test_a_letter_arrives_as_it_was_written(mail_server):
    way_to(mail_server).send(LETTER, nothing)
    (mail,) = mail_server.mails
    assert (mail.to, mail.subject, mail.text) == ([LETTER.to], LETTER.subject, LETTER.text)
    assert mail.headers["From"] == "desk@union.example.org"
    assert mail.headers["Auto-Submitted"] == "auto-generated"


def test_every_attempt_has_the_same_message_id_and_only_that(mail_server):
    for _ in range(2):
        way_to(mail_server).send(LETTER, nothing)
    ids = [mail.message_id for mail in mail_server.mails]
    assert ids == ["<notice.7.20261121010000000000@union.example.org>"] * 2
    assert [name.lower() for name in mail_server.mails[0].headers].count("message-id") == 1


def test_before_the_end_the_server_has_no_mail_yet(mail_server):
    seen: list[int] = []
    way_to(mail_server).send(LETTER, lambda: seen.append(len(mail_server.mails)))
    assert (seen, len(mail_server.mails)) == ([0], 1)


def test_what_stops_it_before_the_end_leaves_nothing_delivered(mail_server):
    def stop() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        way_to(mail_server).send(LETTER, stop)
    way_to(mail_server).send(LETTER, nothing)  # and the server goes on
    assert len(mail_server.mails) == 1


@pytest.mark.parametrize(
    ("stage", "reply", "again"),
    [
        ("mail", "451 later", True),
        ("mail", "550 not from you", True),
        ("rcpt", "450 mailbox busy", True),
        ("rcpt", "550 no such mailbox", False),
        ("end", "452 disk full", True),
        ("end", "554 spam", False),
    ],
)
def test_a_refusal_is_surely_unsent_and_for_good_where_the_mail_is_to_blame(
    mail_server, stage, reply, again
):
    mail_server.replies[stage] = reply
    with pytest.raises(NotSent) as error:
        way_to(mail_server).send(LETTER, nothing)
    assert (error.value.reason, error.value.again) == (f"refused {reply[:3]}", again)
    assert mail_server.mails == []


def test_a_server_that_is_down_is_tried_again():
    with MailServer() as gone:
        port = gone.port
    with pytest.raises(NotSent, match="unreachable") as error:
        MailWay(server_at(port)).send(LETTER, nothing)
    assert error.value.again


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_right_password_is_let_in_and_a_wrong_one_named():
    with MailServer(login=("desk", "p@ss/word%41")) as server:
        right = server_at(server.port, user="desk", password="p@ss/word%41")
        MailWay(right).send(LETTER, nothing)
        wrong = server_at(server.port, user="desk", password="guess")
        with pytest.raises(NotSent, match="login refused") as error:
            MailWay(wrong).send(LETTER, nothing)
        assert error.value.again
        assert len(server.mails) == 1


def test_no_password_goes_to_a_server_without_encryption(mail_server):
    server = notice_settings.MailServer(
        "127.0.0.1", mail_server.port, "starttls", "desk@union.example.org", "desk", "secret"
    )
    with pytest.raises(NotSent, match="no secure connection"):
        MailWay(server).send(LETTER, nothing)


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_a_server_silent_before_the_end_leaves_no_doubt(mail_server, stage):
    mail_server.holding.ask(stage)
    with pytest.raises(NotSent, match="no answer"):
        way_to(mail_server, step=0.1).send(LETTER, nothing)
    mail_server.holding.release()
    assert mail_server.mails == []


@pytest.mark.parametrize("stage", ["end", "taken"])
def test_a_server_silent_after_the_end_leaves_a_doubt(mail_server, stage):
    mail_server.holding.ask(stage)
    with pytest.raises(InDoubt, match="no answer"):
        way_to(mail_server, end=0.1).send(LETTER, nothing)


def test_the_end_may_take_longer_than_a_step(mail_server):
    mail_server.holding.ask("end")
    outcome = in_background(lambda: way_to(mail_server, step=0.1, end=30).send(LETTER, nothing))
    assert mail_server.holding.reached.wait(30)
    mail_server.holding.release()
    outcome.join(30)
    assert len(mail_server.mails) == 1


def test_what_is_no_address_never_reaches_a_server(mail_server):
    with pytest.raises(NotSent, match="no such address") as error:
        way_to(mail_server).send(Letter("s", "t", "k", to="li@x.org\r\nBcc: all@x.org"), nothing)
    assert not error.value.again


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_over_starttls_a_trusted_server_gets_password_and_mail(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with MailServer(login=("desk", "secret"), tls=tls_with(certificate)) as server:
        encrypted = replace(
            server_at(server.port, user="desk", password="secret"), security="starttls"
        )
        MailWay(encrypted).send(LETTER, nothing)
        assert len(server.mails) == 1


def test_over_starttls_a_server_nobody_vouches_for_gets_nothing(certificate):
    with MailServer(tls=tls_with(certificate)) as server:
        with pytest.raises(NotSent, match="no secure connection"):
            MailWay(replace(server_at(server.port), security="starttls")).send(LETTER, nothing)
        assert server.mails == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A file with a fresh key and a certificate for 127.0.0.1, signed by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    pem = Encoding.PEM
    path = tmp_path / "server.pem"
    path.write_bytes(
        key.private_bytes(pem, PrivateFormat.PKCS8, NoEncryption())
        + builder.sign(key, SHA256()).public_bytes(pem)
    )
    return path


def tls_with(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def in_background(do: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=do)
    thread.start()
    return thread
