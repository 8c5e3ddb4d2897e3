"""Of somebody who left the staff the record keeps a number, and nothing else."""

from datetime import datetime

import pytest
from sqlalchemy import select, text

from gongyou.desk.audit import verify_chain
from gongyou.desk.keeping.errors import StillHolds
from gongyou.desk.keeping.leaving import erase_person
from gongyou.desk.people.accounts import Person, fetch_person
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.tickets.opening import OpenedTicket
from gongyou.desk.tickets.table import Ticket
from gongyou.wiring import Desk


def test_of_somebody_who_left_only_a_number_is_left(
    desk: Desk, case: OpenedTicket, lawyer: Person, now: datetime
) -> None:
    with desk.transaction() as session:
        erase_person(session, "li", now)
    with desk.reading() as session:
        assert fetch_person(session, "li") is None
        left = session.get_one(Person, lawyer.id)
        assert (left.name, left.active, left.has_joined) == ("已离开", False, False)
        assert (left.email, left.employer, left.totp_secret) == (None, None, None)
        for table in ("sign_ins", "invitations", "lawyer_profiles", "conflicts"):
            assert session.execute(text(f"SELECT * FROM {table}")).all() == [], table  # noqa: S608
        assert verify_chain(session) is None


def test_nobody_is_erased_with_cases_in_hand(
    desk: Desk, case: OpenedTicket, lawyer: Person, now: datetime
) -> None:
    with desk.transaction() as session:
        ticket = session.get_one(Ticket, case.ticket.id)
        ticket.status, ticket.person_id = "accepted", lawyer.id
    with desk.transaction() as session, pytest.raises(StillHolds, match=f": {ticket.id};"):
        erase_person(session, "li", now)


def test_what_they_were_offered_is_due_to_be_passed_on(
    desk: Desk, case: OpenedTicket, lawyer: Person, now: datetime
) -> None:
    with desk.transaction() as session:
        session.execute(text("UPDATE offers SET answer = 'pending'"))
    with desk.transaction() as session:
        erase_person(session, "li", now)
        assert session.scalars(select(Offer.expires_at)).all() == [now]
