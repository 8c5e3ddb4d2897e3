"""Cases of distress have their own queue and their own people; without these nobody waits."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.errors import NotAllowed
from gongyou.desk.notices.table import Notice
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.staffing import Account, change_person
from gongyou.desk.routing.offers import fall_to_duty, fetch_on_duty
from gongyou.desk.routing.transferring import give_away, take_from_leavers
from gongyou.desk.routing.warnings import warn_of_answers
from gongyou.desk.tickets.care import belongs_to_care, uncovered_regions
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reopen_ticket, reply_ticket
from gongyou.desk.tickets.reading import count_tickets, fetch_ticket, fetch_tickets
from gongyou.desk.tickets.reviews import open_review
from gongyou.desk.tickets.scope import only_care_reads
from gongyou.desk.tickets.sheets import correct_sheet
from gongyou.desk.tickets.standing import fetch_standing
from tests.desk.conftest import is_workday

TABS = ("todo", "care", "mine", "all", "done")


@pytest.fixture
def care(hire):
    return hire("su", "officer", duties=["care"], regions=["410800"], email="su@example.org")


@pytest.fixture
def officer(hire):
    return hire("zhao", "officer", on_duty=True, email="zhao@example.org")


@pytest.fixture
def call(session, conversation_id, now):
    """A worker's call for a person."""

    def call_(topic="psychological", region="410800", facts=None):
        opened = open_handoff(
            session,
            conversation_id,
            topic=topic,
            region=region,
            facts=facts or {},
            summary="",
            consent=True,
            now=now,
        )
        return opened.ticket

    return call_


@pytest.fixture
def enlist(session):
    """Adds an officer within the test's own transaction."""

    def enlist_(login, **columns):
        given = {"role": "officer", "password_hash": "set", "regions": ["000000"]} | columns
        person = Person(login=login, name=login, **given)
        session.add(person)
        session.flush()
        return person

    return enlist_


def sees(session, person, ticket, now):
    """Whether a line of it stands on any tab; reading and taking it must agree."""
    lines = [line.id for tab in TABS for line in fetch_tickets(session, person, tab).lines]
    seen = ticket.id in lines
    assert (fetch_ticket(session, ticket.id, person, now) is not None) is seen
    assert (fetch_standing(session, ticket.id, person) is not None) is seen
    return seen


def told(session, kind):
    query = select(Notice.person_id).where(Notice.kind == kind)
    return list(session.scalars(query.order_by(Notice.id)))


@pytest.mark.parametrize(
    ("topic", "cause", "facts", "is_care"),
    [
        ("crisis", "crisis", {}, True),
        ("psychological", "asked", {}, True),
        ("female_dismissal", None, {"female_matter": "harassment"}, True),
        (
            "female_dismissal",
            None,
            {"female_matter": {"text": "性骚扰", "value": "harassment"}},
            True,
        ),
        ("female_dismissal", None, {"female_matter": "dismissed"}, False),
        ("wage_arrears", "asked", {}, False),
        ("wage_arrears", "rated_down", {}, False),
    ],
)
def test_what_is_told_in_distress_belongs_to_care(topic, cause, facts, is_care):
    assert belongs_to_care(topic, cause, facts) is is_care


# who reads it


@pytest.mark.parametrize("topic", ["crisis", "psychological"])
def test_where_somebody_cares_nobody_else_sees_a_line_of_it(
    session, care, officer, call, now, topic
):
    ticket = call(topic)
    assert sees(session, care, ticket, now)
    assert not sees(session, officer, ticket, now)
    with pytest.raises(NotAllowed):
        accept_ticket(session, ticket.id, officer, now)


def test_where_nobody_cares_every_officer_sees_it_as_before(session, officer, call, now):
    ticket = call("crisis")
    assert sees(session, officer, ticket, now)
    assert accept_ticket(session, ticket.id, officer, now).person_id == officer.id


@pytest.mark.parametrize(
    ("region", "is_left"),
    [("410800", False), ("410802", False), ("000000", False), ("410100", True), ("410000", True)],
)
def test_a_place_without_care_people_is_left_to_its_officers(
    session, care, officer, call, now, region, is_left
):
    assert sees(session, officer, call("crisis", region), now) is is_left


@pytest.mark.parametrize(
    "column", [{"active": False}, {"password_hash": ""}, {"duties": []}, {"employer": "宏达机械厂"}]
)
def test_who_cannot_come_leaves_nobody_waiting(enlist, session, officer, call, now, column):
    """Deactivated, not joined yet, no longer charged; or of a union that may be the employer's."""
    enlist("su", **({"duties": ["care"]} | column))
    assert sees(session, officer, call("crisis"), now)


def test_the_other_cases_of_such_a_chat_go_to_the_care_people_as_well(
    session, care, officer, call, now
):
    ordinary, crisis = call("wage_arrears"), call("crisis")
    assert ordinary.id != crisis.id
    assert not sees(session, officer, ordinary, now)
    assert sees(session, care, ordinary, now)


def test_who_already_has_another_case_of_the_chat_goes_on_with_it(
    session, care, officer, call, now
):
    ordinary = call("wage_arrears")
    accept_ticket(session, ordinary.id, officer, now)
    crisis = call("crisis")
    assert sees(session, officer, ordinary, now)
    assert not sees(session, officer, crisis, now)
    assert not only_care_reads(session, crisis.id)


