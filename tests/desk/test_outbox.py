"""The outbox: put with its reason, leased before it is sent, and never forgotten."""

from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.errors import NotFound
from gongyou.desk.notices.outbox import (
    ATTEMPTS_MAX,
    LEASE,
    LONGEST_WAIT,
    claim_due,
    mark_doubtful,
    mark_failed,
    mark_sending,
    mark_sent,
    put_notice,
    recover,
    spread,
    wait_after,
)
from gongyou.desk.notices.table import Notice
from gongyou.desk.notices.troubles import fetch_troubled, send_again
from gongyou.desk.people.accounts import Person
from gongyou.wiring import Desk

MINUTE = timedelta(minutes=1)


def put(session: Session, now: datetime, **changed: Any) -> bool:
    given: dict[str, Any] = {
        "dedupe_key": "worker_wrote:5:group",
        "kind": "worker_wrote",
        "channel": "robot",
        "person_id": None,
        "subject": "ticket:5",
        "values": {"ticket": 5},
        "now": now,
    }
    return put_notice(session, **(given | changed))


def put_mail(session: Session, person: Person, now: datetime) -> bool:
    return put(session, now, dedupe_key="mail", channel="email", person_id=person.id)


def claim(session: Session, now: datetime, channel: Any = "robot") -> Notice:
    (notice,) = claim_due(session, channel, now)
    return notice


def states(session: Session) -> list[str]:
    return [notice.state for notice in read(session)]


def read(session: Session) -> list[Notice]:
    query = select(Notice).order_by(Notice.id)
    return list(session.scalars(query, execution_options={"populate_existing": True}))


def test_the_same_reason_is_put_once(session, now):
    assert put(session, now) is True
    assert put(session, now + MINUTE) is False
    assert len(read(session)) == 1


def test_a_notice_goes_with_its_transaction(desk: Desk, now):
    with pytest.raises(RuntimeError), desk.transaction() as session:
        put(session, now)
        raise RuntimeError
    with desk.reading() as session:
        assert read(session) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "gossip"},
        {"values": {}},
        {"values": {"ticket": "老板不发工资"}},
        {"values": {"ticket": 5, "words": "老板不发工资"}},
        {"kind": "offer"},
        {"kind": "offer", "values": {"ticket": 5, "until": "老板不发工资"}},
        {"kind": "offer", "values": {"ticket": 5, "until": datetime(2026, 11, 21, 10, 30)}},
        {"channel": "email"},
        {"person_id": 1},
    ],
)
def test_a_notice_carries_the_numbers_and_times_of_its_kind_and_nothing_else(session, now, changed):
    with pytest.raises(ValueError):
        put(session, now, **changed)


def test_what_is_claimed_is_leased_and_nobody_else_gets_it(desk, now):
    with desk.transaction() as session:
        put(session, now)
    with desk.transaction() as session:
        assert claim(session, now).attempts == 1
    with desk.transaction() as session:
        assert claim_due(session, "robot", now) == []
        assert claim_due(session, "robot", now + LEASE - MINUTE) == []


