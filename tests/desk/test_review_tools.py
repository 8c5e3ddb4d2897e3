"""Flags, tags, notes, cases for later: for those who may read the case, each told by the trail."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.errors import NotFound, TooManyTags
from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.keeping.exporting import export_case
from gongyou.desk.keeping.leaving import erase_person
from gongyou.desk.review.flags import fetch_flag, flag_case, unflag_case
from gongyou.desk.review.later import drop_saved, save_for_later
from gongyou.desk.review.marks import fetch_marks
from gongyou.desk.review.notes import fetch_notes, write_note
from gongyou.desk.review.table import CaseFlag, CaseTag, Note, SavedCase, Tag
from gongyou.desk.review.tags import MOST_TAGS, add_tag, fetch_known, fetch_tags, remove_tag
from gongyou.desk.tickets.life import withdraw_ticket
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.opening import Employer
from gongyou.desk.tickets.reading import count_tickets, fetch_tickets

OWN = "焦作市宏达机械厂"


@pytest.fixture
def far(hire):
    """An officer of another province."""
    return hire("far", "officer", regions=["430000"])


@pytest.fixture
def colleague(hire):
    return hire("colleague", "officer")


@pytest.fixture
def number(far, colleague, officer, session, open_one):
    """A call for a person, that both officers' desk has and only one of them may read."""
    return open_one(session, kind="handoff", idempotency_key="call").ticket.id


def names_on(session, number):
    return [tag.name for tag in fetch_tags(session, [number]).get(number, ())]


def actions(session):
    query = select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)
    return [tuple(row) for row in session.execute(query)]


def all_tools(session, number, person, now):
    flag_case(session, number, person, now)
    add_tag(session, number, person, "已报市总", now)
    write_note(session, number, person, "厂里以前也这样", "key", now)
    save_for_later(session, number, person, None, now)


def test_a_flag_is_set_once_and_says_by_whom(session, number, officer, now):
    assert flag_case(session, number, officer, now)
    assert not flag_case(session, number, officer, now)
    assert fetch_flag(session, number).person_id == officer.id


def test_anybody_who_may_read_the_case_takes_the_flag_away(
    session, number, officer, colleague, now
):
    flag_case(session, number, officer, now)
    assert unflag_case(session, number, colleague, now)
    assert fetch_flag(session, number) is None


def test_a_tag_joins_the_list_and_its_other_spellings_are_the_same_tag(
    session, number, officer, now
):
    assert add_tag(session, number, officer, "ABC 厂", now)
    assert not add_tag(session, number, officer, "abc厂", now)
    assert names_on(session, number) == ["ABC 厂"]


def test_a_case_has_no_more_than_ten_tags(session, number, officer, now):
    for one in range(MOST_TAGS):
        add_tag(session, number, officer, f"标签{one}", now)
    with pytest.raises(TooManyTags):
        add_tag(session, number, officer, "再一个", now)
    assert len(names_on(session, number)) == MOST_TAGS


def test_a_tag_taken_off_stays_in_the_list_of_who_made_it(session, number, officer, now):
    add_tag(session, number, officer, "已报市总", now)
    (tag,) = fetch_tags(session, [number])[number]
    remove_tag(session, number, tag.id, officer, now)
    assert names_on(session, number) == []
    assert fetch_known(session, officer) == ["已报市总"]


def test_a_tag_is_offered_only_to_who_may_read_a_case_that_has_it(
    session, number, officer, far, colleague, now
):
    add_tag(session, number, officer, "宏达的事", now)
    assert fetch_known(session, far) == []
    assert fetch_known(session, colleague) == ["宏达的事"]


def test_an_enterprise_s_own_officer_is_not_offered_a_tag_of_a_case_against_it(
    session, open_one, officer, hire, now
):
    own = hire("own", "officer", employer=OWN)
    against = open_one(session, kind="handoff", employer=Employer(OWN), idempotency_key="a")
    add_tag(session, against.ticket.id, officer, "宏达的事", now)
    assert fetch_known(session, own) == []


def test_a_note_is_kept_once_however_often_it_is_sent(session, number, officer, now):
    first = write_note(session, number, officer, "厂里以前也这样", "key", now)
    assert write_note(session, number, officer, "厂里以前也这样", "key", now).id == first.id
    (note,) = fetch_notes(session, [number])[number]
    assert (note.text, note.person_id, note.created_at) == ("厂里以前也这样", officer.id, now)


