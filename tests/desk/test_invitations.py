"""Links that let somebody set a password: to join, and after a reset."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.errors import PersonRefused
from gongyou.desk.people.accounts import check_password, create_person
from gongyou.desk.people.invitations import (
    Invitation,
    open_invitation,
    reset_password,
    use_invitation,
)
from gongyou.desk.people.sign_ins import fetch_signed_in, open_sign_in, set_active
from gongyou.desk.vault import hash_token
from tests.fixtures import PASSWORD

NEW = "another long password"


@pytest.fixture
def invited(session, now):
    """An account without a password."""
    return create_person(session, login="sun", name="孙律师", role="lawyer", now=now)


@pytest.fixture
def token(session, invited, now):
    return open_invitation(session, invited.id, "join", None, now)


def test_who_has_not_joined_cannot_sign_in(session, invited):
    assert check_password(session, "sun", "") is None
    assert check_password(session, "sun", PASSWORD) is None


def test_the_link_sets_the_password(session, token, now):
    use_invitation(session, token, NEW, now)
    assert check_password(session, "sun", NEW).login == "sun"


def test_the_token_has_256_bits_and_only_its_hash_is_stored(session, token):
    assert len(token) == 43
    assert session.scalars(select(Invitation.hash)).one() == hash_token(token)


def test_a_link_works_once(session, token, now):
    use_invitation(session, token, NEW, now)
    assert refusal(use_invitation, session, token, NEW, now) == "link_used"


@pytest.mark.parametrize(("purpose", "hours"), [("join", 72), ("reset", 24)])
def test_a_link_ends_after_its_hours(session, invited, now, purpose, hours):
    token = open_invitation(session, invited.id, purpose, None, now)
    end = now + timedelta(hours=hours)
    assert refusal(use_invitation, session, token, NEW, end) == "link_expired"
    use_invitation(session, token, NEW, end - timedelta(seconds=1))


def test_a_newer_link_voids_the_older(session, invited, token, now):
    newer = open_invitation(session, invited.id, "join", None, now)
    assert refusal(use_invitation, session, token, NEW, now) == "link_unknown"
    use_invitation(session, newer, NEW, now)


def test_a_made_up_link_says_what_to_do(session, now):
    with pytest.raises(PersonRefused, match="请管理员再发一个"):
        use_invitation(session, "x" * 43, NEW, now)


def test_the_link_of_somebody_kept_out_is_refused(session, invited, token, now):
    set_active(session, invited.id, False, now)
    assert refusal(use_invitation, session, token, NEW, now) == "link_inactive"


@pytest.mark.parametrize(
    ("password", "name"), [("x" * 11, "password_short"), ("x" * 201, "password_long")]
)
def test_a_password_that_is_refused_leaves_the_link_good(session, token, now, password, name):
    assert refusal(use_invitation, session, token, password, now) == name
    use_invitation(session, token, NEW, now)


def test_the_login_is_no_password(session, now):
    person = create_person(session, login="li.xiao.ming", name="李", role="lawyer", now=now)
    token = open_invitation(session, person.id, "join", None, now)
    name = refusal(use_invitation, session, token, "LI.XIAO.MING", now)
    assert name == "password_is_login"


def test_who_has_joined_gets_no_link_to_join(session, lawyer, now):
    assert refusal(open_invitation, session, lawyer.id, "join", None, now) == "already_joined"


def test_a_reset_ends_the_old_password_and_every_sign_in_at_once(session, lawyer, now):
    cookie = open_sign_in(session, lawyer, now)
    reset_password(session, lawyer.id, None, now)
    assert check_password(session, lawyer.login, PASSWORD) is None
    assert fetch_signed_in(session, cookie, now) is None


@pytest.mark.parametrize(("clears", "left"), [(False, "A" * 32), (True, None)])
def test_a_reset_clears_the_second_factor_only_when_asked(session, lawyer, now, clears, left):
    person = session.merge(lawyer)
    person.totp_secret = "A" * 32
    reset_password(session, person.id, None, now, clears_second_factor=clears)
    assert person.totp_secret == left


def test_the_trail_names_the_administrator(officer, session, invited, now):
    open_invitation(session, invited.id, "join", officer.id, now)
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (last.actor, last.action) == (f"person:{officer.id}", "invitation.join")


def refusal(step, *args) -> str:
    with pytest.raises(PersonRefused) as caught:
        step(*args)
    return caught.value.name
