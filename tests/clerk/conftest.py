"""A mail server, the robots' server, and a desk with somebody to write to."""

from collections.abc import Iterator

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.wecombot import NotifyWeComBot

from gongyou.desk.people import accounts
from gongyou.desk.people.accounts import Person
from gongyou.wiring import Desk
from tests.clerk.servers import MailServer, RobotServer

ADDRESS = "li@lawyers.example.org"


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def robot_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RobotServer]:
    with RobotServer() as server:
        wecom, dingtalk = server.robot_urls()
        monkeypatch.setattr(NotifyWeComBot, "notify_url", wecom)
        monkeypatch.setattr(NotifyDingTalk, "notify_url", dingtalk)
        yield server


@pytest.fixture
def reachable(desk: Desk, lawyer: Person) -> Person:
    """A lawyer with an e-mail address."""
    with desk.transaction() as session:
        person = accounts.get_person(session, lawyer.id)
        person.email = ADDRESS
    return person
