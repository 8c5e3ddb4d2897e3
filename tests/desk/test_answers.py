"""What an answer rested on is kept; when that is corrected, each worker is told of it once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from gongyou.desk.answers.keeping import Used, Version, keep_answer
from gongyou.desk.answers.ratings import fetch_verdicts, rate_answer
from gongyou.desk.answers.recall import changed_answers, count_told, find_recalls, take_recalls
from gongyou.desk.answers.table import Answer, AnswerRule, Rating, RuleVersion
from gongyou.desk.chat.conversations import open_conversation, set_mode
from gongyou.desk.chat.messages import write_message
from gongyou.desk.errors import NotFound, RatingFixed
from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.life import withdraw_ticket
from gongyou.desk.tickets.opening import Employer

RULE, WAGE = "wage_shutdown.first_cycle", "minimum_wage 410800 一类 2024-01-01"
OLD = {RULE: "a" * 64, WAGE: "b" * 64}
NEW = OLD | {WAGE: "c" * 64}
NEWEST = OLD | {WAGE: "d" * 64}


@pytest.fixture
def henan(hire):
    """An officer of one province."""
    return hire("he", "officer", regions=["410000"])


@pytest.fixture
def editor(hire):
    return hire("ed", "editor")


@pytest.fixture
def union(hire):
    """An officer of one enterprise's own union."""
    return hire("yu", "officer", employer="焦作市宏达机械厂")


@pytest.fixture
def keep(henan, editor, officer, union, session, now):
    def keep_(chat, told=OLD, topic="wage_shutdown", region="410800", at=now):
        message = write_message(session, chat, sender="bot", text="", now=at)
        rules = [Version(name, date(2024, 1, 1), "verified", told[name]) for name in (RULE, WAGE)]
        used = Used(topic, region, "verified", date(2026, 11, 21), "7040.00", rules)
        return keep_answer(session, chat, message.id, used, at)

    return keep_


@pytest.fixture
def chats(keep, session, now):
    return [open_conversation(session, now)[0].id for _ in range(6)]


def count(session, table):
    return session.scalars(select(func.count()).select_from(table)).one()


def test_a_message_is_kept_once(session, keep, conversation_id, now):
    kept = keep(conversation_id)
    used = Used("wage_shutdown", "410800", "verified", date(2026, 11, 21), None, [])
    again = keep_answer(session, conversation_id, kept.message_id, used, now)
    assert (again.id, again.total) == (kept.id, "7040.00")


def test_a_version_that_many_answers_rest_on_is_kept_once(session, keep, chats):
    for chat in chats:
        keep(chat)
    assert count(session, RuleVersion) == 2
    assert count(session, AnswerRule) == 12


def test_while_nothing_is_corrected_nobody_is_recalled(
    session, keep, conversation_id, officer, now
):
    keep(conversation_id)
    assert changed_answers(session, OLD, officer) == []
    assert find_recalls(session, conversation_id, OLD, now) == []


def test_a_corrected_figure_counts_everybody_who_was_told_the_old_one(
    session, keep, chats, officer
):
    for chat in chats:
        keep(chat)
    keep(chats[0])  # computed again under the old figure: still one person
    (changed,) = changed_answers(session, NEW, officer)
    assert (changed.rule_id, changed.people, changed.is_gone) == (WAGE, 6, False)
    assert count_told(session, NEW, officer) == 6


def test_a_rule_that_is_gone_is_a_correction(session, keep, conversation_id, officer):
    keep(conversation_id)
    (changed,) = changed_answers(session, {WAGE: OLD[WAGE]}, officer)
    assert (changed.rule_id, changed.is_gone) == (RULE, True)


def test_an_officer_counts_their_own_regions_an_editor_the_country(
    session, keep, chats, henan, editor
):
    keep(chats[0], region="410800")
    keep(chats[1], region="430100")
    keep(chats[2], region="000000")
    assert changed_answers(session, NEW, henan)[0].people == 2
    assert changed_answers(session, NEW, editor)[0].people == 3


def test_the_cases_named_are_those_one_may_read(session, keep, chats, editor, officer, now):
    keep(chats[0])
    keep(chats[1])
    call = {"topic": "x", "region": "410800", "facts": {}, "summary": "", "consent": True}
    first = open_handoff(session, chats[0], **call, now=now).ticket
    second = open_handoff(session, chats[1], **call, now=now).ticket
    withdraw_ticket(session, chats[1], second.id, now)
    assert changed_answers(session, NEW, officer)[0].tickets == [first.id]
    assert changed_answers(session, NEW, editor)[0].tickets == []


