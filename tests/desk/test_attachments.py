"""A case's photos and PDFs: kept once, encrypted, and gone when they are taken back."""

from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select, text

from gongyou.desk.audit import AuditEvent
from gongyou.desk.errors import NotAllowed, TooManyFiles, WrongState
from gongyou.desk.files.attachments import (
    MOST_FILES,
    AttachmentContent,
    NewFile,
    attach_by_holder,
    attach_file,
    fetch_attachments,
    fetch_content,
    remove_file,
)
from gongyou.desk.tickets.life import accept_ticket, withdraw_ticket

WORKER = "worker"
CONTENT = b"\xff\xd8 the wage slip of a worker \xff\xd9" * 50


def photo(key="f1", content=CONTENT):
    return NewFile("工资条.jpg", "image/jpeg", content, key)


@pytest.fixture
def kept(session, opened, now):
    return attach_file(session, opened.ticket, WORKER, photo(), now)


def names(session, opened):
    return [each.name for each in fetch_attachments(session, opened.ticket.id)]


def stored(session):
    return session.scalar(select(func.count()).select_from(AttachmentContent))


def test_a_file_comes_back_as_it_was_given(session, opened, kept, now):
    found, content = fetch_content(session, opened.ticket.id, kept.id, WORKER, now)
    assert (found.name, found.media, found.size) == ("工资条.jpg", "image/jpeg", len(CONTENT))
    assert content == CONTENT


def test_the_same_key_again_keeps_one_file(session, opened, kept, now):
    again = attach_file(session, opened.ticket, WORKER, photo(), now)
    assert again.id == kept.id
    assert stored(session) == 1


def test_a_case_has_so_many_files_and_a_repeat_of_the_last_is_none_more(session, opened, now):
    for number in range(MOST_FILES):
        attach_file(session, opened.ticket, WORKER, photo(f"f{number}", b"x"), now)
    attach_file(session, opened.ticket, WORKER, photo("f0", b"x"), now)
    with pytest.raises(TooManyFiles, match=str(MOST_FILES)):
        attach_file(session, opened.ticket, WORKER, photo("more", b"x"), now)


def test_one_taken_back_makes_room(session, opened, now):
    for number in range(MOST_FILES):
        last = attach_file(session, opened.ticket, WORKER, photo(f"f{number}", b"x"), now)
    remove_file(session, opened.ticket.id, last.id, WORKER, now)
    attach_file(session, opened.ticket, WORKER, photo("more", b"x"), now)


def test_what_is_taken_back_is_gone(session, opened, kept, now):
    assert remove_file(session, opened.ticket.id, kept.id, WORKER, now)
    session.flush()
    assert stored(session) == 0
    assert names(session, opened) == []
    assert fetch_content(session, opened.ticket.id, kept.id, WORKER, now) is None


def test_taking_back_twice_is_harmless(session, opened, kept, now):
    for _ in range(2):
        remove_file(session, opened.ticket.id, kept.id, WORKER, now)
    assert stored(session) == 0


def test_nobody_takes_back_another_s_file(session, opened, kept, now):
    assert not remove_file(session, opened.ticket.id, kept.id, "person:7", now)
    assert names(session, opened) == ["工资条.jpg"]


def test_a_file_opens_with_its_own_ticket_only(session, opened, handoff, kept, now):
    assert fetch_content(session, handoff.ticket.id, kept.id, WORKER, now) is None
    assert not remove_file(session, handoff.ticket.id, kept.id, WORKER, now)


def test_only_the_holder_adds_to_a_case(session, offered, lawyer, other_lawyer, now):
    with pytest.raises(WrongState):
        attach_by_holder(session, offered.ticket.id, lawyer, photo(), now)
    accept_ticket(session, offered.ticket.id, lawyer, now)
    attach_by_holder(session, offered.ticket.id, lawyer, photo(), now)
    with pytest.raises(NotAllowed):
        attach_by_holder(session, offered.ticket.id, other_lawyer, photo("f2"), now)


def test_nothing_is_added_to_a_case_that_was_withdrawn(session, offered, lawyer, now):
    accept_ticket(session, offered.ticket.id, lawyer, now)
    withdraw_ticket(session, offered.ticket.conversation_id, offered.ticket.id, now)
    with pytest.raises(WrongState):
        attach_by_holder(session, offered.ticket.id, lawyer, photo(), now)


def test_each_step_with_a_file_is_in_the_trail(session, opened, kept, now):
    fetch_content(session, opened.ticket.id, kept.id, "person:7", now)
    remove_file(session, opened.ticket.id, kept.id, WORKER, now)
    query = select(AuditEvent.actor, AuditEvent.action).where(
        AuditEvent.subject == f"attachment:{kept.id}"
    )
    assert [tuple(row) for row in session.execute(query.order_by(AuditEvent.id))] == [
        ("worker", "attachment.add"),
        ("person:7", "attachment.read"),
        ("worker", "attachment.remove"),
    ]


def test_the_database_holds_neither_bytes_nor_name(desk, opened, now):
    with desk.transaction() as session:
        attach_file(session, opened.ticket, WORKER, photo(), now)
    with desk.reading() as session:
        rows = [
            session.execute(text("SELECT * FROM attachments")).one(),
            session.execute(text("SELECT * FROM attachment_contents")).one(),
        ]
    raw = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for row in rows
        for value in row
    )
    assert len(raw) > len(CONTENT)
    assert CONTENT[:20] not in raw
    assert "工资条".encode() not in raw


def test_the_database_file_holds_them_nowhere(desk, settings, opened, now):
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        pytest.skip("reads the SQLite file")
    with desk.transaction() as session:
        attach_file(session, opened.ticket, WORKER, photo(), now)
    path = Path(url.database)
    on_disk = b"".join(each.read_bytes() for each in path.parent.glob("desk.db*"))
    assert b"image/jpeg" in on_disk  # the row is there
    assert b"wage slip" not in on_disk
    assert "工资条".encode() not in on_disk
