"""Two people at the same moment: one wins, the other is told, and nothing is left half done.

Each race is run several times, on threads; whoever comes first, what the test says holds. Nobody
ever waits for another in a ring: DeskUnavailable fails the test.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from gongyou.desk.audit import verify_chain
from gongyou.desk.chat.messages import fetch_messages, write_message
from gongyou.desk.errors import NotAllowed, StaleSheet, WrongState
from gongyou.desk.files.attachments import NewFile, attach_by_holder, fetch_attachments
from gongyou.desk.routing.offers import (
    assign_ticket,
    decline_ticket,
    fetch_offers,
    pass_on_expired,
)
from gongyou.desk.tickets.life import (
    accept_ticket,
    close_ticket,
    hear_worker,
    reply_ticket,
    transfer_ticket,
    withdraw_ticket,
)
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.sheets import correct_sheet, fetch_versions
from tests.desk.conftest import is_workday

LONG = timedelta(days=30)
PHOTO = NewFile("合同.jpg", "image/jpeg", b"jpeg", "f1")


@pytest.fixture(autouse=True, params=range(3))
def again(request):
    """Every race is run so many times."""


@pytest.fixture
def race(desk):
    """Runs the steps at once, each in a transaction of its own; gives their results in order.

    A refusal is a result; anything else that goes wrong is raised.
    """

    def run(*steps):
        together = Barrier(len(steps))

        def one(step):
            together.wait()
            try:
                with desk.transaction() as session:
                    return step(session)
            except (WrongState, NotAllowed, StaleSheet) as refusal:
                return refusal

        with ThreadPoolExecutor(len(steps)) as pool:
            results = list(pool.map(one, steps))
        with desk.reading() as session:
            assert verify_chain(session) is None
        return results

    return run


def won(result):
    return not isinstance(result, Exception)


@pytest.fixture
def number(offered):
    """A case offered to `lawyer`."""
    return offered.ticket.id


@pytest.fixture
def held(desk, number, lawyer, now):
    """The same, taken by `lawyer`."""
    with desk.transaction() as session:
        accept_ticket(session, number, lawyer, now)
    return number


@pytest.fixture
def look(desk):
    """What is stored of a ticket now: the ticket, its messages' texts, its offers' answers."""

    def look_(number):
        with desk.reading() as session:
            ticket = get_ticket(session, number)
            texts = [message.text for message in fetch_messages(session, ticket.conversation_id)]
            return ticket, texts, [offer.answer for offer in fetch_offers(session, number)]

    return look_


def test_of_two_officers_at_once_exactly_one_takes_a_call(
    desk, race, look, open_one, officer, duty_officer, now
):
    with desk.transaction() as session:
        call = open_one(session, kind="handoff", idempotency_key="call").ticket
    results = race(
        lambda session: accept_ticket(session, call.id, officer, now).person_id,
        lambda session: accept_ticket(session, call.id, duty_officer, now).person_id,
    )
    (winner,) = filter(won, results)
    assert look(call.id)[0].person_id == winner
    assert sum(isinstance(result, WrongState) for result in results) == 1


def test_of_two_lawyers_at_once_only_the_one_who_was_asked_wins(
    race, look, number, lawyer, other_lawyer, now
):
    mine, theirs = race(
        lambda session: accept_ticket(session, number, lawyer, now),
        lambda session: accept_ticket(session, number, other_lawyer, now),
    )
    assert (won(mine), won(theirs)) == (True, False)
    assert look(number)[0].person_id == lawyer.id


def test_the_same_lawyer_twice_at_once_takes_it_once(race, look, number, lawyer, now):
    results = race(*[lambda session: accept_ticket(session, number, lawyer, now)] * 2)
    assert all(won(result) for result in results)
    assert look(number)[2] == ["accepted"]


def test_a_lawyer_accepts_or_the_offer_has_passed_on(race, look, number, lawyer, other_lawyer, now):
    accepted, _ = race(
        lambda session: accept_ticket(session, number, lawyer, now),
        lambda session: pass_on_expired(session, is_workday, now + LONG),
    )
    ticket, _, answers = look(number)
    if won(accepted):
        assert (ticket.status, ticket.person_id, answers) == (
            "accepted",
            lawyer.id,
            ["accepted"],
        )
    else:
        assert (ticket.status, answers) == ("offered", ["expired", "pending"])


def test_two_clerks_at_once_pass_an_offer_on_once(race, look, number, lawyer, other_lawyer, now):
    passed = race(*[lambda session: pass_on_expired(session, is_workday, now + LONG)] * 2)
    assert sorted(number for result in passed for number in result) == [number]
    assert look(number)[2] == ["expired", "pending"]


def test_a_lawyer_declines_or_the_offer_has_passed_on(race, look, number, lawyer, now):
    declined, passed = race(
        lambda session: decline_ticket(session, number, lawyer, is_workday, now),
        lambda session: pass_on_expired(session, is_workday, now + LONG),
    )
    ticket, _, answers = look(number)
    assert answers == ["declined" if won(declined) else "expired"]
    assert passed == ([] if won(declined) else [number])
    assert ticket.fell_at is not None


def test_an_officer_assigns_nothing_that_a_lawyer_is_taking(
    race, look, number, lawyer, other_lawyer, officer, now
):
    accepted, assigned = race(
        lambda session: accept_ticket(session, number, lawyer, now),
        lambda session: assign_ticket(session, number, officer, other_lawyer.id, is_workday, now),
    )
    assert (won(accepted), won(assigned)) == (True, False)
    assert look(number)[2] == ["accepted"]


def test_two_officers_at_once_assign_a_case_to_one_lawyer(
    desk, race, look, open_one, lawyer, other_lawyer, officer, duty_officer, now
):
    with desk.transaction() as session:
        number = open_one(session, idempotency_key="aid").ticket.id
    results = race(
        lambda session: assign_ticket(session, number, officer, lawyer.id, is_workday, now),
        lambda session: assign_ticket(
            session, number, duty_officer, other_lawyer.id, is_workday, now
        ),
    )
    assert sum(won(result) for result in results) == 1
    assert look(number)[2] == ["pending"]


def test_a_reply_arrives_before_the_transfer_or_not_at_all(race, look, held, lawyer, now):
    number = held
    replied, transferred = race(
        lambda session: reply_ticket(session, number, lawyer, "好", now),
        lambda session: transfer_ticket(session, number, lawyer, now),
    )
    ticket, texts, _ = look(number)
    assert won(transferred)
    assert (ticket.status, ticket.person_id) == ("opened", None)
    assert texts == (["好"] if won(replied) else [])


def test_a_reply_arrives_before_the_worker_withdraws_or_not_at_all(race, look, held, lawyer, now):
    number = held
    chat = look(number)[0].conversation_id
    replied, withdrawn = race(
        lambda session: reply_ticket(session, number, lawyer, "好", now),
        lambda session: withdraw_ticket(session, chat, number, now),
    )
    ticket, texts, _ = look(number)
    assert won(withdrawn)
    assert ticket.status == "withdrawn"
    assert texts == (["好"] if won(replied) else [])


def test_nothing_is_made_for_a_case_after_the_worker_has_withdrawn_it(
    desk, race, look, held, lawyer, now
):
    number = held
    chat = look(number)[0].conversation_id
    attached, corrected, withdrawn = race(
        lambda session: attach_by_holder(session, number, lawyer, PHOTO, now),
        lambda session: correct_sheet(session, number, lawyer, 1, {"worked": "none"}, None, now),
        lambda session: withdraw_ticket(session, chat, number, now),
    )
    assert won(withdrawn)
    assert look(number)[0].status == "withdrawn"
    with desk.reading() as session:
        assert len(fetch_attachments(session, number)) == won(attached)
        assert len(fetch_versions(session, number)) == 1 + won(corrected)


def test_a_lawyer_accepts_what_the_worker_withdraws_and_it_is_withdrawn(
    race, look, number, lawyer, now
):
    chat = look(number)[0].conversation_id
    accepted, withdrawn = race(
        lambda session: accept_ticket(session, number, lawyer, now),
        lambda session: withdraw_ticket(session, chat, number, now),
    )
    ticket, _, answers = look(number)
    assert won(withdrawn)
    assert ticket.status == "withdrawn"
    assert answers == ["accepted" if won(accepted) else "cancelled"]


def test_a_case_is_closed_with_or_without_the_last_reply(race, desk, look, held, lawyer, now):
    number = held
    with desk.transaction() as session:
        reply_ticket(session, number, lawyer, "一", now)
    replied, closed = race(
        lambda session: reply_ticket(session, number, lawyer, "二", now),
        lambda session: close_ticket(session, number, lawyer, now),
    )
    ticket, texts, _ = look(number)
    assert won(closed)
    assert ticket.status == "closed"
    assert texts == (["一", "二"] if won(replied) else ["一"])


def test_a_worker_who_writes_while_asked_is_heard_or_asked_after(race, look, held, lawyer, now):
    """The worker's message holds the chat before the ticket, as the lawyer's does."""
    number = held
    chat = look(number)[0].conversation_id

    def write(session):
        write_message(session, chat, sender="worker", text="三号停工的", now=now)
        return hear_worker(session, chat, now)

    asked, heard = race(
        lambda session: reply_ticket(session, number, lawyer, "哪天？", now, asks=True), write
    )
    assert won(asked)
    assert look(number)[0].status == ("accepted" if heard else "waiting")


def test_of_two_corrections_of_one_version_one_is_stale(desk, race, held, lawyer, now):
    number = held
    results = race(
        *[
            lambda session, worked=worked: correct_sheet(
                session, number, lawyer, 1, {"worked": worked}, None, now
            )
            for worked in ("none", "some")
        ]
    )
    assert sum(isinstance(result, StaleSheet) for result in results) == 1
    with desk.reading() as session:
        assert [version.number for version in fetch_versions(session, number)] == [1, 2]


def test_the_same_click_twice_at_once_is_one_message(race, look, held, lawyer, now):
    number = held
    results = race(
        *[lambda session: reply_ticket(session, number, lawyer, "好", now, client_key="k").id] * 2
    )
    assert results[0] == results[1]
    assert look(number)[1] == ["好"]


def test_the_same_file_twice_at_once_is_one_attachment(race, desk, held, lawyer, now):
    number = held
    results = race(*[lambda session: attach_by_holder(session, number, lawyer, PHOTO, now).id] * 2)
    assert results[0] == results[1]