def test_two_clerks_at_once_never_claim_the_same(desk: Desk, now):
    with desk.transaction() as session:
        for number in range(20):
            put(session, now, dedupe_key=f"{number}")
    claimed: list[int] = []

    def work() -> None:
        while True:
            with desk.transaction() as session:
                notices = claim_due(session, "robot", now, limit=3)
            if not notices:
                return
            claimed.extend(notice.id for notice in notices)

    clerks = [Thread(target=work) for _ in range(2)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert len(claimed) == len(set(claimed)) == 20


def test_the_oldest_comes_first_and_channels_are_apart(session, now, lawyer):
    put_mail(session, lawyer, now)
    put(session, now + MINUTE, dedupe_key="later")
    put(session, now, dedupe_key="earlier")
    claimed = claim_due(session, "robot", now + MINUTE, limit=5)
    assert [notice.dedupe_key for notice in claimed] == ["earlier", "later"]


def test_a_claim_whose_clerk_died_before_the_end_is_simply_due_again(session, now):
    put(session, now)
    claim(session, now)
    assert claim(session, now + LEASE).attempts == 2


def test_an_overtaken_clerk_is_told_before_the_end_is_sent(session, now):
    put(session, now)
    slow = claim(session, now)
    session.expunge(slow)
    quick = claim(session, now + LEASE)
    assert mark_sending(session, slow, now + LEASE) is False
    assert mark_sending(session, quick, now + LEASE) is True


def test_what_was_sent_is_over(session, now):
    put(session, now)
    notice = claim(session, now)
    assert mark_sending(session, notice, now)
    assert mark_sent(session, notice, now)
    (sent,) = read(session)
    assert (sent.state, sent.sent_at, sent.error) == ("sent", now, None)
    assert claim_due(session, "robot", now + LEASE) == []


def test_a_failure_waits_longer_each_time_and_is_given_up_in_the_end(session, now):
    put(session, now)
    for attempt in range(1, ATTEMPTS_MAX):
        mark_failed(session, claim(session, now), now, "unreachable")
        (notice,) = read(session)
        assert (notice.state, notice.error) == ("pending", "unreachable")
        assert notice.next_at == now + wait_after(attempt)
        now = notice.next_at
    mark_failed(session, claim(session, now), now, "unreachable")
    assert [notice.state for notice in fetch_troubled(session)] == ["failed"]


def test_waits_double_up_to_an_hour():
    waits = [wait_after(attempt).total_seconds() for attempt in (1, 2, 3, 7, 8, 9, 10_000)]
    assert waits == [30, 60, 120, 1920, 3600, 3600, 3600]


def test_a_failure_for_good_is_not_tried_again(session, now):
    put(session, now)
    mark_failed(session, claim(session, now), now, "refused 550", again=False)
    assert states(session) == ["failed"]


def test_after_a_crash_in_doubt_mail_goes_again_and_a_robots_message_does_not(session, now, lawyer):
    put_mail(session, lawyer, now)
    put(session, now)
    for channel in ("email", "robot"):
        mark_sending(session, claim(session, now, channel), now)
    assert recover(session, "email", now + LEASE) == 1
    assert recover(session, "robot", now + LEASE) == 1
    assert states(session) == ["pending", "doubtful"]
    assert [notice.channel for notice in fetch_troubled(session)] == ["robot"]
    assert claim(session, now + LEASE, "email").error == "interrupted"


def test_a_crash_is_not_presumed_while_the_lease_runs(session, now):
    put(session, now)
    mark_sending(session, claim(session, now), now)
    assert recover(session, "robot", now + LEASE - MINUTE) == 0
    assert states(session) == ["sending"]


def test_an_answer_that_comes_late_ends_the_doubt(session, now):
    put(session, now)
    notice = claim(session, now)
    mark_sending(session, notice, now)
    recover(session, "robot", now + LEASE)
    assert mark_sent(session, notice, now + LEASE)
    assert states(session) == ["sent"]


def test_mail_in_doubt_to_the_last_attempt_is_doubtful_and_not_failed(session, now, lawyer):
    put_mail(session, lawyer, now)
    for _ in range(ATTEMPTS_MAX):
        mark_doubtful(session, claim(session, now, "email"), now, "no answer", again=True)
        now += LONGEST_WAIT
    assert states(session) == ["doubtful"]


def test_a_clock_moved_back_holds_up_nothing(session, now):
    put(session, now, dedupe_key="new")
    put(session, now, dedupe_key="waiting")
    put(session, now, dedupe_key="on the wire")
    first, waiting, on_the_wire = claim_due(session, "robot", now, limit=3)
    mark_sent(session, first, now)
    mark_failed(session, waiting, now, "unreachable")
    mark_sending(session, on_the_wire, now)
    put(session, now, dedupe_key="newer")
    earlier = now - timedelta(days=1)
    assert recover(session, "robot", earlier) == 1
    claimed = claim_due(session, "robot", earlier, limit=5)
    assert {notice.dedupe_key for notice in claimed} == {"waiting", "newer"}


def test_each_of_several_robots_gets_a_notice_of_its_own_once(session, now):
    put(session, now)
    for _ in range(2):
        notice = claim(session, now)
        spread(session, notice, 3)
        session.flush()
        now += LEASE
    assert [notice.values for notice in read(session)] == [
        {"ticket": 5, "robot": place} for place in range(3)
    ]


def test_an_administrator_has_a_failed_notice_sent_again(session, now):
    put(session, now)
    notice = claim(session, now)
    mark_failed(session, notice, now, "not configured", again=False)
    assert send_again(session, notice.id, now) is True
    assert send_again(session, notice.id, now) is False
    assert claim(session, now).attempts == 1
    with pytest.raises(NotFound):
        send_again(session, 999, now)
