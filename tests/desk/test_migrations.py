"""A desk of the first release comes to the newest schema with nothing lost."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DBAPIError

from gongyou.desk import migrations
from gongyou.desk.audit import AuditEvent, record, verify_chain
from gongyou.desk.chat.messages import Message
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.sign_ins import SignIn
from gongyou.desk.store import open_desk
from gongyou.desk.tables import metadata
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.vault import Vault

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
OLD = {"open": "opened", "taken": "accepted", "answered": "answered", "closed": "closed"}
PEOPLE = """
    INSERT INTO people (id, login, name, role, password_hash, active)
    VALUES (1, 'li', '李律师', 'lawyer', 'h1', true), (2, 'zhao', '赵干部', 'officer', 'h2', false)
"""
SIGN_INS = """
    INSERT INTO sign_ins (hash, person_id, created_at, seen_at, expires_at)
    VALUES ('cookie', 1, :at, :at, :at)
"""
CHATS = """
    INSERT INTO conversations (id, created_at, mode)
    VALUES ('chat', :at, 'person'), ('other', :at, 'bot')
"""
KEYS = "INSERT INTO conversation_keys (hash, conversation_id, created_at) VALUES ('k', 'chat', :at)"
MESSAGES = """
    INSERT INTO messages
    (id, conversation_id, sender, text, payload, client_key, state, attempts, person_id, created_at)
    VALUES (1, 'chat', 'worker', :worker, NULL, 'c1', 'answered', 0, NULL, :at),
           (2, 'chat', 'lawyer', :lawyer, :payload, NULL, 'none', 0, 1, :at)
"""
TICKETS = """
    INSERT INTO tickets
    (id, conversation_id, kind, topic, region, facts, summary, words, contact, consent_at,
     receipt_hash, status, person_id, idempotency_key, created_at, taken_at, answered_at, closed_at)
    VALUES (:id, 'chat', :kind, :topic, '410800', :facts, :text, :text, :text, :at,
            :hash, :status, :person, :hash, :at, :at, NULL, NULL)
