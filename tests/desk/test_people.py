"""Passwords, sign-ins, and how long they last."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.errors import LoginTaken, PersonRefused
from gongyou.desk.people.accounts import check_password, create_person
from gongyou.desk.people.sign_ins import (
    SignIn,
    close_sign_in,
    fetch_signed_in,
    open_sign_in,
    set_active,
    set_password,
)
from tests.fixtures import PASSWORD


def test_passwords_are_kept_as_argon2id(session, now):
    person = create_person(
        session, login="li", name="李律师", role="lawyer", password=PASSWORD, now=now
    )
    assert person.password_hash.startswith("$argon2id$")
    assert check_password(session, "li", PASSWORD) is person


def test_the_right_password_lets_in(session, lawyer):
    assert check_password(session, "li", PASSWORD).id == lawyer.id


@pytest.mark.parametrize(
    ("login", "password"), [("li", "wrong"), ("li", ""), ("nobody", PASSWORD), ("LI", PASSWORD)]
)
def test_anything_else_keeps_out(session, lawyer, login, password):
    assert check_password(session, login, password) is None


def test_somebody_who_has_left_stays_out(session, lawyer, now):
    set_active(session, lawyer.id, False, now)
    assert check_password(session, "li", PASSWORD) is None


def test_an_unknown_login_costs_as_much_work_as_a_known_one(session, lawyer):
    def work(login: str) -> float:
        start = time.process_time()
        check_password(session, login, "wrong")
        return time.process_time() - start

    known = min(work("li") for _ in range(5))
    unknown = min(work("nobody") for _ in range(5))
    assert 0.5 < unknown / known < 2


def test_a_short_password_is_refused(session, now):
    with pytest.raises(PersonRefused, match="12"):
        create_person(session, login="a", name="甲", role="lawyer", password="x" * 11, now=now)


def test_a_login_belongs_to_one_person(session, lawyer, now):
    with pytest.raises(LoginTaken):
        create_person(session, login="li", name="甲", role="lawyer", password=PASSWORD, now=now)


def test_the_cookie_of_a_sign_in_tells_who_it_is(session, lawyer, now):
    token = open_sign_in(session, lawyer, now)
    assert fetch_signed_in(session, token, now).id == lawyer.id


def test_the_cookie_has_256_bits_and_is_not_stored(session, lawyer, now):
    token = open_sign_in(session, lawyer, now)
    assert len(token) == 43
    assert session.scalars(select(SignIn.hash)).one() != token


def test_a_made_up_cookie_is_nobody(session, lawyer, now):
    open_sign_in(session, lawyer, now)
    assert fetch_signed_in(session, "x" * 43, now) is None


def test_29_minutes_without_use_keep_the_sign_in(session, lawyer, now):
    token = open_sign_in(session, lawyer, now)
    assert fetch_signed_in(session, token, now + timedelta(minutes=29)) is not None


def test_30_minutes_without_use_end_it(session, lawyer, now):
    token = open_sign_in(session, lawyer, now)
    assert fetch_signed_in(session, token, now + timedelta(minutes=30)) is None


def test_use_starts_the_30_minutes_again(session, lawyer, now):
    token = open_sign_in(session, lawyer, now)
    fetch_signed_in(session, token, now + timedelta(minutes=20))
    assert fetch_signed_in(session, token, now + timedelta(minutes=45)) is not None


def test_12_hours_end_it_however_much_it_is_used(session, lawyer, now):
    token = open_sign_in(session, lawyer, now)
    for minutes in range(20, 12 * 60, 20):
        assert fetch_signed_in(session, token, now + timedelta(minutes=minutes)) is not None
    assert fetch_signed_in(session, token, now + timedelta(hours=12)) is None


def test_signing_out_ends_it(session, lawyer, now):
    token = open_sign_in(session, lawyer, now)
    close_sign_in(session, token, now)
    assert fetch_signed_in(session, token, now) is None


def test_signing_out_twice_is_harmless(session, lawyer, now):
    token = open_sign_in(session, lawyer, now)
    close_sign_in(session, token, now)
    close_sign_in(session, token, now)


def test_a_new_password_ends_every_sign_in(session, lawyer, now):
    tokens = [open_sign_in(session, lawyer, now) for _ in range(2)]
    set_password(session, lawyer.id, "another long password", now)
    assert [fetch_signed_in(session, token, now) for token in tokens] == [None, None]
    assert check_password(session, "li", "another long password") is not None


def test_somebody_kept_out_is_signed_out_at_once(session, lawyer, now):
    token = open_sign_in(session, lawyer, now)
    set_active(session, lawyer.id, False, now)
    assert fetch_signed_in(session, token, now) is None
