"""The audit trail as an auditor reads it."""

from datetime import timedelta

import pytest

from gongyou.desk.audit import record
from gongyou.desk.people.naming import fetch_names
from gongyou.desk.trail import PAGE, Wanted, fetch_trail, verify_trail


@pytest.fixture
def three(session, now):
    """Three events, an hour apart."""
    record(session, "worker", "ticket.open", "ticket:5", now)
    record(session, "person:3", "ticket.read", "ticket:5", now + timedelta(hours=1))
    record(session, "person:3", "ticket.read", "ticket:6", now + timedelta(hours=2))


def numbers(session, **wanted) -> list[int]:
    return [event.id for event in fetch_trail(session, Wanted(**wanted)).events]


def test_the_newest_comes_first(session, three):
    assert numbers(session) == [3, 2, 1]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"subject": "ticket:5"}, [2, 1]),
        ({"actor": "person:3"}, [3, 2]),
        ({"action": "ticket.open"}, [1]),
        ({"actor": "person:3", "subject": "ticket:6"}, [3]),
        ({"subject": "ticket:7"}, []),
    ],
)
def test_it_is_narrowed(session, three, wanted, found):
    assert numbers(session, **wanted) == found


def test_a_time_is_half_open(session, three, now):
    assert numbers(session, since=now, until=now + timedelta(hours=1)) == [1]


def test_pages_follow_one_another_without_a_gap(session, now):
    for number in range(PAGE + 5):
        record(session, "worker", "ticket.open", f"ticket:{number}", now)
    first = fetch_trail(session, Wanted())
    second = fetch_trail(session, Wanted(), before=first.events[-1].id)
    assert (len(first.events), first.more) == (PAGE, True)
    assert ([event.id for event in second.events], second.more) == ([5, 4, 3, 2, 1], False)


def test_people_are_named(lawyer, session):
    assert fetch_names(session) == {f"person:{lawyer.id}": "李律师"}


def test_a_whole_trail_verifies_while_somebody_writes(desk, now):
    with desk.transaction() as session:
        record(session, "worker", "ticket.open", "ticket:1", now)
    with desk.reading() as reader:
        assert verify_trail(reader) is None
        with desk.transaction() as writer:
            record(writer, "worker", "ticket.open", "ticket:2", now)
        assert verify_trail(reader) is None
