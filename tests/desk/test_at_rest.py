"""What lies on the disk says nothing; the right keys read it, also after a change of keys."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import make_url, text

from gongyou.desk.audit import verify_chain
from gongyou.desk.chat.conversations import add_key, open_conversation
from gongyou.desk.chat.messages import fetch_messages, write_message
from gongyou.desk.errors import KeyMissing
from gongyou.desk.people.sign_ins import open_sign_in
from gongyou.desk.tickets.reading import fetch_conversation_by_receipt
from gongyou.wiring import build_desk


def raw_bytes(settings) -> bytes:
    """The database file and its write-ahead log, as they lie there now."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        pytest.skip("reads the SQLite file")
    folder = Path(url.database).parent
    return b"".join(path.read_bytes() for path in folder.glob("desk.db*"))


@pytest.fixture
def reopened(settings, desk):
    """The same database under other keys."""
    desks = []

    def reopen(*keys):
        desks.append(build_desk(replace(settings, keys=keys)))
        return desks[-1]

    yield reopen
    for opened_desk in desks:
        opened_desk.close()


def test_neither_words_nor_contact_nor_receipt_lie_on_the_disk(
    settings, desk, opened, conversation_id, lawyer, now
):
    payload = {"buttons": [{"title": "看依据", "payload": "/show_basis"}]}
    with desk.transaction() as session:
        write_message(
            session, conversation_id, sender="worker", text="厂里欠我钱", now=now, payload=payload
        )
        cookie = add_key(session, conversation_id, now)
        sign_in = open_sign_in(session, lawyer, now)
    on_disk = raw_bytes(settings)
    assert b"wage_shutdown" in on_disk  # the rows are there
    secrets = [
        "厂里欠我钱",
        "看依据",
        "show_basis",
        "停工三个月没发钱",
        "老板不接电话",
        "13800000000",
    ]
    for secret in [*secrets, "monthly_wage", opened.receipt, cookie, sign_in]:
        assert secret.encode() not in on_disk


def test_a_new_key_in_front_still_reads_what_the_old_one_wrote(
    settings, opened, reopened, conversation_id
):
    desk = reopened(Fernet.generate_key().decode(), *settings.keys)
    with desk.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM tickets")) == 1
        chat = fetch_conversation_by_receipt(session, opened.receipt)
        assert chat.id == conversation_id
        assert verify_chain(session) is None


def test_a_repeat_after_a_change_of_keys_gives_the_same_receipt(
    settings, opened, reopened, open_one
):
    desk = reopened(Fernet.generate_key().decode(), *settings.keys)
    with desk.transaction() as session:
        assert open_one(session).receipt == opened.receipt


def test_the_first_key_encrypts(settings, reopened, conversation_id, now):
    new = Fernet.generate_key().decode()
    with reopened(new, *settings.keys).transaction() as session:
        write_message(session, conversation_id, sender="worker", text="你好", now=now)
    with reopened(new).reading() as session:
        assert fetch_messages(session, conversation_id)[0].text == "你好"


def test_a_key_taken_away_too_early_is_named_with_its_cure(reopened, desk, now):
    with desk.transaction() as session:
        chat = open_conversation(session, now)[0].id
        write_message(session, chat, sender="worker", text="你好", now=now)
    stranger = reopened(Fernet.generate_key().decode())
    with stranger.reading() as session, pytest.raises(KeyMissing, match="GONGYOU_KEY"):
        fetch_messages(session, chat)