"""


@pytest.fixture
def first(blank_url, settings):
    """A desk of the first release."""
    url = make_url(blank_url)
    if url.get_backend_name() == "sqlite":
        Path(url.database).parent.mkdir()
    desk = open_desk(blank_url, settings.keys)
    migrations.upgrade(desk.engine, "0001")
    yield desk
    desk.close()


@pytest.fixture
def filled(first, settings):
    """With people, a chat, its messages, and a ticket in every state there was."""
    encrypt = Vault(settings.keys).encrypt
    at = AT if first.engine.dialect.name == "postgresql" else AT.strftime("%Y-%m-%d %H:%M:%S.%f")
    facts, words = encrypt(json.dumps({"region": "410800"})), encrypt("老板不接电话")
    texts = {"worker": encrypt("厂里停工了"), "lawyer": encrypt("我来看看")}
    with first.transaction() as session:
        session.execute(text(PEOPLE))
        for statement in (SIGN_INS, CHATS, KEYS):
            session.execute(text(statement), {"at": at})
        payload = encrypt('{"buttons": []}')
        session.execute(text(MESSAGES), texts | {"payload": payload, "at": at})
        for number, status in enumerate(OLD, start=1):
            row = {"id": number, "hash": f"hash{number}", "status": status, "facts": facts}
            row |= {"kind": "legal_aid", "topic": "wage_shutdown", "text": words}
            row |= {"at": at, "person": None if status == "open" else 1}
            session.execute(text(TICKETS), row)
        crisis = {"id": 5, "hash": "hash5", "kind": "handoff", "topic": "crisis", "status": "open"}
        crisis |= {"facts": facts, "text": words, "at": at, "person": None}
        session.execute(text(TICKETS), crisis)
        record(session, "worker", "ticket.open", "ticket:1", AT)
    return first


@pytest.fixture
def upgraded(filled):
    migrations.upgrade(filled.engine)
    with filled.transaction() as session:
        yield session


def test_every_ticket_is_kept_under_the_new_name_of_its_state(upgraded):
    tickets = upgraded.scalars(select(Ticket).order_by(Ticket.id)).all()
    assert [ticket.status for ticket in tickets] == [*OLD.values(), "opened"]
    assert [ticket.person_id for ticket in tickets] == [None, 1, 1, 1, None]


def test_what_a_ticket_says_is_kept(upgraded):
    ticket = upgraded.get_one(Ticket, 2)
    assert (ticket.facts, ticket.words) == ({"region": "410800"}, "老板不接电话")
    assert (ticket.created_at, ticket.accepted_at, ticket.consent_at) == (AT, AT, AT)


def test_what_a_ticket_has_gained_is_empty(upgraded):
    ticket = upgraded.get_one(Ticket, 1)
    assert (ticket.sources, ticket.employer, ticket.reasons) == ({}, "", [])
    assert (ticket.employer_key, ticket.employer_agreed, ticket.conclusion) == (None, False, None)
    assert (ticket.due_at, ticket.asked_at, ticket.fell_at, ticket.outcome) == (None,) * 4


def test_a_crisis_comes_first_and_everything_else_is_as_usual(upgraded):
    assert upgraded.scalars(select(Ticket.priority).order_by(Ticket.id)).all() == [3, 3, 3, 3, 0]


def test_why_officers_have_it_is_told_by_the_topic_it_had(filled, settings):
    encrypt = Vault(settings.keys).encrypt
    texts = {"facts": encrypt("{}"), "text": encrypt(""), "person": None, "status": "open"}
    at = AT if filled.engine.dialect.name == "postgresql" else AT.strftime("%Y-%m-%d %H:%M:%S.%f")
    with filled.transaction() as session:
        for number, topic in ((6, "unanswered"), (7, "human_handoff"), (8, "wage_arrears")):
            named = {"id": number, "hash": f"hash{number}", "kind": "handoff", "topic": topic}
            session.execute(text(TICKETS), texts | named | {"at": at})
    migrations.upgrade(filled.engine)
    with filled.transaction() as session:
        causes = session.scalars(select(Ticket.cause).order_by(Ticket.id)).all()
    assert causes == [None, None, None, None, "crisis", "silent", "asked", "asked"]


def test_people_keep_their_passwords_and_see_every_region(upgraded):
    lawyer, officer = upgraded.scalars(select(Person).order_by(Person.id))
    assert (lawyer.login, lawyer.password_hash, lawyer.active) == ("li", "h1", True)
    assert (officer.role, officer.active, officer.regions) == ("officer", False, ["000000"])


def test_officers_are_on_duty_as_they_were_in_effect(upgraded):
    people = upgraded.scalars(select(Person).order_by(Person.id))
    assert [person.on_duty for person in people] == [False, True]


def test_who_was_signed_in_still_is(upgraded):
    sign_in = upgraded.scalars(select(SignIn)).one()
    assert (sign_in.person_id, sign_in.expires_at, sign_in.needs_code) == (1, AT, False)


def test_messages_are_kept_in_order_and_number_on(upgraded):
    messages = upgraded.scalars(select(Message).order_by(Message.id)).all()
    assert [message.text for message in messages] == ["厂里停工了", "我来看看"]
    assert [message.person_id for message in messages] == [None, 1]


def test_the_trail_is_whole_and_still_refuses_to_be_changed(upgraded):
    assert verify_chain(upgraded) is None
    assert upgraded.scalars(select(AuditEvent.subject)).all() == ["ticket:1"]
    with pytest.raises(DBAPIError, match="append-only"):
        upgraded.execute(text("DELETE FROM audit_events"))


def test_every_reference_still_leads_somewhere(upgraded):
    if upgraded.get_bind().dialect.name == "sqlite":
        assert upgraded.execute(text("PRAGMA foreign_key_check")).all() == []
        assert upgraded.scalar(text("PRAGMA foreign_keys")) == 1
    with pytest.raises(DBAPIError):
        upgraded.execute(text("UPDATE tickets SET person_id = 404"))


@pytest.mark.parametrize("column", ["status", "kind", "cause"])
def test_a_state_that_does_not_exist_is_refused(upgraded, column):
    with pytest.raises(DBAPIError):
        upgraded.execute(text(f"UPDATE tickets SET {column} = 'taken'"))  # noqa: S608


def test_the_tables_are_those_the_code_expects(filled):
    migrations.upgrade(filled.engine)
    with filled.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
