"""The trail only grows, and shows when somebody has meddled with it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gongyou.desk.audit import AuditEvent, record, verify_chain
from gongyou.desk.tickets.life import accept_ticket
from gongyou.desk.tickets.reading import fetch_ticket


@pytest.fixture
def trail(session, now):
    """Three events, in a transaction in which the triggers may be taken away."""
    for number in range(1, 4):
        record(session, "person:1", "ticket.read", f"ticket:{number}", now)
    session.flush()
    return session


def drop_triggers(session):
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE audit_events DISABLE TRIGGER ALL"))
        return
    for name in ("audit_events_no_update", "audit_events_no_delete"):
        session.execute(text(f"DROP TRIGGER {name}"))


@pytest.mark.parametrize(
    "meddling", ["UPDATE audit_events SET actor = 'x'", "DELETE FROM audit_events"]
)
def test_the_database_refuses_to_change_the_trail(trail, meddling):
    with pytest.raises(DBAPIError, match="append-only"):
        trail.execute(text(meddling))


def test_a_trail_as_written_is_whole(trail):
    assert verify_chain(trail) is None


def test_an_empty_trail_is_whole(session):
    assert verify_chain(session) is None


@pytest.mark.parametrize(
    "column", ["actor = 'x'", "action = 'x'", "subject = 'x'", "seal = 'x'", "at = '2020-01-01'"]
)
def test_an_altered_event_shows(trail, column):
    drop_triggers(trail)
    if column.startswith("at"):
        column = "at = '2020-01-01 00:00:00.000000'"
    trail.execute(text(f"UPDATE audit_events SET {column} WHERE id = 2"))  # noqa: S608
    assert verify_chain(trail) == 2


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_event_shows_even_the_last(trail, number):
    drop_triggers(trail)
    trail.execute(text("DELETE FROM audit_events WHERE id = :id"), {"id": number})
    assert verify_chain(trail) == number


def test_an_event_added_by_hand_shows(trail):
    last = trail.get_one(AuditEvent, 3)
    trail.add(AuditEvent(id=4, at=last.at, actor="x", action="x", subject="x", seal=last.seal))
    trail.flush()
    assert verify_chain(trail) == 4


def test_a_head_set_back_with_the_end_cut_off_shows(trail):
    drop_triggers(trail)
    second = trail.get_one(AuditEvent, 2)
    trail.execute(text("DELETE FROM audit_events WHERE id = 3"))
    trail.execute(
        text("UPDATE audit_head SET last_id = 2, last_seal = :seal"), {"seal": second.seal}
    )
    assert verify_chain(trail) == 3


def test_events_from_many_threads_make_one_chain(desk, now):
    def write(number: int) -> None:
        with desk.transaction() as session:
            record(session, "worker", "ticket.open", f"ticket:{number}", now)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with desk.reading() as session:
        assert verify_chain(session) is None
        assert session.scalar(text("SELECT count(*) FROM audit_events")) == 40


def test_a_read_that_is_rolled_back_leaves_no_event(desk, opened, lawyer, now):
    with desk.transaction() as session:
        fetch_ticket(session, opened.ticket.id, lawyer, now)
        session.rollback()
    with desk.reading() as session:
        assert verify_chain(session) is None


def test_the_trail_holds_no_name_and_no_conversation(session, offered, lawyer, now):
    accept_ticket(session, offered.ticket.id, lawyer, now)
    rows = session.execute(text("SELECT actor, action, subject FROM audit_events")).all()
    written = " ".join(" ".join(row) for row in rows)
    assert offered.ticket.conversation_id not in written
    assert lawyer.name not in written
    assert lawyer.login not in written.split()
