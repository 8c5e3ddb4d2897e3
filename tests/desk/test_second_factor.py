"""The second factor: which codes are taken, and that each is taken once."""

from datetime import timedelta

import pyotp
import pytest

from gongyou.desk.errors import PersonRefused
from gongyou.desk.people.second_factor import new_secret, turn_off, turn_on, uri_of, use_code
from gongyou.desk.people.sign_ins import (
    fetch_half_signed_in,
    fetch_signed_in,
    open_half_sign_in,
)

STEP = timedelta(seconds=30)


@pytest.fixture
def secret(session, lawyer, now):
    """The lawyer's secret; their first code was used ten minutes ago."""
    secret = new_secret()
    earlier = now - timedelta(minutes=10)
    turn_on(session, lawyer.id, secret, code_of(secret, earlier), earlier)
    return secret


def code_of(secret, at) -> str:
    return pyotp.TOTP(secret).at(at)


def test_the_right_code_is_taken(session, lawyer, secret, now):
    assert use_code(session, lawyer.id, code_of(secret, now), now)


def test_a_space_in_the_middle_does_no_harm(session, lawyer, secret, now):
    code = code_of(secret, now)
    assert use_code(session, lawyer.id, f" {code[:3]} {code[3:]}", now)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_phone_may_be_one_step_off(session, lawyer, secret, now, steps):
    assert use_code(session, lawyer.id, code_of(secret, now + steps * STEP), now)


@pytest.mark.parametrize("steps", [-2, 2])
def test_but_not_two(session, lawyer, secret, now, steps):
    assert not use_code(session, lawyer.id, code_of(secret, now + steps * STEP), now)


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "9" * 200])
def test_anything_else_is_refused(session, lawyer, secret, now, code):
    assert not use_code(session, lawyer.id, code, now)


def test_a_code_works_once(session, lawyer, secret, now):
    code = code_of(secret, now)
    assert use_code(session, lawyer.id, code, now)
    assert not use_code(session, lawyer.id, code, now + timedelta(seconds=1))


def test_nor_does_an_older_one_work_after_it(session, lawyer, secret, now):
    assert use_code(session, lawyer.id, code_of(secret, now), now)
    assert not use_code(session, lawyer.id, code_of(secret, now - STEP), now)


def test_the_code_that_turned_it_on_signs_nobody_in(session, lawyer, now):
    secret = new_secret()
    code = code_of(secret, now)
    turn_on(session, lawyer.id, secret, code, now)
    assert not use_code(session, lawyer.id, code, now)


def test_a_wrong_code_does_not_turn_it_on(session, lawyer, now):
    with pytest.raises(PersonRefused, match="验证码不对"):
        turn_on(session, lawyer.id, new_secret(), "000", now)
    assert not use_code(session, lawyer.id, "000", now)


@pytest.mark.parametrize("secret", ["", "A" * 16, "a" * 32, "1" * 32])
def test_a_secret_that_is_not_ours_is_refused(session, lawyer, now, secret):
    with pytest.raises(PersonRefused, match="二维码"):
        turn_on(session, lawyer.id, secret, "000000", now)


def test_turned_on_twice_the_first_secret_stays(session, lawyer, secret, now):
    other = new_secret()
    with pytest.raises(PersonRefused, match="已经开着"):
        turn_on(session, lawyer.id, other, code_of(other, now), now)
    assert use_code(session, lawyer.id, code_of(secret, now), now)


def test_turned_off_no_code_is_known(session, lawyer, secret, now):
    turn_off(session, lawyer.id, "system", now)
    assert not use_code(session, lawyer.id, code_of(secret, now), now)


def test_the_app_is_told_whose_secret_it_is(secret):
    parsed = pyotp.parse_uri(uri_of(secret, "li"))
    assert (parsed.secret, parsed.name, parsed.issuer) == (secret, "li", "工友")


def test_half_a_sign_in_opens_nothing(session, lawyer, now):
    token = open_half_sign_in(session, lawyer, now)
    assert fetch_signed_in(session, token, now) is None
    assert fetch_half_signed_in(session, token, now).id == lawyer.id


def test_half_a_sign_in_waits_five_minutes_for_the_code(session, lawyer, now):
    token = open_half_sign_in(session, lawyer, now)
    assert fetch_half_signed_in(session, token, now + timedelta(seconds=299)) is not None
    assert fetch_half_signed_in(session, token, now + timedelta(seconds=300)) is None
