"""What is erased is gone: from the tables, from the file's bytes, from Rasa's memory."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text

from gongyou.desk.audit import verify_chain
from gongyou.desk.base import Base, EncryptedBytes, EncryptedJson, EncryptedText
from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.chat.messages import fetch_messages
from gongyou.desk.files.attachments import Attachment
from gongyou.desk.keeping.erasing import (
    Erased,
    erase_conversation,
    find_conversation,
)
from gongyou.desk.keeping.errors import NoSuchCase
from gongyou.desk.keeping.scrubbing import scrub
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.teaching.run_table import TrainingExample
from gongyou.desk.teaching.table import Correction
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.opening import OpenedTicket
from gongyou.settings import Settings
from gongyou.wiring import Desk
from tests.desk_command.office import is_erased

OF_THE_STAFF = ("people", "conflicts", "canned_answers")
OF_FIVE_AND_MORE = (
    "weekly_counts",
    "alerts",
    "kept_reports",
)  # published for good; nobody is told by it
ENCRYPTED = (
    "SELECT text FROM messages UNION SELECT payload FROM messages WHERE payload IS NOT NULL"
    " UNION SELECT facts FROM sheet_versions UNION SELECT facts FROM tickets"
    " UNION SELECT words FROM tickets UNION SELECT contact FROM tickets"
    " UNION SELECT summary FROM tickets UNION SELECT employer FROM tickets"
    " UNION SELECT employer_key FROM tickets"
    " UNION SELECT name FROM attachments UNION SELECT content FROM attachment_contents"
    " UNION SELECT note FROM offers UNION SELECT text FROM notes"
    " UNION SELECT name FROM aid_papers"
    " UNION SELECT total FROM answers UNION SELECT word FROM ratings"
    " UNION SELECT text FROM corrections UNION SELECT facts FROM corrections"
    " UNION SELECT reason FROM corrections"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def erase(desk: Desk, case: OpenedTicket, now: datetime) -> Callable[[], Erased]:
    def do() -> Erased:
        with desk.transaction() as session:
            return erase_conversation(session, case.ticket.conversation_id, now)

    return do


def tokens(desk: Desk, query: str) -> list[bytes]:
    with desk.engine.connect() as connection:
        found = connection.exec_driver_sql(query).scalars().all()
    return [one if isinstance(one, bytes) else str(one).encode() for one in found]


def test_nothing_the_worker_said_or_sent_is_left(
    desk: Desk, case: OpenedTicket, erase: Callable[[], Erased]
) -> None:
    done = erase()
    assert (done.messages, done.files, list(done.tickets)) == (2, 1, [case.ticket.id])
    with desk.reading() as session:
        ticket = get_ticket(session, case.ticket.id)
        said = (ticket.words, ticket.summary, ticket.contact, ticket.employer)
        assert said == ("", "", "", "")
        assert (ticket.facts, ticket.sources, ticket.employer_key) == ({}, {}, None)
        assert not fetch_messages(session, ticket.conversation_id)
        assert not session.scalars(select(Attachment)).all()
        assert session.scalars(select(Offer.note)).all() == [None]


def test_no_encrypted_column_keeps_anything(
    desk: Desk, case: OpenedTicket, erase: Callable[[], Erased]
) -> None:
    """Also of a column that does not exist yet: whoever adds one thinks of erasing."""
    erase()
    encrypted = (EncryptedText, EncryptedJson, EncryptedBytes)
    may_stay = (*OF_THE_STAFF, *OF_FIVE_AND_MORE)
    with desk.reading() as session:
        for table in Base.metadata.tables.values():
            for column in table.columns:
                if isinstance(column.type, encrypted) and table.name not in may_stay:
                    kept = session.scalars(select(column)).all()
                    assert all(not value for value in kept), column


def test_nothing_is_learnt_of_it_any_more(
    desk: Desk, case: OpenedTicket, erase: Callable[[], Erased]
) -> None:
    with desk.reading() as session:
        assert session.scalars(select(TrainingExample)).all() != []
    erase()
    with desk.reading() as session:
        assert session.scalars(select(Correction)).all() == []
        assert session.scalars(select(TrainingExample)).all() == []


def test_what_statistics_need_is_left(
    desk: Desk, case: OpenedTicket, erase: Callable[[], Erased], now: datetime
) -> None:
    erase()
    with desk.reading() as session:
        ticket = get_ticket(session, case.ticket.id)
        assert (ticket.topic, ticket.region) == ("wage_arrears", "410800")
        assert (ticket.created_at, ticket.closed_at, ticket.status) == (now, now, "withdrawn")


@pytest.mark.parametrize("while_open", [True, False])
def test_the_bytes_are_gone_from_the_file(
    desk: Desk,
    settings: Settings,
    case: OpenedTicket,
    erase: Callable[[], Erased],
    now: datetime,
    while_open: bool,
) -> None:
    if desk.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL overwrites them in its own time")
    with desk.transaction() as session:  # an older version of the words, once overwritten
        earlier = tokens(desk, "SELECT words FROM tickets")
        get_ticket(session, case.ticket.id).words = "改过的话"
    hidden = earlier + tokens(desk, ENCRYPTED)
    path = Path(str(make_url(settings.database_url).database))
    assert len(hidden) > 10
    erase()
    if not while_open:
        desk.close()
    scrub(desk.engine)
    for file in path.parent.glob(f"{path.name}*"):
        content = file.read_bytes()
        assert not [token for token in hidden if token in content], file.name


def test_the_audit_trail_stays_whole_and_tells_of_it(
    desk: Desk, case: OpenedTicket, erase: Callable[[], Erased]
) -> None:
    erase()
    with desk.reading() as session:
        assert verify_chain(session) is None
        query = text("SELECT subject FROM audit_events WHERE action = 'case.erase'")
        assert session.scalars(query).all() == [f"ticket:{case.ticket.id}"]


def test_its_receipt_still_finds_the_erased_conversation(
    desk: Desk, case: OpenedTicket, erase: Callable[[], Erased], now: datetime
) -> None:
    with desk.reading() as session:
        assert not is_erased(session, case.receipt)
    erase()
    with desk.reading() as session:
        assert is_erased(session, case.receipt)
        assert find_conversation(session, case.receipt).erased_at == now


def test_erasing_again_is_harmless(
    desk: Desk, erase: Callable[[], Erased], case: OpenedTicket, now: datetime
) -> None:
    erase()
    with desk.transaction() as session:
        later = now + timedelta(days=1)
        assert erase_conversation(session, case.ticket.conversation_id, later).messages == 0
        conversation = session.get_one(Conversation, case.ticket.conversation_id)
        assert conversation.erased_at == now


def test_a_code_of_no_case_is_refused(desk: Desk) -> None:
    with desk.reading() as session, pytest.raises(NoSuchCase):
        find_conversation(session, "1234 5678 9012 3456")
