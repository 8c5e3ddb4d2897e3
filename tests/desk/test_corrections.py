"""A sentence is taught by one person and approved by another, without names or contradictions."""

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.errors import (
    AlreadySettled,
    Contradicts,
    Erased,
    NotAllowed,
    NotFound,
    Refused,
)
from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.teaching.contradictions import fold_sentence
from gongyou.desk.teaching.corrections import approve, fetch_approved, reject, withdraw
from gongyou.desk.teaching.proposing import Lesson, propose
from gongyou.desk.teaching.sight import count_corrections, fetch_cases, fetch_corrections
from gongyou.desk.teaching.table import Correction
from gongyou.desk.tickets.opening import Employer
from gongyou.desk.tickets.table import Ticket

SENTENCE = "厂里说下个月再发工资，行不行"
LESSON = Lesson(SENTENCE, "deferred_pay", {}, "wage_arrears")
OURS = {fold_sentence("工资晚两个月发，合法吗"): "deferred_pay"}


def no_names(text):
    return False


def a_name(text):
    return True


@pytest.fixture
def editor(hire):
    return hire("ed", "editor")


@pytest.fixture
def other_officer(hire):
    return hire("he", "officer")


@pytest.fixture
def people(officer, other_officer, editor):
    """The three who teach, there before any session of the test."""
    return officer, other_officer, editor


@pytest.fixture
def taught(people, desk, open_one, officer, now):
    """Proposes a lesson from a chat of its own, and gives the correction's number."""

    def taught_(lesson=LESSON, said=SENTENCE, by=officer, **ticket):
        with desk.transaction() as session:
            number, message = said_in_a_chat(session, open_one, now, said, **ticket)
            return propose(session, number, message, lesson, by, OURS, now).id

    return taught_


def said_in_a_chat(session, open_one, now, said=SENTENCE, sender="worker", **ticket):
    """The ticket of a new chat with this message, and the message's number."""
    chat = open_conversation(session, now)[0].id
    told = {"kind": "review", "cause": "unclear", "idempotency_key": chat[:64]} | ticket
    opened = open_one(session, chat, **told).ticket
    message = write_message(session, chat, sender=sender, text=said, now=now)
    return opened.id, message.id


def get(session, number):
    return session.get_one(Correction, number)


def test_a_proposal_waits_with_what_the_bot_took_it_for(desk, taught, officer, now):
    number = taught()
    with desk.reading() as session:
        kept = get(session, number)
        assert (kept.state, kept.proposed_by, kept.proposed_at) == ("proposed", officer.id, now)
        assert (kept.text, kept.topic, kept.was_topic) == (SENTENCE, "deferred_pay", "wage_arrears")
        assert fetch_approved(session) == []


def test_what_another_person_approves_is_learnt(desk, taught, editor, now):
    number = taught()
    with desk.transaction() as session:
        approve(session, number, editor, OURS, now, holds_personal=no_names)
        assert [one.id for one in fetch_approved(session)] == [number]
        assert get(session, number).settled_by == editor.id


def test_nobody_approves_or_rejects_their_own(desk, taught, officer, now):
    number = taught()
    with desk.transaction() as session:
        with pytest.raises(NotAllowed, match="另一位"):
            approve(session, number, officer, OURS, now, holds_personal=no_names)
        with pytest.raises(NotAllowed, match="另一位"):
            reject(session, number, officer, "不对", now)


def test_a_rejection_says_why_and_is_not_learnt(desk, taught, other_officer, now):
    number = taught()
    with desk.transaction() as session:
        with pytest.raises(Refused, match="为什么不同意"):
            reject(session, number, other_officer, "", now)
        reject(session, number, other_officer, "说的是欠薪", now)
        assert (get(session, number).state, get(session, number).reason) == (
            "rejected",
            "说的是欠薪",
        )
        assert fetch_approved(session) == []


def test_who_proposed_it_takes_it_back_and_nobody_else(desk, taught, officer, editor, now):
    number = taught()
    with desk.transaction() as session:
        with pytest.raises(NotAllowed):
            withdraw(session, number, editor, now)
        assert withdraw(session, number, officer, now).state == "withdrawn"


def test_an_approved_one_is_taken_out_by_anybody_who_may_approve(
    desk, taught, other_officer, editor, now
):
    number = taught()
    with desk.transaction() as session:
        approve(session, number, other_officer, OURS, now, holds_personal=no_names)
        withdraw(session, number, editor, now)
        assert fetch_approved(session) == []


