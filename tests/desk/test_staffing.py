"""What an administrator may do with accounts, and what a lawyer says of themselves."""

from datetime import date

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.errors import PersonRefused
from gongyou.desk.people.accounts import create_person, get_person
from gongyou.desk.people.browsers import close_browser, close_others, fetch_browsers
from gongyou.desk.people.lawyers import Profile, fetch_profile, save_profile
from gongyou.desk.people.roster import fetch_roster
from gongyou.desk.people.sign_ins import close_sign_in, fetch_signed_in, open_sign_in
from gongyou.desk.people.staffing import Account, change_person, keep_out
from gongyou.desk.tickets.table import Ticket


@pytest.fixture
def admin(session, now):
    return create_person(session, login="admin", name="管理员", role="admin", now=now)


@pytest.fixture
def other_admin(session, now):
    return create_person(session, login="admin2", name="管理员", role="admin", now=now)


def account(role="lawyer", **changed) -> Account:
    return Account(**({"name": "李律师", "role": role, "regions": ["410800"]} | changed))


def test_a_change_is_told_with_the_administrator_as_its_actor(session, lawyer, admin, now):
    change_person(session, lawyer.id, account(email="li@example.com"), admin, now)
    assert get_person(session, lawyer.id).email == "li@example.com"
    assert last_events(session, 1) == [(f"person:{admin.id}", "person.change")]


def test_a_new_role_is_told_by_itself(session, lawyer, admin, now):
    change_person(session, lawyer.id, account("editor"), admin, now)
    assert [action for _, action in last_events(session, 2)] == ["person.change", "person.role"]


@pytest.mark.parametrize("status", ["accepted", "answered", "waiting"])
def test_nobody_changes_role_with_cases_in_hand(session, lawyer, opened, admin, now, status):
    ticket = session.get(Ticket, opened.ticket.id)
    ticket.person_id, ticket.status = lawyer.id, status
    with pytest.raises(PersonRefused, match="还有 1 张"):
        change_person(session, lawyer.id, account("officer"), admin, now)
    change_person(session, lawyer.id, account(name="李明"), admin, now)


def test_a_closed_case_holds_nobody_in_their_role(session, lawyer, opened, admin, now):
    ticket = session.get(Ticket, opened.ticket.id)
    ticket.person_id, ticket.status = lawyer.id, "closed"
    change_person(session, lawyer.id, account("officer"), admin, now)


def test_employer_and_duty_are_an_officers_only(session, officer, admin, now):
    given = account("officer", employer="宏达厂", on_duty=True)
    changed = change_person(session, officer.id, given, admin, now)
    assert (changed.employer, changed.on_duty) == ("宏达厂", True)
    changed = change_person(session, officer.id, account("editor", on_duty=True), admin, now)
    assert (changed.employer, changed.on_duty) == (None, False)


def test_nobody_keeps_out_or_promotes_themselves(session, admin, other_admin, now):
    with pytest.raises(PersonRefused, match="自己的账号"):
        keep_out(session, admin.id, admin, now)
    with pytest.raises(PersonRefused, match="自己的角色"):
        change_person(session, admin.id, account("lawyer"), admin, now)


def test_the_last_administrator_stays(session, admin, other_admin, now):
    keep_out(session, other_admin.id, admin, now)
    with pytest.raises(PersonRefused, match="最后一位"):
        keep_out(session, admin.id, other_admin, now)
    with pytest.raises(PersonRefused, match="最后一位"):
        change_person(session, admin.id, account("lawyer"), other_admin, now)


def test_the_list_finds_by_name_login_and_role(session, lawyer, other_lawyer, officer):
    def logins(*wanted):
        return [line.login for line in fetch_roster(session, *wanted).lines]

    assert logins("王") == ["wang"]
    assert logins("ZHA") == ["zhao"]
    assert logins("", "lawyer") == ["li", "wang"]
    assert logins("%") == []


def test_the_list_tells_the_last_sign_in_even_when_it_has_ended(session, lawyer, now):
    assert fetch_roster(session, "li").lines[0].last_sign_in is None
    close_sign_in(session, open_sign_in(session, lawyer, now), now)
    assert fetch_roster(session, "li").lines[0].last_sign_in == now


def test_the_list_counts_cases_in_hand(session, lawyer, opened):
    ticket = session.get(Ticket, opened.ticket.id)
    ticket.person_id, ticket.status = lawyer.id, "waiting"
    session.flush()
    assert fetch_roster(session, "li").lines[0].load == 1


def test_browsers_are_listed_and_this_one_is_marked(session, lawyer, now):
    open_sign_in(session, lawyer, now, "Chrome · Android")
    this = open_sign_in(session, lawyer, now, "Firefox · Windows")
    listed = {(browser.agent, browser.is_this) for browser in shown(session, lawyer, now, this)}
    assert listed == {("Chrome · Android", False), ("Firefox · Windows", True)}


def test_one_browser_is_ended_by_its_mark(session, lawyer, now):
    first, this = (open_sign_in(session, lawyer, now) for _ in range(2))
    mark = next(b.mark for b in shown(session, lawyer, now, this) if not b.is_this)
    close_browser(session, lawyer.id, mark, "person:1", now)
    assert fetch_signed_in(session, first, now) is None
    assert fetch_signed_in(session, this, now) is not None


@pytest.mark.parametrize("mark", ["", "%", "%" * 16, "0" * 16])
def test_a_made_up_mark_ends_nothing(session, lawyer, now, mark):
    token = open_sign_in(session, lawyer, now)
    close_browser(session, lawyer.id, mark, "person:1", now)
    assert fetch_signed_in(session, token, now) is not None


def test_nobody_ends_anothers_browser(session, lawyer, officer, now):
    token = open_sign_in(session, lawyer, now)
    mark = shown(session, lawyer, now)[0].mark
    close_browser(session, officer.id, mark, "person:9", now)
    assert fetch_signed_in(session, token, now) is not None


def test_all_others_are_ended_at_once(session, lawyer, now):
    tokens = [open_sign_in(session, lawyer, now) for _ in range(3)]
    close_others(session, lawyer.id, tokens[1], "person:1", now)
    alive = [fetch_signed_in(session, token, now) is not None for token in tokens]
    assert alive == [False, True, False]


def test_a_profile_is_kept_whole(session, lawyer, now):
    profile = Profile(
        regions=["410800"],
        specialities=["wage_shutdown"],
        hours={"5": ["09:00", "12:00"]},
        load_limit=3,
        away_from=date(2026, 12, 1),
        away_until=date(2026, 12, 10),
        employers=("宏达厂",),
    )
    person = get_person(session, lawyer.id)
    for _ in range(2):
        save_profile(session, person, profile, "person:1", now)
        session.flush()
        assert fetch_profile(session, person) == profile


def test_without_a_profile_a_lawyer_takes_everything_in_office_hours(session, lawyer):
    profile = fetch_profile(session, lawyer)
    assert (profile.specialities, profile.hours, profile.load_limit) == ((), {}, 10)


def shown(session, person, now, token=""):
    return fetch_browsers(session, person.id, now, token)


def last_events(session, count):
    query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(count)
    return [(event.actor, event.action) for event in session.scalars(query)]
