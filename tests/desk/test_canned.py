"""Ready answers: shared, changed one at a time, each step in the trail."""

import pytest
from sqlalchemy import select, text

from gongyou.desk.audit import AuditEvent
from gongyou.desk.errors import NotFound, StaleCanned, TooManyCanned
from gongyou.desk.review import canned as module
from gongyou.desk.review.canned import (
    Wording,
    add_canned,
    change_canned,
    delete_canned,
    fetch_canned,
    get_canned,
)

GREETING = Wording("", "打招呼", "你好，我是工会的。")
SHUTDOWN = Wording("wage_shutdown", "停工先留证据", "先把停工通知留好。")


@pytest.fixture
def number(officer, session, now):
    return add_canned(session, officer, GREETING, "key", now).id


def test_the_same_form_sent_again_makes_no_second_one(session, officer, number, now):
    assert add_canned(session, officer, GREETING, "key", now).id == number
    assert len(fetch_canned(session)) == 1


def test_for_a_topic_its_own_come_before_those_for_any(session, officer, number, now):
    add_canned(session, officer, SHUTDOWN, "other", now)
    add_canned(session, officer, Wording("overtime", "加班", "……"), "third", now)
    assert [one.title for one in fetch_canned(session, "wage_shutdown")] == [
        "停工先留证据",
        "打招呼",
    ]


def test_who_changes_an_older_wording_is_told_and_changes_nothing(session, officer, number, now):
    change_canned(session, number, officer, SHUTDOWN, 1, now)
    with pytest.raises(StaleCanned):
        change_canned(session, number, officer, GREETING, 1, now)
    assert get_canned(session, number).title == "停工先留证据"


def test_a_deleted_one_is_gone_and_deleting_again_is_harmless(session, officer, number, now):
    assert delete_canned(session, number, officer, now)
    assert not delete_canned(session, number, officer, now)
    with pytest.raises(NotFound):
        get_canned(session, number)


def test_the_desk_has_no_more_than_anybody_finds_their_way_in(
    session, officer, number, now, monkeypatch
):
    monkeypatch.setattr(module, "MOST", 1)
    with pytest.raises(TooManyCanned):
        add_canned(session, officer, SHUTDOWN, "other", now)


def test_its_words_are_encrypted(session, number):
    stored = session.execute(text("SELECT title, text FROM canned_answers")).one()
    assert not any("工会" in word or "招呼" in word for word in stored)


def test_each_step_is_in_the_trail(session, officer, number, now):
    change_canned(session, number, officer, SHUTDOWN, 1, now)
    delete_canned(session, number, officer, now)
    query = select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)
    assert [tuple(row) for row in session.execute(query)] == [
        ("canned.add", f"canned:{number}"),
        ("canned.change", f"canned:{number}"),
        ("canned.delete", f"canned:{number}"),
    ]