@pytest.mark.parametrize("state", ["approved", "rejected", "withdrawn"])
def test_what_is_decided_is_not_decided_again_by_another(
    desk, taught, officer, other_officer, editor, now, state
):
    number = taught()
    with desk.transaction() as session:
        if state == "approved":
            approve(session, number, other_officer, OURS, now, holds_personal=no_names)
        elif state == "rejected":
            reject(session, number, other_officer, "不对", now)
        else:
            withdraw(session, number, officer, now)
        with pytest.raises(AlreadySettled):
            reject(session, number, editor, "不对", now)
        with pytest.raises(AlreadySettled):
            approve(session, number, editor, OURS, now, holds_personal=no_names)


def test_the_same_step_sent_twice_is_one_step(desk, taught, editor, now):
    number = taught()
    with desk.transaction() as session:
        for _ in range(2):
            approve(session, number, editor, OURS, now, holds_personal=no_names)
        actions = session.scalars(
            select(AuditEvent.action).where(AuditEvent.subject == f"correction:{number}")
        ).all()
    assert actions == ["correction.propose", "correction.approve"]


def test_the_same_form_sent_twice_is_one_proposal(desk, people, open_one, officer, now):
    with desk.transaction() as session:
        ticket, message = said_in_a_chat(session, open_one, now)
        first = propose(session, ticket, message, LESSON, officer, OURS, now)
        again = propose(session, ticket, message, LESSON, officer, OURS, now)
        assert first.id == again.id


def test_a_message_is_taught_once(desk, people, open_one, officer, other_officer, now):
    with desk.transaction() as session:
        ticket, message = said_in_a_chat(session, open_one, now)
        propose(session, ticket, message, LESSON, officer, OURS, now)
        with pytest.raises(AlreadySettled, match="教过一次"):
            propose(session, ticket, message, LESSON, other_officer, OURS, now)


def test_a_rejected_message_may_be_taught_again(desk, people, open_one, officer, editor, now):
    with desk.transaction() as session:
        ticket, message = said_in_a_chat(session, open_one, now)
        first = propose(session, ticket, message, LESSON, officer, OURS, now)
        reject(session, first.id, editor, "不对", now)
        better = Lesson(SENTENCE, "wage_arrears", {}, None)
        assert propose(session, ticket, message, better, officer, OURS, now).id != first.id


@pytest.mark.parametrize("text", ["工资晚两个月发，合法吗", "工资 晚两个月发 合法吗？"])
def test_one_of_our_own_sentences_is_no_other_topic(taught, text):
    with pytest.raises(Contradicts) as refused:
        taught(Lesson(text, "wage_arrears", {}, None))
    assert (refused.value.topic, refused.value.correction) == ("deferred_pay", None)


def test_what_another_correction_teaches_is_no_other_topic(taught):
    number = taught()
    with pytest.raises(Contradicts) as refused:
        taught(Lesson(SENTENCE + "？", "wage_cut", {}, None))
    assert (refused.value.topic, refused.value.correction) == ("deferred_pay", number)


def test_the_same_topic_from_two_chats_contradicts_nothing(taught):
    assert taught() != taught()


def test_what_was_rejected_contradicts_nothing(desk, taught, editor, now):
    number = taught()
    with desk.transaction() as session:
        reject(session, number, editor, "不对", now)
    assert taught(Lesson(SENTENCE, "wage_cut", {}, None)) != number


def test_own_sentences_written_meanwhile_are_seen_at_the_approval(desk, taught, editor, now):
    number = taught()
    written = {fold_sentence(SENTENCE): "wage_cut"}
    with desk.transaction() as session, pytest.raises(Contradicts):
        approve(session, number, editor, written, now, holds_personal=no_names)


def test_what_may_still_name_somebody_is_confirmed_by_the_approver(desk, taught, editor, now):
    number = taught()
    with desk.transaction() as session:
        with pytest.raises(Refused, match="人名"):
            approve(session, number, editor, OURS, now, holds_personal=a_name)
        approve(session, number, editor, OURS, now, holds_personal=a_name, is_confirmed=True)
        assert get(session, number).state == "approved"


@pytest.mark.parametrize("sender", ["bot", "officer", "system"])
def test_only_a_workers_words_are_taught(desk, people, open_one, officer, now, sender):
    with desk.transaction() as session:
        ticket, message = said_in_a_chat(session, open_one, now, sender=sender)
        with pytest.raises(Refused, match="职工自己写的话"):
            propose(session, ticket, message, LESSON, officer, OURS, now)


def test_a_pressed_button_is_no_sentence(desk, people, open_one, officer, now):
    with desk.transaction() as session:
        ticket, _ = said_in_a_chat(session, open_one, now)
        pressed = {"pressed": "/menu"}
        chat = session.get_one(Ticket, ticket)
        button = write_message(
            session, chat.conversation_id, sender="worker", text="看全部", payload=pressed, now=now
        )
        with pytest.raises(Refused, match="职工自己写的话"):
            propose(session, ticket, button.id, LESSON, officer, OURS, now)