def test_an_enterprises_own_union_counts_only_whose_case_it_may_read(
    union, open_one, session, keep, chats
):
    """Of an answer nobody knows whom it is against; in a small place that may be their own."""
    for chat, employer in zip(chats, ("宏达机械厂", "苏州明亮电子有限公司"), strict=False):
        keep(chat)
        open_one(session, chat, kind="handoff", employer=Employer(employer))
    keep(chats[2])
    assert changed_answers(session, NEW, union)[0].people == 1
    assert count_told(session, NEW, union) == 1


def test_the_worker_is_offered_the_new_answer_once(session, keep, conversation_id, now):
    kept = keep(conversation_id)
    assert take_recalls(session, conversation_id, NEW, now) == [kept]
    assert take_recalls(session, conversation_id, NEW, now) == []


def test_corrected_twice_before_the_worker_is_back_is_one_offer(session, keep, chats, now):
    kept = keep(chats[0])
    assert take_recalls(session, chats[0], NEWEST, now) == [kept]


def test_corrected_again_after_the_offer_is_no_second_offer(session, keep, conversation_id, now):
    keep(conversation_id)
    take_recalls(session, conversation_id, NEW, now)
    later = now + timedelta(hours=3)
    assert take_recalls(session, conversation_id, NEWEST, later) == []


def test_an_answer_under_a_correction_that_is_corrected_again_is_offered_itself(
    session, keep, conversation_id, now
):
    keep(conversation_id)
    take_recalls(session, conversation_id, NEW, now)
    under_new = keep(conversation_id, NEW)
    assert take_recalls(session, conversation_id, NEWEST, now) == [under_new]


def test_answered_again_is_settled(session, keep, conversation_id, officer, now):
    old = keep(conversation_id)
    keep(conversation_id, NEW)
    session.refresh(old)
    assert old.settled_at == now
    assert changed_answers(session, NEW, officer) == []
    assert take_recalls(session, conversation_id, NEW, now) == []


def test_each_topic_is_offered_for_itself(session, keep, conversation_id, now):
    first = keep(conversation_id)
    second = keep(conversation_id, topic="wage_arrears")
    assert take_recalls(session, conversation_id, NEW, now) == [second, first]


def test_an_offer_waits_until_the_bot_answers_again(session, keep, conversation_id, now):
    kept = keep(conversation_id)
    set_mode(session, conversation_id, "person")
    assert take_recalls(session, conversation_id, NEW, now) == []
    set_mode(session, conversation_id, "bot")
    assert take_recalls(session, conversation_id, NEW, now) == [kept]


def test_after_half_a_year_nobody_is_reminded(session, keep, conversation_id, now):
    keep(conversation_id)
    assert take_recalls(session, conversation_id, NEW, now + timedelta(days=181)) == []


def test_a_rating_is_kept_once_and_changed_within_ten_minutes(session, keep, conversation_id, now):
    kept = keep(conversation_id)
    rate_answer(session, conversation_id, kept.message_id, "useful", "", now)
    soon = now + timedelta(minutes=10)
    rate_answer(session, conversation_id, kept.message_id, "unsolved", "数不对", soon)
    assert count(session, Rating) == 1
    assert fetch_verdicts(session, conversation_id, [kept.message_id]) == {
        kept.message_id: "unsolved"
    }


def test_later_it_stands_and_the_same_again_is_no_error(session, keep, conversation_id, now):
    kept = keep(conversation_id)
    rate_answer(session, conversation_id, kept.message_id, "useful", "", now)
    late = now + timedelta(minutes=11)
    rate_answer(session, conversation_id, kept.message_id, "useful", "", late)
    with pytest.raises(RatingFixed):
        rate_answer(session, conversation_id, kept.message_id, "unsolved", "", late)


def test_what_did_not_help_opens_a_review_with_the_word(session, keep, conversation_id, now):
    kept = keep(conversation_id)
    rated = rate_answer(session, conversation_id, kept.message_id, "unsolved", "数不对", now)
    assert (rated.review.cause, rated.review.topic) == ("rated_down", "wage_shutdown")
    assert (rated.review.region, rated.review.words) == ("410800", "数不对")


def test_the_same_tap_again_opens_nothing(session, keep, conversation_id, now):
    kept = keep(conversation_id)
    rate_answer(session, conversation_id, kept.message_id, "unsolved", "", now)
    again = rate_answer(session, conversation_id, kept.message_id, "unsolved", "", now)
    assert again.review is None


def test_another_chats_answer_is_not_rated(session, keep, conversation_id, chats, now):
    kept = keep(conversation_id)
    with pytest.raises(NotFound):
        rate_answer(session, chats[0], kept.message_id, "useful", "", now)


def test_erased_with_the_talk(session, keep, conversation_id, chats, now):
    kept = keep(conversation_id)
    keep(chats[0])
    rate_answer(session, conversation_id, kept.message_id, "unsolved", "数不对", now)
    erase_conversation(session, conversation_id, now)
    assert [one.conversation_id for one in session.scalars(select(Answer))] == [chats[0]]
    assert count(session, Rating) == 0
