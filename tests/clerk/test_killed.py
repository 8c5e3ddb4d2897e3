"""The outbox killed mid-send twenty times: what was put is sent, once, or said to be in doubt.

The clerk is a real process and the servers are real ones. At each kill both servers are in the
middle of a message, at a step drawn by lot; in half of the kills they go on at the same moment.
What a server had taken in whole it delivers although nobody is left to hear its answer.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

import pytest
from sqlalchemy import func, select

from gongyou.clock import china_now
from gongyou.desk.notices.outbox import put_notice
from gongyou.desk.notices.table import Notice
from gongyou.desk.people.accounts import Person
from gongyou.settings import Settings
from gongyou.wiring import Desk
from tests.clerk.servers import MailServer, RobotServer
from tests.fixtures import REPOSITORY

KILLS, MAILS, POSTS, ROBOTS = 20, 100, 60, 2
MAIL_STAGES = ("mail", "rcpt", "data", "end", "taken")
ROBOT_STAGES = ("dropped", "end", "taken")
DEADLINE = 60.0
LAPSE = 3  # hours between two runs: longer than any lease or wait

type Clerk = subprocess.Popen[bytes]


@pytest.fixture
def environment(
    settings: Settings, mail_server: MailServer, robot_server: RobotServer
) -> dict[str, str]:
    wecom, dingtalk = robot_server.robot_urls()
    return {
        **os.environ,
        "GONGYOU_KEY": settings.keys[0],
        "RASA_TOKEN": settings.rasa_token,
        "ACTION_TOKEN": settings.action_token,
        "GONGYOU_DATABASE_URL": settings.database_url,
        "GONGYOU_PUBLIC_URL": "https://gongyou.example.org",
        "GONGYOU_SMTP_URL": f"smtp://127.0.0.1:{mail_server.port}?from=d@union.example&tls=no",
        "GONGYOU_ROBOTS": "wecombot://key-1 dingtalk://SECret@token2",
        "TEST_WECOM_URL": wecom,
        "TEST_DINGTALK_URL": dingtalk,
    }


@contextmanager
def clerk(environment: dict[str, str], hours_ahead: int) -> Iterator[Clerk]:
    command = [sys.executable, "-m", "tests.clerk.clerk_child"]
    with subprocess.Popen(
        command, cwd=REPOSITORY, env={**environment, "TEST_HOURS_AHEAD": str(hours_ahead)}
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def put_all(desk: Desk, person: Person) -> None:
    with desk.transaction() as session:
        for number in range(MAILS + POSTS):
            to_person = number < MAILS
            put_notice(
                session,
                dedupe_key=f"worker_wrote:{number}",
                kind="worker_wrote",
                channel="email" if to_person else "robot",
                person_id=person.id if to_person else None,
                subject=f"ticket:{number}",
                values={"ticket": number},
                now=china_now(),
            )


def count_states(desk: Desk, channel: str) -> Counter[str]:
    query = select(Notice.state, func.count()).where(Notice.channel == channel)
    with desk.reading() as session:
        return Counter(dict(session.execute(query.group_by(Notice.state)).all()))


def wait_until(condition: Callable[[], bool]) -> None:
    deadline, pause = time.monotonic() + DEADLINE, threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "not in time"
        pause.wait(0.02)


def test_killed_twenty_times_the_outbox_loses_nothing_and_repeats_nothing(
    desk, reachable, environment, mail_server, robot_server, record_property
):
    put_all(desk, reachable)
    lot, busy = Random(5), (mail_server.holding, robot_server.holding)
    for run in range(KILLS):
        mail_server.holding.ask(lot.choice(MAIL_STAGES), lot.randint(1, 6))
        robot_server.holding.ask(lot.choice(ROBOT_STAGES), lot.randint(1, 6))
        with clerk(environment, run * LAPSE) as child:
            for holding in busy:
                assert holding.reached.wait(DEADLINE)
            if lot.random() < 0.5:
                for holding in busy:
                    holding.release()
            child.kill()
            child.wait(DEADLINE)
        for holding in busy:
            holding.release()

    def is_settled() -> bool:
        return not any(
            count_states(desk, channel)[state]
            for channel in ("email", "robot")
            for state in ("pending", "sending")
        )

    with clerk(environment, KILLS * LAPSE) as child:
        wait_until(is_settled)
        child.send_signal(signal.SIGTERM)
        assert child.wait(DEADLINE) == 0

    mails, robots = count_states(desk, "email"), count_states(desk, "robot")
    ids = Counter(mail.message_id for mail in mail_server.mails)
    posts = Counter((post.path, post.body["text"]["content"]) for post in robot_server.posts)
    for name, value in {
        "mails": dict(mails),
        "mails accepted, repeats included": ids.total(),
        "mails by Message-ID": len(ids),
        "robots": dict(robots),
        "robot messages accepted": posts.total(),
        "robot messages, repeats left out": len(posts),
    }.items():
        record_property(name, value)
        print(f"{name}: {value}")

    assert mails == {"sent": MAILS}  # none lost
    assert len(ids) == MAILS  # each there, and once for whoever looks at the Message-ID
    assert ids.total() - MAILS <= KILLS  # raw repeats: a mail in doubt at most once a kill
    assert robots.total() == robots["sent"] + robots["doubtful"] == POSTS * ROBOTS  # none lost
    assert set(posts.values()) == {1}  # none repeated
    assert len(posts) < POSTS * ROBOTS  # some were in fact lost, and all of these are in doubt
    assert robots["sent"] <= posts.total() <= robots.total()  # what is missing is in doubt
    assert robots["doubtful"] <= KILLS


def test_told_to_stop_the_clerk_ends_what_it_is_sending_and_begins_nothing(
    desk, reachable, environment, mail_server
):
    put_all(desk, reachable)
    mail_server.holding.ask("taken", 3)
    with clerk(environment, 0) as child:
        assert mail_server.holding.reached.wait(DEADLINE)
        child.send_signal(signal.SIGTERM)
        mail_server.holding.release()
        assert child.wait(DEADLINE) == 0
    states = count_states(desk, "email")
    assert states["sent"] == len(mail_server.mails) < MAILS
    assert states["sending"] == count_states(desk, "robot")["sending"] == 0


def test_without_the_settings_it_needs_the_clerk_says_so_and_does_not_start(environment):
    del environment["GONGYOU_PUBLIC_URL"]
    ended = subprocess.run(
        [sys.executable, "-m", "gongyou.clerk"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert ended.returncode == 1
    assert "GONGYOU_PUBLIC_URL is needed" in ended.stderr
    assert "SECret" not in ended.stderr