def test_once_that_is_closed_it_is_not_theirs_to_open_again(session, care, officer, call, now):
    ordinary = call("wage_arrears")
    accept_ticket(session, ordinary.id, officer, now)
    crisis = call("crisis")
    reply_ticket(session, ordinary.id, officer, "好", now)
    close_ticket(session, ordinary.id, officer, now)
    assert fetch_ticket(session, ordinary.id, officer, now) is None
    again = reopen_ticket(session, ordinary.id, "worker", now)
    assert (again.status, again.person_id) == ("opened", None)
    assert only_care_reads(session, crisis.id)


def test_a_call_in_distress_is_not_answered_by_an_ordinary_call(session, call):
    ordinary = call("wage_arrears")
    psychological = call("psychological")
    assert psychological.id != ordinary.id
    assert psychological.is_care
    assert call("psychological").id == psychological.id


def test_a_review_that_turns_into_distress_is_the_care_peoples(
    session, conversation_id, care, officer, call, now
):
    review = open_review(
        session,
        conversation_id,
        cause="low_confidence",
        topic="wage_arrears",
        region="410800",
        now=now,
    )
    assert sees(session, officer, review, now)
    assert call("psychological").id == review.id
    assert not sees(session, officer, review, now)


def test_facts_that_turn_out_to_be_harassment_make_it_a_care_case(
    session, care, officer, call, now
):
    ticket = call("female_dismissal")
    accept_ticket(session, ticket.id, officer, now)
    facts = {"female_matter": {"label": "碰上了哪一样", "text": "性骚扰", "value": "harassment"}}
    correct_sheet(session, ticket.id, officer, 1, facts, None, now)
    assert fetch_ticket(session, ticket.id, officer, now) is None
    assert take_from_leavers(session, is_workday, now) == [ticket.id]
    assert sees(session, care, ticket, now)


def test_who_loses_the_duty_loses_the_case_and_it_waits_for_the_others(
    session, hire, care, call, now
):
    other = hire("lu", "officer", duties=["care"])
    admin = hire("sun", "admin")
    ticket = call("crisis")
    accept_ticket(session, ticket.id, care, now)
    stored = session.merge(care)
    account = Account(name="苏某", role="officer", regions=["410800"])
    change_person(session, stored.id, account, admin, now)
    assert stored.duties == []
    assert take_from_leavers(session, is_workday, now) == [ticket.id]
    assert sees(session, other, ticket, now)


def test_a_care_case_is_taken_answered_given_away_and_closed_as_any_other(
    session, hire, care, call, now
):
    other = hire("lu", "officer", duties=["care"])
    ticket = call("psychological")
    accept_ticket(session, ticket.id, care, now)
    give_away(session, ticket.id, care, "我今天下班了", is_workday, now)
    accept_ticket(session, ticket.id, other, now)
    reply_ticket(session, ticket.id, other, "我在。", now)
    assert close_ticket(session, ticket.id, other, now, "advised").status == "closed"


def test_only_care_reads_is_said_only_where_it_holds(session, enlist, call):
    ordinary, crisis = call("wage_arrears"), call("crisis")
    assert not only_care_reads(session, crisis.id)
    enlist("su", duties=["care"], regions=["110000"])
    assert not only_care_reads(session, crisis.id)
    enlist("lu", duties=["care"], regions=["410000"])
    assert only_care_reads(session, crisis.id)
    assert not only_care_reads(session, ordinary.id)


# its queue and its notices


def test_the_care_tab_holds_what_is_in_distress_and_nothing_else(
    session, care, call, open_one, conversation_id, now
):
    ticket = call("crisis")
    assert [line.id for line in fetch_tickets(session, care, "care").lines] == [ticket.id]
    accept_ticket(session, ticket.id, care, now)
    assert count_tickets(session, care, "care") == 1


def test_legal_aid_in_distress_that_no_lawyer_took_falls_to_the_care_people_at_any_hour(
    session, care, officer, open_one, now
):
    ticket = open_one(session, topic="psychological").ticket
    fall_to_duty(session, ticket, now)
    assert sees(session, care, ticket, now)
    assert not sees(session, officer, ticket, now)
    assert accept_ticket(session, ticket.id, care, now).person_id == care.id


def test_the_care_people_are_told_and_not_the_group(session, care, officer, call, now):
    ticket = call("crisis")
    assert fetch_on_duty(session, ticket) == [session.merge(care)]
    due = now + timedelta(minutes=30)
    ticket.due_at = due
    session.flush()
    warn_of_answers(session, is_workday, due)
    assert told(session, "reply_due") == [care.id]


def test_without_an_address_of_theirs_the_group_hears_the_number(session, hire, call, now):
    hire("su", "officer", duties=["care"])
    ticket = call("crisis")
    ticket.due_at = now
    session.flush()
    warn_of_answers(session, is_workday, now)
    assert told(session, "reply_due") == [None]


def test_without_care_people_the_officers_on_duty_and_the_group_are_told(
    session, officer, call, now
):
    ticket = call("crisis")
    ticket.due_at = now
    session.flush()
    warn_of_answers(session, is_workday, now)
    assert told(session, "reply_due") == [officer.id, None]


# what the administrator is told


def test_the_regions_without_care_people_are_known(session, enlist):
    enlist("zhao", regions=["410800", "110000"])
    assert uncovered_regions(session) == ["110000", "410800"]
    enlist("su", duties=["care"], regions=["410000"])
    assert uncovered_regions(session) == ["110000"]
    enlist("lu", duties=["care"])
    assert uncovered_regions(session) == []


def test_a_city_with_care_people_does_not_cover_its_province(session, enlist):
    enlist("zhao", regions=["410000"])
    enlist("su", duties=["care"], regions=["410800"])
    assert uncovered_regions(session) == ["410000"]