def test_who_may_not_read_the_case_uses_none_of_the_tools(session, number, far, now):
    for attempt in (
        lambda: flag_case(session, number, far, now),
        lambda: unflag_case(session, number, far, now),
        lambda: add_tag(session, number, far, "标签", now),
        lambda: remove_tag(session, number, 1, far, now),
        lambda: write_note(session, number, far, "记", "key", now),
        lambda: save_for_later(session, number, far, None, now),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_of_a_case_that_was_withdrawn_nothing_more_is_kept(session, number, officer, now):
    save_for_later(session, number, officer, None, now)
    withdraw_ticket(session, chat_of(session, number), number, now)
    with pytest.raises(NotFound):
        write_note(session, number, officer, "记", "key", now)
    assert count_tickets(session, officer, "later") == 0


def chat_of(session, number):
    return get_ticket(session, number).conversation_id


def test_each_step_is_in_the_trail_without_a_word_of_it(session, number, officer, now):
    all_tools(session, number, officer, now)
    (tag,) = fetch_tags(session, [number])[number]
    remove_tag(session, number, tag.id, officer, now)
    unflag_case(session, number, officer, now)
    drop_saved(session, number, officer, now)
    subject = f"ticket:{number}"
    assert actions(session)[1:] == [
        ("ticket.flag", subject),
        ("ticket.tag", subject),
        ("ticket.note", subject),
        ("ticket.save", subject),
        ("ticket.untag", subject),
        ("ticket.unflag", subject),
        ("ticket.unsave", subject),
    ]


# for later


def test_the_list_for_later_is_one_s_own(session, number, officer, colleague, now):
    save_for_later(session, number, officer, None, now)
    assert [line.id for line in fetch_tickets(session, officer, "later").lines] == [number]
    assert not fetch_tickets(session, colleague, "later").lines


def test_those_with_a_day_come_first_by_day_then_those_without(session, officer, open_one, now):
    def call(name):
        chat = open_conversation(session, now)[0].id
        opened = open_one(session, chat, kind="handoff", idempotency_key=name)
        return opened.ticket.id

    open_end, late, early = call("a"), call("b"), call("c")
    days = {open_end: None, late: date(2026, 12, 9), early: date(2026, 12, 1)}
    for number, day in days.items():
        save_for_later(session, number, officer, day, now)
    lines = fetch_tickets(session, officer, "later").lines
    assert [line.id for line in lines] == [early, late, open_end]


def test_another_day_takes_the_place_of_the_first(session, number, officer, now):
    save_for_later(session, number, officer, date(2026, 12, 9), now)
    save_for_later(session, number, officer, date(2026, 12, 1), now)
    assert fetch_marks(session, officer, [number]).saved == {number: date(2026, 12, 1)}


def test_what_is_out_of_sight_now_is_off_the_list(session, number, officer, now):
    save_for_later(session, number, officer, None, now)
    officer.regions = ["430000"]
    session.add(officer)
    session.flush()
    assert count_tickets(session, officer, "later") == 0
    assert drop_saved(session, number, officer, now)


def test_a_line_one_may_not_read_shows_neither_flag_nor_tag(session, open_one, officer, hire, now):
    duty = hire("duty", "officer", on_duty=True)
    ticket = open_one(session).ticket
    ticket.fell_at = now
    session.flush()
    all_tools(session, ticket.id, duty, now)
    seen = fetch_marks(session, officer, [ticket.id])
    assert (seen.flagged, seen.tags, seen.saved) == (frozenset(), {}, {})
    assert fetch_marks(session, duty, [ticket.id]).flagged == {ticket.id}


# erasing, exporting, leaving


def test_erasing_the_chat_takes_all_of_it_and_the_words_no_other_case_has(
    session, number, officer, open_one, now
):
    all_tools(session, number, officer, now)
    other = open_one(
        session, open_conversation(session, now)[0].id, kind="handoff", idempotency_key="other"
    )
    for name in ("别处也有", "只在这里"):
        add_tag(session, number, officer, name, now)
    add_tag(session, other.ticket.id, officer, "别处也有", now)
    erase_conversation(session, chat_of(session, number), now)
    for table in (CaseFlag, Note, SavedCase):
        assert not session.scalars(select(table)).all()
    assert session.scalars(select(CaseTag.ticket_id)).all() == [other.ticket.id]
    assert session.scalars(select(Tag.name)).all() == ["别处也有"]


def test_erasing_the_chat_takes_a_word_that_was_taken_off_it_too(session, number, officer, now):
    add_tag(session, number, officer, "王小明", now)
    (tag,) = fetch_tags(session, [number])[number]
    remove_tag(session, number, tag.id, officer, now)
    erase_conversation(session, chat_of(session, number), now)
    assert not session.scalars(select(Tag)).all()


def test_the_export_has_the_notes_and_the_tags(session, number, officer, now):
    all_tools(session, number, officer, now)
    case = export_case(session, number, now + timedelta(days=1))
    assert [(note["text"], note["person_id"]) for note in case.notes] == [
        ("厂里以前也这样", officer.id)
    ]
    assert list(case.tags) == ["已报市总"]
    assert all("client_key" not in note for note in case.notes)


def test_who_leaves_takes_their_list_along_and_the_notes_stay(session, number, officer, now):
    all_tools(session, number, officer, now)
    erase_person(session, officer.login, now)
    assert not session.scalars(select(SavedCase)).all()
    assert len(session.scalars(select(Note)).all()) == 1