def test_a_message_of_another_chat_is_not_found(desk, people, open_one, officer, now):
    with desk.transaction() as session:
        ticket, _ = said_in_a_chat(session, open_one, now)
        _, elsewhere = said_in_a_chat(session, open_one, now)
        with pytest.raises(NotFound):
            propose(session, ticket, elsewhere, LESSON, officer, OURS, now)


def test_a_chat_out_of_scope_is_not_taught_from(desk, people, hire, open_one, now):
    elsewhere = hire("su", "officer", regions=["320500"])
    with desk.transaction() as session:
        ticket, message = said_in_a_chat(session, open_one, now)
        with pytest.raises(NotFound):
            propose(session, ticket, message, LESSON, elsewhere, OURS, now)


def test_an_editor_and_a_lawyer_do_not_propose(desk, people, lawyer, open_one, editor, now):
    with desk.transaction() as session:
        ticket, message = said_in_a_chat(session, open_one, now)
        for person in (editor, lawyer):
            with pytest.raises(NotFound):
                propose(session, ticket, message, LESSON, person, OURS, now)


def test_an_editor_sees_every_sentence_and_no_case(desk, taught, editor, officer):
    taught()
    with desk.reading() as session:
        page = fetch_corrections(session, editor, ["proposed"])
        assert [one.text for one in page.corrections] == [SENTENCE]
        assert fetch_cases(session, editor, page.corrections) == {}
        assert len(fetch_cases(session, officer, page.corrections)) == 1


def test_an_enterprises_own_union_sees_no_sentence_that_may_be_against_it(desk, taught, hire, now):
    union = hire("yu", "officer", employer="焦作市宏达机械厂")
    against = taught(employer=Employer("宏达机械厂"))
    other = taught(employer=Employer("苏州明亮电子有限公司"))
    with desk.transaction() as session:
        seen = fetch_corrections(session, union, ["proposed"]).corrections
        assert [one.id for one in seen] == [other]
        assert count_corrections(session, union, ["proposed"]) == 1
        with pytest.raises(NotFound):
            approve(session, against, union, OURS, now, holds_personal=no_names)


def test_a_lawyer_sees_none(desk, taught, lawyer):
    taught()
    with desk.reading() as session:
        assert fetch_corrections(session, lawyer, ["proposed"]).corrections == []


def test_with_the_chat_its_corrections_go(desk, taught, editor, now):
    number = taught()
    with desk.transaction() as session:
        approve(session, number, editor, OURS, now, holds_personal=no_names)
        erase_conversation(session, get(session, number).conversation_id, now)
        assert session.get(Correction, number) is None
        assert fetch_approved(session) == []


def test_an_erased_chat_is_not_taught_from(desk, people, open_one, officer, now):
    with desk.transaction() as session:
        ticket, message = said_in_a_chat(session, open_one, now)
        chat = session.get_one(Ticket, ticket).conversation_id
        erase_conversation(session, chat, now)
    with desk.transaction() as session, pytest.raises((NotFound, Erased)):
        propose(session, ticket, message, LESSON, officer, OURS, now)


def test_nothing_of_a_chat_in_distress_is_taught(people, desk, open_one, officer, now):
    """Every officer sees a lesson, but only the care people what is told in distress."""
    with desk.transaction() as session:
        number, message = said_in_a_chat(
            session, open_one, now, kind="handoff", cause=None, topic="psychological"
        )
        with pytest.raises(Refused, match="不拿去教机器人"):
            propose(session, number, message, LESSON, officer, OURS, now)


def test_once_distress_is_told_in_its_chat_a_lesson_is_seen_and_learnt_no_more(
    desk, taught, open_one, officer, editor, now
):
    approved, proposed = taught(), taught(Lesson("说了半年的工资", "wage_arrears", {}, None))
    with desk.transaction() as session:
        approve(session, approved, editor, OURS, now, holds_personal=no_names)
        for number in (approved, proposed):
            chat = get(session, number).conversation_id
            told = {"kind": "handoff", "topic": "psychological", "idempotency_key": "distress"}
            open_one(session, chat, **told)
        assert fetch_approved(session) == []
        for state in ("approved", "proposed"):
            assert fetch_corrections(session, officer, [state]).corrections == []
            assert count_corrections(session, editor, [state]) == 0
        with pytest.raises(NotFound):
            approve(session, proposed, editor, OURS, now, holds_personal=no_names)


def test_what_is_taught_no_more_contradicts_nothing(desk, taught, open_one, now):
    number = taught()
    with desk.transaction() as session:
        chat = get(session, number).conversation_id
        open_one(session, chat, kind="handoff", topic="psychological", idempotency_key="distress")
    assert taught(Lesson(SENTENCE, "wage_cut", {}, None)) != number
