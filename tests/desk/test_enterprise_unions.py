"""An officer of an enterprise's own union learns nothing of a case against it, by any door."""

import pytest
from cryptography.fernet import Fernet

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.errors import NotAllowed
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.transferring import take_from_leavers
from gongyou.desk.tickets.life import (
    accept_ticket,
    close_ticket,
    reopen_ticket,
    reply_ticket,
    transfer_ticket,
    withdraw_ticket,
)
from gongyou.desk.tickets.opening import Employer
from gongyou.desk.tickets.reading import count_tickets, fetch_ticket, fetch_tickets
from gongyou.desk.tickets.sheets import correct_sheet
from gongyou.desk.tickets.standing import fetch_listed
from gongyou.desk.vault import Vault, attach_vault, vault_of

TABS = ("todo", "mine", "all", "done")


@pytest.fixture
def call(session, open_one, now):
    """A worker's call for a person about an employer, in a chat of its own unless said."""
    keys = iter(range(99))

    def call_(name, *, chat=None, agreed=False):
        return open_one(
            session,
            chat or open_conversation(session, now)[0].id,
            kind="handoff",
            employer=Employer(name, agreed),
            idempotency_key=f"call-{next(keys)}",
        ).ticket

    return call_


def set_employer(session, officer, name):
    """As the administrator's form does, in the session of the test."""
    stored = session.get_one(Person, officer.id)
    stored.employer = name
    session.flush()
    return stored


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("富士康", "郑州富士康鸿富锦精密电子"),
        ("富士康鸿富锦精密电子有限公司", "富士康"),
        ("红星机械厂", "新星重工（原红星机械厂）"),
        ("新星重工（原红星机械厂）", "红星机械"),
    ],
)
def test_a_name_that_may_mean_their_enterprise_is_theirs(hire, session, call, now, own, told):
    officer, ticket = hire("chen", "officer", employer=own), call(told)
    call("大河纺织")
    assert fetch_ticket(session, ticket.id, officer, now) is None
    assert count_tickets(session, officer, "todo") == 1
    with pytest.raises(NotAllowed):
        accept_ticket(session, ticket.id, officer, now)


def test_a_name_that_can_no_longer_be_read_may_be_theirs(desk, hire, session, call, now):
    officer, ticket = hire("chen", "officer", employer="宏达机械"), call("大河纺织")
    old = vault_of(session)
    attach_vault(desk.engine, Vault([Fernet.generate_key().decode()]))
    try:
        assert count_tickets(session, officer, "todo") == 0
    finally:
        attach_vault(desk.engine, old)
    assert fetch_ticket(session, ticket.id, officer, now) is not None


def test_a_chat_that_also_holds_a_case_against_theirs_is_closed_to_them(hire, session, call, now):
    officer = hire("chen", "officer", employer="宏达机械")
    against_theirs = call("宏达机械厂")
    other = call("大河纺织", chat=against_theirs.conversation_id)
    assert fetch_ticket(session, other.id, officer, now) is None
    with pytest.raises(NotAllowed):
        accept_ticket(session, other.id, officer, now)


def test_unless_the_worker_agrees(hire, session, call, now):
    officer = hire("chen", "officer", employer="宏达机械")
    first = call("宏达机械厂", agreed=True)
    other = call("大河纺织", chat=first.conversation_id)
    assert fetch_ticket(session, other.id, officer, now) is not None


@pytest.fixture
def held(session, officer, call, now):
    """In hand of an officer who then turns out to be of that enterprise's union."""
    ticket = call("宏达机械厂")
    accept_ticket(session, ticket.id, officer, now)
    return ticket


def test_held_before_it_is_in_no_list(session, officer, held, now):
    officer = set_employer(session, officer, "宏达机械")
    assert [count_tickets(session, officer, tab) for tab in TABS] == [0, 0, 0, 0]
    assert not any(fetch_tickets(session, officer, tab).lines for tab in TABS)


def test_held_before_it_can_be_neither_answered_nor_corrected_nor_closed(
    session, officer, held, now
):
    reply_ticket(session, held.id, officer, "收到", now)
    officer = set_employer(session, officer, "宏达机械")
    with pytest.raises(NotAllowed):
        reply_ticket(session, held.id, officer, "算了吧", now)
    with pytest.raises(NotAllowed):
        correct_sheet(session, held.id, officer, 1, {}, None, now)
    with pytest.raises(NotAllowed):
        close_ticket(session, held.id, officer, now)


def test_held_before_it_can_still_be_given_away(session, officer, held, now):
    officer = set_employer(session, officer, "宏达机械")
    assert transfer_ticket(session, held.id, officer, now).status == "opened"


def test_the_clerk_takes_it_from_them(session, officer, held, now):
    set_employer(session, officer, "宏达机械")
    assert take_from_leavers(session, lambda _: True, now) == [held.id]
    assert (held.status, held.person_id) == ("opened", None)
    assert take_from_leavers(session, lambda _: True, now) == []


def test_the_clerk_leaves_them_what_they_may_keep(session, officer, call, now):
    ticket = call("大河纺织")
    accept_ticket(session, ticket.id, officer, now)
    set_employer(session, officer, "宏达机械")
    assert take_from_leavers(session, lambda _: True, now) == []


def test_opened_again_it_does_not_come_back_to_them(session, officer, held, now):
    reply_ticket(session, held.id, officer, "收到", now)
    close_ticket(session, held.id, officer, now)
    set_employer(session, officer, "宏达机械")
    again = reopen_ticket(session, held.id, "worker", now)
    assert (again.status, again.person_id) == ("opened", None)


def test_the_way_of_a_withdrawn_case_is_shown_to_nobody(session, officer, opened, now):
    ticket = opened.ticket
    assert fetch_listed(session, ticket.id, officer) is not None
    withdraw_ticket(session, ticket.conversation_id, ticket.id, now)
    assert fetch_listed(session, ticket.id, officer) is None
