"""Answers on jobs and on joining the union carry the union's own link, where it has one."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import links
from actions.case import Case
from actions.context import desk
from actions.links import link_for
from actions.say import say_card
from gongyou.clock import china_now
from gongyou.desk.links import LinkText, save_link
from gongyou.desk.people.accounts import Person
from gongyou.rulebook import Card


def write(region: str, kind: Any, title: str) -> None:
    with desk().transaction() as session:
        officer = Person(login=region + kind, name="赵", role="officer", password_hash="")
        session.add(officer)
        session.flush()
        url = f"https://{kind}.example.org/{region}"
        save_link(session, officer, LinkText(kind, region, title, url), china_now())


def case(topic: str, region: str | None = "410802") -> Case:
    return Case(topic=topic, facts={"region": region} if region else {})


def test_the_nearest_places_link_is_shown_with_its_host() -> None:
    write("000000", "join", "全国")
    write("410000", "join", "豫工惠")
    assert link_for(case("union_membership")) == {
        "text": "网上入会：豫工惠（join.example.org）",
        "url": "https://join.example.org/410000",
    }
    write("410800", "jobs", "焦作市职工服务平台")
    assert link_for(case("job_search"))["url"] == "https://jobs.example.org/410800"


@pytest.mark.parametrize("region", [None, "unknown", "320500"])
def test_elsewhere_or_nowhere_known_the_nations_link_is_shown(region: str | None) -> None:
    write("000000", "jobs", "全国")
    write("410000", "jobs", "河南")
    assert link_for(case("job_search", region))["url"] == "https://jobs.example.org/000000"


def test_where_there_is_none_nothing_is_added() -> None:
    write("320000", "jobs", "江苏")
    assert link_for(case("job_search")) == {}
    assert link_for(case("union_membership")) == {}
    assert link_for(case("wage_shutdown")) == {}


def test_the_answer_stands_when_the_desk_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Any:
        raise OSError

    monkeypatch.setattr(links, "desk", gone)
    assert link_for(case("job_search")) == {}


def test_the_card_carries_it() -> None:
    card = Card("可以找。", [], [], [], [], "verified")
    for link in ({}, {"text": "网上招聘", "url": "https://a.example.org"}):
        dispatcher = CollectingDispatcher()
        say_card(dispatcher, card, {}, {}, link)
        assert dispatcher.messages[0]["custom"].get("link", {}) == link
