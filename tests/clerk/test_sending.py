"""The clerk's work: what is in the outbox goes out, and whatever happens is written down."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gongyou import notice_settings
from gongyou.clerk.channels import BeforeEnd, InDoubt, Letter, NotConfigured, NotSent, Way
from gongyou.clerk.mail import MailWay
from gongyou.clerk.robots import RobotWay
from gongyou.clerk.sending import KEEP_TRIES, Sender
from gongyou.desk.errors import DeskUnavailable
from gongyou.desk.notices import outbox
from gongyou.desk.notices.outbox import LEASE, claim_due, put_notice
from gongyou.desk.notices.table import Notice
from gongyou.desk.people import accounts
from gongyou.desk.people.accounts import Person
from gongyou.wiring import Desk
from tests.clerk.conftest import ADDRESS

URL = "https://gongyou.example.org"
ROBOTS = ["wecombot://key-1", "dingtalk://token2"]


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


class ScriptedWay:
    """Does what the script says next: raises it, or delivers."""

    receivers = 1

    def __init__(self, script: Iterable[Exception | None], repeatable: bool = True) -> None:
        self.script, self.repeatable = iter(script), repeatable
        self.tried: list[Letter] = []
        self.sent: list[Letter] = []

    def send(self, letter: Letter, before_end: BeforeEnd) -> None:
        self.tried.append(letter)
        failure = next(self.script, None)
        if isinstance(failure, NotSent):
            raise failure
        before_end()
        if failure is not None:
            raise failure
        self.sent.append(letter)


@pytest.fixture
def put(desk: Desk, reachable: Person, now: datetime) -> Callable[..., None]:
    def put_(channel: Any = "email", kind: str = "worker_wrote", **values: Any) -> None:
        with desk.transaction() as session:
            put_notice(
                session,
                dedupe_key=f"{kind}:{channel}",
                kind=kind,
                channel=channel,
                person_id=reachable.id if channel == "email" else None,
                subject="ticket:5",
                values={"ticket": 5} | values,
                now=now,
            )

    return put_


def sender(desk: Desk, way: Way, clock: Clock, channel: Any = "email") -> Sender:
    return Sender(desk, channel, way, URL, clock)


def read(desk: Desk) -> list[Notice]:
    with desk.reading() as session:
        return list(session.scalars(select(Notice).order_by(Notice.id)))


def outcome(desk: Desk) -> list[tuple[str, str | None]]:
    return [(notice.state, notice.error) for notice in read(desk)]


def test_a_notice_reaches_the_persons_mailbox(desk, put, clock, mail_server):
    put()
    server = notice_settings.MailServer(
        "127.0.0.1", mail_server.port, "insecure", "desk@union.example"
    )
    work = sender(desk, MailWay(server), clock)
    assert (work.run_once(), work.run_once()) == (True, False)
    (mail,) = mail_server.mails
    assert mail.to == [ADDRESS]
    assert "5 号工单" in mail.subject and URL in mail.text
    assert outcome(desk) == [("sent", None)]


def test_a_notice_reaches_every_robot(desk, put, clock, robot_server):
    put("robot")
    work = sender(desk, RobotWay(ROBOTS), clock, "robot")
    assert [work.run_once() for _ in range(3)] == [True, True, False]
    assert {post.path for post in robot_server.posts} == {"/cgi-bin/webhook/send", "/robot/send"}
    assert outcome(desk) == [("sent", None)] * 2


def test_the_end_is_only_sent_once_sending_is_stored(desk, put, clock):
    put()
    states: list[str] = []

    class Watching(ScriptedWay):
        def send(self, letter: Letter, before_end: BeforeEnd) -> None:
            states.append(read(desk)[0].state)
            before_end()
            states.append(read(desk)[0].state)

    sender(desk, Watching([]), clock).run_once()
    assert [*states, read(desk)[0].state] == ["pending", "sending", "sent"]


def test_when_the_server_is_back_the_notice_goes_out(desk, put, clock):
    put()
    way = ScriptedWay([NotSent("unreachable")])
    work = sender(desk, way, clock)
    work.run_once()
    assert outcome(desk) == [("pending", "unreachable")]
    assert work.run_once() is False
    clock.now += timedelta(seconds=30)
    work.run_once()
    assert (outcome(desk), len(way.sent)) == ([("sent", None)], 1)


def test_mail_in_doubt_is_repeated_under_the_same_key(desk, put, clock):
    put()
    way = ScriptedWay([InDoubt("no answer")])
    work = sender(desk, way, clock)
    work.run_once()
    clock.now += timedelta(seconds=30)
    work.run_once()
    assert outcome(desk) == [("sent", None)]
    first, second = way.tried
    assert first.key == second.key


def test_a_robots_message_in_doubt_is_not_repeated(desk, put, clock):
    put("robot")
    way = ScriptedWay([InDoubt("no answer")], repeatable=False)
    work = sender(desk, way, clock, "robot")
    work.run_once()
    clock.now += timedelta(days=1)
    assert work.run_once() is False
    assert outcome(desk) == [("doubtful", "no answer")]


def test_one_robot_failing_repeats_nothing_at_the_others(desk, put, clock, robot_server):
    put("robot")
    work = sender(desk, RobotWay(ROBOTS), clock, "robot")
    work.run_once()
    robot_server.answer = b'{"errcode":310000}'
    work.run_once()
    robot_server.answer = b'{"errcode":0}'
    clock.now += timedelta(seconds=30)
    work.run_once()
    paths = [post.path for post in robot_server.posts]
    assert paths == ["/cgi-bin/webhook/send", "/robot/send", "/robot/send"]
    assert outcome(desk) == [("sent", None)] * 2


def test_a_channel_nobody_set_up_is_said_so(desk, put, clock):
    put()
    sender(desk, NotConfigured(), clock).run_once()
    assert outcome(desk) == [("failed", "not configured")]


@pytest.mark.parametrize("changed", [{"email": None}, {"active": False}])
def test_a_person_without_an_address_or_who_left_gets_none(desk, put, clock, reachable, changed):
    put()
    with desk.transaction() as session:
        for name, value in changed.items():
            setattr(accounts.get_person(session, reachable.id), name, value)
    way = ScriptedWay([])
    sender(desk, way, clock).run_once()
    assert (outcome(desk), way.sent) == ([("failed", "no address")], [])


def test_an_offer_is_not_sent_after_its_time(desk, put, clock):
    put(kind="offer", until=clock.now + timedelta(minutes=30))
    clock.now += timedelta(minutes=30)
    sender(desk, ScriptedWay([]), clock).run_once()
    assert outcome(desk) == [("failed", "too late")]


def test_a_bug_in_one_notice_does_not_keep_the_others_back(desk, put, clock):
    put(kind="worker_wrote")
    put(kind="transfer")
    way = ScriptedWay([ZeroDivisionError()])
    work = sender(desk, way, clock)
    assert [work.run_once(), work.run_once()] == [True, True]
    assert outcome(desk) == [("pending", "ZeroDivisionError"), ("sent", None)]


def test_an_address_under_a_lost_key_does_not_keep_the_others_back(desk, put, clock, reachable):
    put()
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE people SET email = 'gAAAA'")
    assert sender(desk, ScriptedWay([]), clock).run_once() is True
    assert outcome(desk)[0] == ("pending", "KeyMissing")


def test_an_overtaken_clerk_sends_nothing(desk, put, clock):
    put()

    class Slow(ScriptedWay):
        def send(self, letter: Letter, before_end: BeforeEnd) -> None:
            clock.now += LEASE
            with desk.transaction() as session:  # another clerk
                (self.other,) = claim_due(session, "email", clock.now)
            super().send(letter, before_end)

    way = Slow([])
    sender(desk, way, clock).run_once()
    assert way.sent == []
    assert [(notice.state, notice.attempts) for notice in read(desk)] == [("pending", 2)]


def test_a_busy_database_after_the_send_is_tried_again(desk, put, clock, monkeypatch):
    put()
    way = ScriptedWay([])
    work = sender(desk, way, clock)
    refusals = iter([DeskUnavailable("locked")] * (KEEP_TRIES - 1))

    def busy(*given: Any) -> bool:
        for refusal in refusals:
            raise refusal
        return outbox.mark_sent(*given)

    monkeypatch.setattr("gongyou.clerk.sending.mark_sent", busy)
    work.run_once()
    assert (outcome(desk), len(way.sent)) == ([("sent", None)], 1)


def test_a_database_gone_after_the_send_leaves_the_doubt_to_the_lease(
    desk, put, clock, monkeypatch
):
    put()
    work = sender(desk, ScriptedWay([]), clock)

    def gone(*_: Any) -> bool:
        raise DeskUnavailable("gone")

    with monkeypatch.context() as patch:
        patch.setattr("gongyou.clerk.sending.mark_sent", gone)
        with pytest.raises(DeskUnavailable):
            work.run_once()
    assert (outcome(desk), work.run_once()) == ([("sending", None)], False)
    clock.now += LEASE
    work.run_once()
    assert outcome(desk) == [("sent", None)]


def test_no_log_line_names_anybody(desk, put, clock, caplog):
    put()
    put("robot")
    sender(desk, ScriptedWay([NotSent("refused 550", again=False)]), clock).run_once()
    sender(desk, ScriptedWay([ValueError(ADDRESS)]), clock, "robot").run_once()
    assert "notice 1" in caplog.text and "notice 2" in caplog.text
    assert ADDRESS not in caplog.text
