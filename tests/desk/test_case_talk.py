"""The chat behind a ticket, a page at a time, and who may know what of a ticket."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.routing.offers import fetch_offers, route_ticket
from gongyou.desk.routing.transferring import fetch_pending, give_away
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reply_ticket
from gongyou.desk.tickets.opening import Judgement, open_ticket
from gongyou.desk.tickets.reading import fetch_tickets
from gongyou.desk.tickets.rejudging import rejudge
from gongyou.desk.tickets.standing import fetch_listed, fetch_open_to, fetch_standing
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.tickets.talk import PAGE, closing_key, fetch_news, fetch_talk, find_news


@pytest.fixture
def ticket(lawyer: Person, session: Session, now: datetime) -> Ticket:
    """Accepted by the lawyer, to whom it was offered."""
    chat, _ = open_conversation(session, now)
    opened = open_ticket(
        session,
        chat.id,
        kind="legal_aid",
        topic="wage_shutdown",
        region="410800",
        facts={},
        summary="",
        words="",
        contact="",
        consent=True,
        idempotency_key="k",
        now=now,
    )
    route_ticket(session, opened.ticket.id, lambda _: True, now)
    return accept_ticket(session, opened.ticket.id, lawyer, now)


def say(session: Session, ticket: Ticket, now: datetime, **more: object) -> int:
    words: dict[str, object] = {"sender": "worker", "text": "嗯", "now": now, **more}
    return write_message(session, ticket.conversation_id, **words).id  # type: ignore[arg-type]


def test_a_page_holds_the_newest_and_leads_to_those_before(
    session: Session, ticket: Ticket, now: datetime
) -> None:
    numbers = [say(session, ticket, now) for _ in range(PAGE + 10)]
    newest = fetch_talk(session, ticket)
    assert [m.id for m in newest.messages] == numbers[10:]
    assert (newest.has_earlier, newest.has_later, newest.last) == (True, False, numbers[-1])
    before = fetch_talk(session, ticket, newest.messages[0].id)
    assert [m.id for m in before.messages] == numbers[:10]
    assert (before.has_earlier, before.has_later) == (False, True)


def test_a_closed_tickets_talk_ends_with_the_line_that_closed_it(
    lawyer: Person, session: Session, ticket: Ticket, now: datetime
) -> None:
    reply_ticket(session, ticket.id, lawyer, "答复", now)
    closed = close_ticket(session, ticket.id, lawyer, now - timedelta(hours=1))
    end = say(session, ticket, now, sender="system", client_key=closing_key(ticket.id, "x"))
    say(session, ticket, now - timedelta(hours=2))
    assert fetch_talk(session, closed).last == end


def test_news_are_in_the_lines_whose_worker_wrote_last(
    lawyer: Person, session: Session, ticket: Ticket, now: datetime
) -> None:
    def has_news() -> bool:
        lines = fetch_tickets(session, lawyer, "mine").lines
        return ticket.id in find_news(session, lines)

    assert not has_news()
    say(session, ticket, now)
    assert has_news()
    reply_ticket(session, ticket.id, lawyer, "答复", now)
    assert not has_news()


def test_an_open_page_hears_of_a_change_of_state(
    lawyer: Person, session: Session, ticket: Ticket, now: datetime
) -> None:
    before = fetch_news(session, ticket.id, lawyer, 0)
    reply_ticket(session, ticket.id, lawyer, "答复", now)
    after = fetch_news(session, ticket.id, lawyer, 0)
    assert before and after and before.mark != after.mark


def test_given_away_the_reason_stays_with_the_offer_and_the_next_is_asked(
    lawyer: Person, other_lawyer: Person, session: Session, ticket: Ticket, now: datetime
) -> None:
    give_away(session, ticket.id, lawyer, "下周出庭", lambda _: True, now)
    taken, pending = fetch_offers(session, ticket.id)
    assert (taken.answer, taken.note) == ("transferred", "下周出庭")
    assert pending.person_id == other_lawyer.id
    assert fetch_pending(session, [ticket.id]) == {ticket.id: pending}


def test_who_gave_it_away_knows_its_state_and_no_more(
    lawyer: Person, other_lawyer: Person, session: Session, ticket: Ticket, now: datetime
) -> None:
    give_away(session, ticket.id, lawyer, "下周出庭", lambda _: True, now)
    standing = fetch_standing(session, ticket.id, lawyer)
    assert standing is not None
    assert (standing.status, standing.is_holder, standing.can_read) == ("offered", False, False)
    assert fetch_open_to(session, ticket.id, lawyer) is None


def test_an_offer_opens_no_files(
    lawyer: Person, other_lawyer: Person, session: Session, ticket: Ticket, now: datetime
) -> None:
    give_away(session, ticket.id, lawyer, "下周出庭", lambda _: True, now)
    assert fetch_open_to(session, ticket.id, other_lawyer) is None
    accept_ticket(session, ticket.id, other_lawyer, now)
    assert fetch_open_to(session, ticket.id, other_lawyer) is not None


def test_who_never_had_to_do_with_it_knows_nothing(
    lawyer: Person, other_lawyer: Person, officer: Person, session: Session, ticket: Ticket
) -> None:
    assert fetch_standing(session, ticket.id, other_lawyer) is None
    assert fetch_listed(session, ticket.id, other_lawyer) is None
    assert fetch_listed(session, ticket.id, officer) is not None


def test_corrected_facts_change_urgency_and_region_but_not_the_promise(
    session: Session, ticket: Ticket, now: datetime
) -> None:
    due = ticket.due_at
    rejudge(session, ticket.id, Judgement(1, ("deadline_urgent",), now.date()), "310000")
    assert (ticket.priority, ticket.region, ticket.deadline_on) == (1, "310000", now.date())
    assert ticket.due_at == due


def test_people_are_named_in_one_query(lawyer: Person, officer: Person, session: Session) -> None:
    assert set(fetch_people(session, [lawyer.id, None, officer.id, 99])) == {lawyer.id, officer.id}
