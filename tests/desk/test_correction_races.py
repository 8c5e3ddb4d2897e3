"""Two people teach, approve or erase at the same moment: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from gongyou.desk.audit import verify_chain
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.errors import Refused
from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.teaching.corrections import approve, reject, withdraw
from gongyou.desk.teaching.proposing import Lesson, propose
from gongyou.desk.teaching.run_table import TrainingExample
from gongyou.desk.teaching.runs import ask_training, claim_run
from gongyou.desk.teaching.table import LIVE, Correction

SENTENCE = "厂里说下个月再发工资，行不行"


@pytest.fixture(autouse=True, params=range(3))
def again(request):
    """Every race is run so many times."""


@pytest.fixture
def race(desk):
    """Runs the steps at once, each in a transaction of its own; a refusal is a result."""

    def run(*steps):
        together = Barrier(len(steps))

        def one(step):
            together.wait()
            try:
                with desk.transaction() as session:
                    return step(session)
            except Refused as refusal:
                return refusal

        with ThreadPoolExecutor(len(steps)) as pool:
            results = list(pool.map(one, steps))
        with desk.reading() as session:
            assert verify_chain(session) is None
        return results

    return run


@pytest.fixture
def others(hire, officer):
    """Two people beside `officer`."""
    return hire("he", "officer"), hire("ed", "editor")


@pytest.fixture
def said(others, desk, open_one, now):
    """Ticket and message of a new chat, each time it is called."""

    def said_():
        with desk.transaction() as session:
            chat = open_conversation(session, now)[0].id
            told = {"kind": "review", "cause": "unclear", "idempotency_key": chat[:64]}
            ticket = open_one(session, chat, **told).ticket
            message = write_message(session, chat, sender="worker", text=SENTENCE, now=now)
            return ticket.id, message.id, chat

    return said_


@pytest.fixture
def teach(officer, now):
    def step(said, topic):
        lesson = Lesson(SENTENCE, topic, {}, None)
        return lambda session: propose(session, *said[:2], lesson, officer, {}, now).id

    return step


@pytest.fixture
def proposed(desk, said, teach):
    """A correction, and its chat."""
    found = said()
    with desk.transaction() as session:
        return teach(found, "deferred_pay")(session), found[2]


@pytest.fixture
def agree(now):
    def step(number, person):
        fine = {"holds_personal": lambda text: False}
        return lambda session: approve(session, number, person, {}, now, **fine).state

    return step


def refused(results):
    return [one for one in results if isinstance(one, Exception)]


def test_of_two_that_contradict_each_other_one_is_taught(desk, race, said, teach):
    results = race(teach(said(), "deferred_pay"), teach(said(), "wage_cut"))
    assert len(refused(results)) == 1
    with desk.reading() as session:
        assert len(session.scalars(select(Correction)).all()) == 1


def test_of_one_who_agrees_and_one_who_does_not_the_first_decides(
    desk, race, proposed, agree, others, now
):
    number, _ = proposed
    results = race(
        agree(number, others[0]),
        lambda session: reject(session, number, others[1], "不对", now).state,
    )
    assert len(refused(results)) == 1
    with desk.reading() as session:
        assert session.get_one(Correction, number).state in results


def test_a_chat_erased_while_its_sentence_is_agreed_to_leaves_none(
    desk, race, proposed, agree, others, now
):
    number, chat = proposed
    race(agree(number, others[0]), lambda session: erase_conversation(session, chat, now))
    with desk.reading() as session:
        assert session.get(Correction, number) is None


def test_a_training_that_begins_while_a_chat_is_erased_never_has_half_of_it(
    desk, race, proposed, agree, others, now
):
    number, chat = proposed
    with desk.transaction() as session:
        agree(number, others[0])(session)
        ask_training(session, others[1], now)
    results = race(
        lambda session: claim_run(session, now).id,
        lambda session: erase_conversation(session, chat, now),
    )
    assert not refused(results)
    with desk.reading() as session:
        assert session.scalars(select(TrainingExample)).all() == []


def test_a_training_that_begins_while_a_sentence_is_taken_back_is_with_or_without_it(
    desk, race, proposed, agree, others, now
):
    number, _ = proposed
    with desk.transaction() as session:
        agree(number, others[0])(session)
        ask_training(session, others[1], now)
    results = race(
        lambda session: claim_run(session, now).id,
        lambda session: withdraw(session, number, others[1], now).state,
    )
    assert not refused(results)
    with desk.reading() as session:
        assert session.get_one(Correction, number).state not in LIVE
