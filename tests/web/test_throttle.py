"""How long a guesser waits."""

from datetime import datetime, timedelta

import pytest

from gongyou.web.errors import TooMany
from gongyou.web.throttle import FREE_GLOBAL, Throttle


def wrong(throttle: Throttle, times: int, now: datetime, address: str = "10.0.0.1") -> None:
    for _ in range(times):
        throttle.wrong(address, now)


def seconds_to_wait(throttle: Throttle, now: datetime, address: str = "10.0.0.1") -> int:
    try:
        throttle.check(address, now)
    except TooMany as error:
        return error.seconds
    return 0


@pytest.mark.parametrize(
    ("times", "seconds"), [(4, 0), (5, 1), (6, 2), (7, 4), (9, 16), (10, 30), (40, 30)]
)
def test_the_wait_doubles_from_one_second_to_thirty(
    now: datetime, times: int, seconds: int
) -> None:
    throttle = Throttle()
    wrong(throttle, times, now)
    assert seconds_to_wait(throttle, now) == seconds


def test_time_that_passed_counts(now: datetime) -> None:
    throttle = Throttle()
    wrong(throttle, 8, now)
    assert seconds_to_wait(throttle, now + timedelta(seconds=5)) == 3
    assert seconds_to_wait(throttle, now + timedelta(seconds=8)) == 0


def test_one_address_does_not_slow_another(now: datetime) -> None:
    throttle = Throttle()
    wrong(throttle, 10, now)
    assert seconds_to_wait(throttle, now, "10.0.0.2") == 0


def test_one_ipv6_network_is_one_guesser(now: datetime) -> None:
    throttle = Throttle()
    wrong(throttle, 5, now, "2001:db8::1")
    assert seconds_to_wait(throttle, now, "2001:db8::ffff") == 1
    assert seconds_to_wait(throttle, now, "2001:db8:1::1") == 0


def test_many_addresses_together_are_slowed_too(now: datetime) -> None:
    throttle = Throttle()
    for number in range(FREE_GLOBAL):
        throttle.wrong(f"10.1.0.{number}", now)
    assert seconds_to_wait(throttle, now, "10.2.0.1") == 1


def test_a_quarter_of_an_hour_later_all_is_forgotten(now: datetime) -> None:
    throttle = Throttle()
    wrong(throttle, 10, now)
    assert seconds_to_wait(throttle, now + timedelta(minutes=16)) == 0
