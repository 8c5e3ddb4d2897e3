"""A case is offered to the best lawyer, then to the next, and at last falls to the duty officer."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.errors import NotAllowed, WrongState
from gongyou.desk.notices.table import Notice
from gongyou.desk.people.lawyers import Conflict, LawyerProfile
from gongyou.desk.routing.offers import (
    assign_ticket,
    decline_ticket,
    fetch_offers,
    pass_on_expired,
)
from gongyou.desk.routing.promises import most_offers
from gongyou.desk.tickets.life import (
    accept_ticket,
    close_ticket,
    reopen_ticket,
    reply_ticket,
    transfer_ticket,
    withdraw_ticket,
)
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.opening import Employer
from tests.desk.conftest import is_workday

LONG = timedelta(days=30)
MOST = 3  # offers that come to nothing; promises.yaml says so too


@pytest.fixture
def lawyers(hire):
    """Four lawyers alike: the lower number comes first."""
    return [hire(f"lawyer{number}", "lawyer") for number in range(MOST + 1)]


@pytest.fixture
def set_profile(desk):
    def set_(person, **given):
        columns = {"specialities": [], "hours": {}, "load_limit": 10} | given
        with desk.transaction() as session:
            session.add(LawyerProfile(person_id=person.id, **columns))

    return set_


def answers(session, number):
    return [(offer.person_id, offer.answer) for offer in fetch_offers(session, number)]


def decline(session, number, person, now, **how):
    return decline_ticket(session, number, person, is_workday, now, **how)


# to whom


def test_an_opened_case_is_offered_with_a_time_until_which(session, opened, lawyer, route, now):
    offer = route(session, opened.ticket.id)
    assert (offer.person_id, offer.answer, offer.offered_at) == (lawyer.id, "pending", now)
    assert offer.expires_at > now
    assert offer.reasons
    assert get_ticket(session, opened.ticket.id).status == "offered"


def test_the_speciality_goes_before_the_number(session, opened, lawyers, set_profile, route):
    set_profile(lawyers[0], specialities=["overtime"])
    set_profile(lawyers[2], specialities=["wage_shutdown"])
    assert route(session, opened.ticket.id).person_id == lawyers[2].id


def test_who_was_asked_last_comes_last(session, open_one, lawyers, route):
    first, second = (open_one(session, idempotency_key=key).ticket.id for key in "ab")
    assert route(session, first).person_id == lawyers[0].id
    assert route(session, second).person_id == lawyers[1].id


@pytest.mark.parametrize("kind", ["held", "offered"])
def test_cases_in_hand_and_offers_count_towards_the_limit(
    session, open_one, lawyers, set_profile, route, now, kind
):
    set_profile(lawyers[0], load_limit=1, specialities=["wage_shutdown"])
    first, second = (open_one(session, idempotency_key=key).ticket.id for key in "ab")
    route(session, first)
    if kind == "held":
        accept_ticket(session, first, lawyers[0], now)
    assert route(session, second).person_id != lawyers[0].id


def test_a_closed_case_counts_no_longer(session, open_one, lawyers, set_profile, route, now):
    set_profile(lawyers[0], load_limit=1, specialities=["wage_shutdown"])
    first, second = (open_one(session, idempotency_key=key).ticket.id for key in "ab")
    route(session, first)
    accept_ticket(session, first, lawyers[0], now)
    reply_ticket(session, first, lawyers[0], "好了", now)
    close_ticket(session, first, lawyers[0], now)
    assert route(session, second).person_id == lawyers[0].id


@pytest.mark.parametrize(
    ("away", "asked"),
    [
        ((date(2026, 11, 21), date(2026, 11, 22)), 1),  # today is 21 November
        ((date(2026, 11, 22), None), 0),
        ((date(2026, 11, 1), date(2026, 11, 21)), 0),
    ],
)
def test_who_is_away_today_is_not_asked(session, opened, lawyers, set_profile, route, away, asked):
    set_profile(lawyers[0], away_from=away[0], away_until=away[1])
    assert route(session, opened.ticket.id).person_id == lawyers[asked].id


def test_who_has_left_is_not_asked(session, opened, hire, route):
    hire("gone", "lawyer", active=False)
    here = hire("here", "lawyer")
    assert route(session, opened.ticket.id).person_id == here.id


def test_only_an_opened_legal_aid_case_is_offered(session, opened, handoff, lawyer, route):
    assert route(session, handoff.ticket.id) is None
    assert route(session, opened.ticket.id) is not None
    assert route(session, opened.ticket.id) is None
    assert len(answers(session, opened.ticket.id)) == 1


# passing on


def test_an_offer_stands_until_its_time(session, offered, lawyer, now):
    until = fetch_offers(session, offered.ticket.id)[0].expires_at
    assert pass_on_expired(session, is_workday, until - timedelta(seconds=1)) == []
    assert pass_on_expired(session, is_workday, until) == [offered.ticket.id]


def test_what_nobody_answered_goes_to_the_next(session, opened, lawyers, route, now):
    route(session, opened.ticket.id)
    pass_on_expired(session, is_workday, now + LONG)
    assert answers(session, opened.ticket.id) == [
        (lawyers[0].id, "expired"),
        (lawyers[1].id, "pending"),
    ]


def test_what_is_declined_goes_to_the_next_at_once(session, opened, lawyers, route, now):
    route(session, opened.ticket.id)
    decline(session, opened.ticket.id, lawyers[0], now, note="不熟")
    assert answers(session, opened.ticket.id) == [
        (lawyers[0].id, "declined"),
        (lawyers[1].id, "pending"),
    ]
    assert fetch_offers(session, opened.ticket.id)[0].note == "不熟"


def test_whoever_declined_can_accept_no_more(session, opened, lawyers, route, now):
    route(session, opened.ticket.id)
    decline(session, opened.ticket.id, lawyers[0], now)
    with pytest.raises(NotAllowed):
        accept_ticket(session, opened.ticket.id, lawyers[0], now)


def test_only_whoever_was_asked_declines(session, offered, other_lawyer, now):
    with pytest.raises(NotAllowed):
        decline(session, offered.ticket.id, other_lawyer, now)


def test_an_accepted_case_is_declined_no_more(session, offered, lawyer, now):
    accept_ticket(session, offered.ticket.id, lawyer, now)
    with pytest.raises(NotAllowed):
        decline(session, offered.ticket.id, lawyer, now)


def test_an_employer_one_is_bound_to_never_comes_back(session, open_one, lawyers, route, now):
    employer = Employer("焦作市宏达机械有限公司")
    first = open_one(session, employer=employer).ticket.id
    route(session, first)
    decline(session, first, lawyers[0], now, has_conflict=True)
    assert session.scalars(select(Conflict.person_id)).all() == [lawyers[0].id]
    for key in "abcd":
        again = open_one(session, employer=Employer("宏达厂"), idempotency_key=key).ticket.id
        offer = route(session, again)
        assert offer.person_id != lawyers[0].id
    other = open_one(session, employer=Employer("红星服装厂"), idempotency_key="e").ticket.id
    assert route(session, other).person_id == lawyers[0].id


# falling to the officers on duty


def test_after_so_many_offers_the_officers_on_duty_have_it(
    session, opened, lawyers, route, now, duty_officer
):
    assert most_offers() == MOST
    route(session, opened.ticket.id)
    for lawyer in lawyers[:MOST]:
        decline(session, opened.ticket.id, lawyer, now)
    ticket = get_ticket(session, opened.ticket.id)
    assert (ticket.status, ticket.fell_at) == ("opened", now)
    assert answers(session, ticket.id) == [(one.id, "declined") for one in lawyers[:MOST]]
    assert accept_ticket(session, ticket.id, duty_officer, now).person_id == duty_officer.id


def test_with_no_lawyer_left_they_have_it_too(session, opened, lawyer, route, now):
    route(session, opened.ticket.id)
    pass_on_expired(session, is_workday, now + LONG)
    assert get_ticket(session, opened.ticket.id).fell_at == now + LONG


def test_with_no_lawyer_at_all_they_have_it_at_once(session, opened, route, now):
    assert route(session, opened.ticket.id) is None
    assert get_ticket(session, opened.ticket.id).fell_at == now


def test_what_fell_is_not_offered_by_itself_again(session, opened, route, hire, now):
    route(session, opened.ticket.id)
    ticket = get_ticket(session, opened.ticket.id)
    assert route(session, ticket.id) is None
    assert ticket.status == "opened"


def test_the_group_is_told_once_that_a_case_fell(session, opened, route):
    route(session, opened.ticket.id)
    notices = session.scalars(select(Notice)).all()
    assert [(notice.kind, notice.channel) for notice in notices] == [("fell_to_duty", "robot")]


def test_those_asked_are_told_by_e_mail(session, opened, hire, route):
    asked = hire("mail", "lawyer", email="li@example.org")
    route(session, opened.ticket.id)
    notices = session.scalars(select(Notice)).all()
    assert [(notice.kind, notice.person_id) for notice in notices] == [("offer", asked.id)]


# opened again


def withdrawn_and_reopened(session, number, now):
    withdraw_ticket(session, get_ticket(session, number).conversation_id, number, now)
    return reopen_ticket(session, number, "worker", now)


def test_what_was_answered_before_a_reopening_counts_no_more(session, fallen, lawyers, route, now):
    withdrawn_and_reopened(session, fallen.id, now)
    assert route(session, fallen.id).person_id == lawyers[MOST].id
    for lawyer in (lawyers[MOST], *lawyers[: MOST - 1]):
        assert fallen.fell_at is None
        decline(session, fallen.id, lawyer, now)
    assert fallen.fell_at == now


def test_who_let_the_time_pass_may_be_asked_after_a_reopening(session, opened, lawyer, route, now):
    route(session, opened.ticket.id)
    pass_on_expired(session, is_workday, now + LONG)
    withdrawn_and_reopened(session, opened.ticket.id, now)
    assert route(session, opened.ticket.id).person_id == lawyer.id


def test_who_gave_the_case_away_is_not_asked_after_a_reopening_either(
    session, offered, lawyer, route, now
):
    accept_ticket(session, offered.ticket.id, lawyer, now)
    transfer_ticket(session, offered.ticket.id, lawyer, now)
    assert answers(session, offered.ticket.id) == [(lawyer.id, "transferred")]
    withdrawn_and_reopened(session, offered.ticket.id, now)
    assert route(session, offered.ticket.id) is None


def test_who_is_bound_to_the_employer_is_not_asked_after_a_reopening_either(
    session, open_one, lawyer, route, now
):
    ticket = open_one(session, employer=Employer("焦作市宏达机械有限公司")).ticket
    route(session, ticket.id)
    decline(session, ticket.id, lawyer, now, has_conflict=True)
    withdrawn_and_reopened(session, ticket.id, now)
    assert route(session, ticket.id) is None


# assigning


def assign(session, number, officer, lawyer, now):
    return assign_ticket(session, number, officer, lawyer.id, is_workday, now)


def test_an_officer_picks_the_lawyer_who_is_asked_as_always(session, opened, lawyers, officer, now):
    offer = assign(session, opened.ticket.id, officer, lawyers[2], now)
    assert (offer.person_id, offer.answer) == (lawyers[2].id, "pending")
    assert get_ticket(session, opened.ticket.id).status == "offered"


@pytest.fixture
def fallen(session, opened, lawyers, officer, route, now):
    """The case after three lawyers declined; the fourth was not asked."""
    route(session, opened.ticket.id)
    for lawyer in lawyers[:MOST]:
        decline(session, opened.ticket.id, lawyer, now)
    return get_ticket(session, opened.ticket.id)


def test_what_fell_may_still_be_assigned_and_taken(session, fallen, lawyers, officer, now):
    assign(session, fallen.id, officer, lawyers[MOST], now)
    ticket = accept_ticket(session, fallen.id, lawyers[MOST], now)
    assert (ticket.person_id, ticket.fell_at) == (lawyers[MOST].id, None)


def test_an_assigned_case_nobody_takes_is_the_duty_officers_again(
    session, fallen, lawyers, officer, now
):
    assign(session, fallen.id, officer, lawyers[MOST], now)
    pass_on_expired(session, is_workday, now + LONG)
    assert (fallen.status, fallen.fell_at) == ("opened", now)


def test_a_lawyer_of_another_region_gets_nothing_assigned(session, opened, hire, officer, now):
    elsewhere = hire("far", "lawyer", regions=["110000"])
    with pytest.raises(NotAllowed):
        assign(session, opened.ticket.id, officer, elsewhere, now)


def test_nothing_on_a_lawyer_s_table_is_assigned(session, offered, other_lawyer, officer, now):
    with pytest.raises(WrongState):
        assign(session, offered.ticket.id, officer, other_lawyer, now)


def test_nothing_is_assigned_to_somebody_who_said_no(session, fallen, lawyers, officer, now):
    with pytest.raises(NotAllowed):
        assign(session, fallen.id, officer, lawyers[0], now)


def test_no_call_for_a_person_is_assigned(session, handoff, lawyer, officer, now):
    with pytest.raises(NotAllowed):
        assign(session, handoff.ticket.id, officer, lawyer, now)


def test_nothing_is_assigned_to_an_officer(session, opened, officer, duty_officer, now):
    with pytest.raises(NotAllowed):
        assign(session, opened.ticket.id, officer, duty_officer, now)


def test_nothing_outside_an_officer_s_regions_is_assigned(session, opened, lawyer, hire, now):
    elsewhere = hire("far", "officer", regions=["110000"])
    with pytest.raises(NotAllowed):
        assign(session, opened.ticket.id, elsewhere, lawyer, now)
