"""The search: over what one may read, newest first, so much at a time."""

from datetime import timedelta

import pytest

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.review import search as module
from gongyou.desk.review.notes import write_note
from gongyou.desk.review.search import Position, read_words, search_cases
from gongyou.desk.review.snippets import Snippet, cut, fold
from gongyou.desk.review.tags import add_tag
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reply_ticket, withdraw_ticket
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.opening import Employer
from gongyou.desk.tickets.talk import closing_key

OWN = "焦作市宏达机械厂"
START = Position()
NAMES = ({"wage_shutdown": "停工停产的工资"}.get, {"410800": "河南省焦作市"}.get)


def naming():
    return tuple(lambda key, get=get: get(key) or key for get in NAMES)


@pytest.fixture
def far(hire):
    return hire("far", "officer", regions=["430000"])


@pytest.fixture
def own(hire):
    return hire("own", "officer", employer=OWN)


@pytest.fixture
def call(far, own, officer, lawyer, session, open_one, now):
    """Opens a call for a person in a chat of its own, in which these things were said."""

    def call_(*said, **given):
        chat = open_conversation(session, now)[0].id
        for text in said:
            write_message(session, chat, sender="worker", text=text, now=now)
        kind = given.pop("kind", "handoff")
        return open_one(session, chat, kind=kind, idempotency_key="call", **given).ticket.id

    return call_


@pytest.fixture
def find(session, officer):
    def find_(text, person=officer, start=START, **given):
        return search_cases(session, person, read_words(text), naming(), start, **given)

    return find_


def numbers(found):
    return [hit.line.id for hit in found.hits]


def test_words_of_a_chat_are_found_and_shown_with_their_neighbours(call, find):
    number = call("你好", "孩子的学费交不上了，怎么办")
    (hit,) = find("学费").hits
    assert (hit.line.id, hit.where) == (number, "message")
    assert hit.snippet == Snippet("孩子的", "学费", "交不上了，怎么办")


def test_full_width_capitals_and_spaces_make_no_difference(call, find):
    number = call("Ｎ９５ 口罩 都没有")
    assert numbers(find("n95口罩")) == [number]


@pytest.mark.parametrize(
    ("text", "where"),
    [("停工停产", "topic"), ("焦作", "region"), ("市总", "tag"), ("以前", "note")],
)
def test_a_case_is_found_by_what_stands_beside_it(call, find, session, officer, now, text, where):
    number = call("你好")
    add_tag(session, number, officer, "已报市总", now)
    write_note(session, number, officer, "厂里以前也这样", "key", now)
    (hit,) = find(text).hits
    assert (hit.line.id, hit.where) == (number, where)


def test_a_number_finds_its_case_whole_only(call, find):
    made = [call("你好") for _ in range(11)]
    assert numbers(find(str(made[-1]))) == [made[-1]]
    assert (find(str(made[-1])).hits[0].where) == "number"


def test_of_several_words_each_occurs_somewhere_in_the_case(call, find):
    number = call("孩子的学费", "厂里停工了")
    call("孩子的学费")
    assert numbers(find("学费 焦作 停工了")) == [number]


def test_the_newest_case_comes_first(call, find):
    made = [call("学费") for _ in range(3)]
    assert numbers(find("学费")) == made[::-1]


# who may find what


def test_nobody_finds_what_they_may_not_read(call, find, far, own, lawyer):
    call("学费", employer=Employer(OWN))
    assert [numbers(find("学费", person)) for person in (far, own, lawyer)] == [[], [], []]


def test_a_lawyer_s_case_is_not_found_by_officers(call, find):
    call("学费", kind="legal_aid")
    assert numbers(find("学费")) == []


def test_what_the_worker_took_back_is_not_found(call, find, session, now):
    number = call("学费")
    withdraw_ticket(session, get_ticket(session, number).conversation_id, number, now)
    assert numbers(find("学费")) == []


def test_what_was_said_after_the_case_was_closed_is_not_found(call, find, session, officer, now):
    number = call("你好")
    accept_ticket(session, number, officer, now)
    reply_ticket(session, number, officer, "好的", now)
    chat = close_ticket(session, number, officer, now).conversation_id
    key = closing_key(number, "k")
    write_message(session, chat, sender="system", text="办结", now=now, client_key=key)
    later = now + timedelta(days=1)
    write_message(session, chat, sender="worker", text="后来说的学费", now=later)
    assert numbers(find("学费")) == []
    assert numbers(find("好的")) == [number]


def test_a_position_that_was_made_up_opens_nothing(call, find, far):
    number = call("学费")
    assert numbers(find("学费", far, Position(number, 10_000, 0))) == []


# page by page


def all_pages(find, text, **given):
    """Everything that is found, page by page, and how many pages it took."""
    found, position, pages = [], Position(), 0
    while position is not None:
        page = find(text, start=position, **given)
        found += numbers(page)
        position, pages = page.next, pages + 1
        assert pages < 100
    return found, pages


def test_page_by_page_everything_is_found_once(call, find, monkeypatch):
    monkeypatch.setattr(module, "CASES_AT_ONCE", 2)
    made = [call("学费", *["别的"] * 5) for _ in range(5)]
    found, pages = all_pages(find, "学费", most=20)
    assert found == made[::-1] and pages > 1


def test_a_page_looks_through_no_more_than_it_may(call, find, monkeypatch):
    monkeypatch.setattr(module, "TEXTS_AT_ONCE", 10)
    call(*["别的"] * 100)
    assert find("学费", most=40).messages <= 40


def test_a_long_chat_goes_on_where_the_page_broke_off(call, find, monkeypatch):
    monkeypatch.setattr(module, "TEXTS_AT_ONCE", 10)
    number = call("学费", *["别的"] * 50, "房租", *["别的"] * 50)
    found, pages = all_pages(find, "学费 房租", most=40)
    assert found == [number] and pages > 2


def test_a_page_ends_after_twenty_and_the_next_begins_there(call, find, monkeypatch):
    monkeypatch.setattr(module, "MOST_HITS", 2)
    made = [call("学费") for _ in range(5)]
    assert all_pages(find, "学费") == (made[::-1], 3)


# words and snippets


def test_five_different_words_count():
    assert read_words("学费 ＡＢ 学费 1 2 3 4") == ("学费", "ab", "1", "2", "3")


def test_a_snippet_shows_the_first_word_with_a_little_around_it():
    found = cut("一" * 40 + "学费" + "二" * 40, [fold("学费")])
    assert found == Snippet("…" + "一" * 24, "学费", "二" * 24 + "…")


def test_a_snippet_of_words_elsewhere_is_the_beginning():
    assert cut("一" * 60, ["学费"]) == Snippet("一" * 48 + "…")


def test_a_position_that_says_all_was_found_finds_nothing(find, call):
    number = call("停工了")
    assert not find("学费", start=Position(number, 0, 1)).hits
