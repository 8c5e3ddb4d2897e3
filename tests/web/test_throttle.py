"""How long a guesser waits."""

from datetime import datetime, timedelta

import pytest

from gongyou.web.errors import TooMany
from gongyou.web.throttle import ALARM, Throttle


def wrong(throttle: Throttle, times: int, now: datetime, address: str = "10.0.0.1") -> datetime:
    """So many wrong tries, each as soon as it may be made; the time of the last."""
    for _ in range(times):
        now += timedelta(seconds=seconds_to_wait(throttle, now, address))
        throttle.start(address, now)
    return now


def seconds_to_wait(throttle: Throttle, now: datetime, address: str = "10.0.0.1") -> int:
    """What the next try would be told; it is not made."""
    try:
        throttle.start(address, now)
    except TooMany as error:
        return error.seconds
    throttle.succeed(address)
    return 0


@pytest.mark.parametrize(
    ("times", "seconds"), [(4, 0), (5, 1), (6, 2), (7, 4), (9, 16), (10, 30), (40, 30)]
)
def test_the_wait_doubles_from_one_second_to_thirty(
    now: datetime, times: int, seconds: int
) -> None:
    throttle = Throttle()
    last = wrong(throttle, times, now)
    assert seconds_to_wait(throttle, last) == seconds


def test_time_that_passed_counts(now: datetime) -> None:
    throttle = Throttle()
    last = wrong(throttle, 8, now)
    assert seconds_to_wait(throttle, last + timedelta(seconds=5)) == 3
    assert seconds_to_wait(throttle, last + timedelta(seconds=8)) == 0


def test_one_address_does_not_slow_another(now: datetime) -> None:
    throttle = Throttle()
    wrong(throttle, 10, now)
    assert seconds_to_wait(throttle, now, "10.0.0.2") == 0


def test_one_ipv6_network_is_one_guesser(now: datetime) -> None:
    throttle = Throttle()
    wrong(throttle, 5, now, "2001:db8::1")
    assert seconds_to_wait(throttle, now, "2001:db8::ffff") == 1
    assert seconds_to_wait(throttle, now, "2001:db8:1::1") == 0


def test_while_many_addresses_guess_each_has_one_free_try(now: datetime) -> None:
    throttle = Throttle()
    for number in range(ALARM):
        wrong(throttle, 1, now, f"10.1.0.{number}")
    wrong(throttle, 1, now, "10.2.0.1")
    assert seconds_to_wait(throttle, now, "10.2.0.1") == 1


def test_guessers_lock_nobody_else_out(now: datetime) -> None:
    throttle = Throttle()
    for number in range(ALARM * 2):
        wrong(throttle, 3, now, f"10.1.0.{number}")
    assert seconds_to_wait(throttle, now, "10.2.0.1") == 0


def test_tries_at_the_same_time_all_count(now: datetime) -> None:
    throttle = Throttle()
    for _ in range(5):
        throttle.start("10.0.0.1", now)  # none of them has failed yet
    assert seconds_to_wait(throttle, now) == 1


def test_a_right_try_is_not_held_against_anybody(now: datetime) -> None:
    throttle = Throttle()
    for _ in range(20):
        throttle.start("10.0.0.1", now)
        throttle.succeed("10.0.0.1")
    assert seconds_to_wait(throttle, now) == 0


def test_a_clock_put_back_does_not_lengthen_the_wait(now: datetime) -> None:
    throttle = Throttle()
    wrong(throttle, 5, now)
    assert seconds_to_wait(throttle, now - timedelta(days=1)) == 1


def test_ipv4_clients_of_an_ipv6_socket_are_told_apart(now: datetime) -> None:
    throttle = Throttle()
    wrong(throttle, 5, now, "::ffff:10.0.0.1")
    assert seconds_to_wait(throttle, now, "::ffff:10.0.0.2") == 0
    assert seconds_to_wait(throttle, now, "10.0.0.1") == 1


def test_a_quarter_of_an_hour_later_all_is_forgotten(now: datetime) -> None:
    throttle = Throttle()
    last = wrong(throttle, 10, now)
    assert seconds_to_wait(throttle, last + timedelta(minutes=16)) == 0
