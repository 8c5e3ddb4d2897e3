"""A training run from asked to its end, and which set of examples is served."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.audit import AuditEvent
from gongyou.desk.chat.messages import write_message
from gongyou.desk.errors import NotFound, Refused
from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.teaching.lessons import fetch_days_said
from gongyou.desk.teaching.run_table import TrainingRun
from gongyou.desk.teaching.runs import (
    Outcome,
    ask_rollback,
    ask_training,
    break_runs,
    claim_run,
    end_run,
    fetch_examples,
    fetch_in_model,
    fetch_runs,
    fetch_served,
    record_release,
)
from gongyou.desk.teaching.table import Correction
from gongyou.wiring import Desk

type Teach = Callable[..., Correction]
MODEL = "gongyou-0123456789ab.tar.gz"
GOOD = Outcome("promoted", MODEL, "0123456789ab", {"present": {}, "candidate": {"top1": 0.8}})


@pytest.fixture
def teach(session: Session, conversation_id: str, officer: Person, now: datetime) -> Teach:
    """Has a sentence approved."""

    def teach_(text: str = "半夜还在干活", **changed: object) -> Correction:
        said = write_message(session, conversation_id, sender="worker", text=text, now=now)
        given = {"topic": "overtime_pay", "facts": {}, "state": "approved"} | changed
        correction = Correction(
            conversation_id=conversation_id,
            message_id=said.id,
            text=text,
            proposed_by=officer.id,
            proposed_at=now + timedelta(days=2),
            **given,
        )
        session.add(correction)
        session.flush()
        return correction

    return teach_


def train(session: Session, person: Person, now: datetime, outcome: Outcome = GOOD) -> TrainingRun:
    """One run from asked to its end."""
    ask_training(session, person, now)
    run = claim_run(session, now)
    assert run is not None
    return end_run(session, run.id, outcome, now)


def actions(session: Session, run: TrainingRun) -> list[tuple[str, str]]:
    query = select(AuditEvent).where(AuditEvent.subject == f"training:{run.id}")
    return [(one.actor, one.action) for one in session.scalars(query.order_by(AuditEvent.id))]


def refusal(asked: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        asked()
    return refused.value.name


def test_a_promoted_run_is_served_with_what_was_approved(session, teach, officer, now):
    taught = teach()
    run = train(session, officer, now)
    assert fetch_served(session) is run
    assert fetch_in_model(session) == {taught.id}
    assert (run.model, run.figures, run.why) == (MODEL, GOOD.figures, [])


def test_each_step_stands_in_the_trail(session, teach, officer, now):
    teach()
    run = train(session, officer, now)
    assert actions(session, run) == [
        (f"person:{officer.id}", "training.ask"),
        ("system", "training.promote"),
    ]


def test_a_refused_run_serves_nothing_and_keeps_its_figures_and_reasons(
    session, teach, officer, now
):
    teach()
    refused = Outcome("refused", MODEL, "0" * 12, {"present": {"top1": 0.9}}, ("worse_top1",))
    run = train(session, officer, now, refused)
    assert fetch_served(session) is None
    assert (run.state, run.why, run.figures) == ("refused", ["worse_top1"], refused.figures)


@pytest.mark.parametrize("at_work", [False, True])
def test_a_second_run_while_one_is_unfinished_is_refused(session, teach, officer, now, at_work):
    teach()
    ask_training(session, officer, now)
    if at_work:
        claim_run(session, now)
    assert refusal(lambda: ask_training(session, officer, now)) == "training_unfinished"
    assert refusal(lambda: ask_rollback(session, 1, officer, now)) == "training_unfinished"


def test_where_nothing_new_is_approved_there_is_nothing_to_train(session, teach, officer, now):
    assert refusal(lambda: ask_training(session, officer, now)) == "training_nothing_new"
    teach()
    train(session, officer, now)
    assert refusal(lambda: ask_training(session, officer, now)) == "training_nothing_new"


def test_what_is_only_proposed_or_was_withdrawn_is_not_learnt(session, teach, officer, now):
    approved = teach()
    teach("这句还没核", state="proposed")
    teach("这句收回了", state="withdrawn")
    assert fetch_examples(session, train(session, officer, now)) == [approved]


def test_what_is_approved_until_the_clerk_begins_is_learnt(session, teach, officer, now):
    first = teach()
    ask_training(session, officer, now)
    second = teach("天天干到半夜")
    run = claim_run(session, now)
    assert fetch_examples(session, run) == [first, second]


def test_a_withdrawn_example_stays_in_the_served_model_until_the_next_training(
    session, teach, officer, now
):
    kept, gone = teach(), teach("天天干到半夜")
    train(session, officer, now)
    gone.state = "withdrawn"
    assert fetch_in_model(session) == {kept.id, gone.id}
    train(session, officer, now)
    assert fetch_in_model(session) == {kept.id}


def test_going_back_serves_the_earlier_set(session, teach, officer, now):
    first = teach()
    earlier = train(session, officer, now)
    teach("天天干到半夜")
    train(session, officer, now)
    ask_rollback(session, earlier.id, officer, now)
    run = claim_run(session, now)
    end_run(session, run.id, GOOD, now)
    assert fetch_in_model(session) == {first.id}
    assert fetch_served(session).kind == "rollback"
    assert actions(session, run)[0] == (f"person:{officer.id}", "training.roll_back")


def test_going_back_does_not_bring_back_what_was_withdrawn(session, teach, officer, now):
    kept, gone = teach(), teach("天天干到半夜")
    earlier = train(session, officer, now)
    gone.state = "withdrawn"
    train(session, officer, now)
    run = ask_rollback(session, earlier.id, officer, now)
    assert fetch_examples(session, run) == [kept]


def test_one_goes_back_only_to_what_was_served_and_is_not_now(session, teach, officer, now):
    teach()
    refused = train(session, officer, now, Outcome("refused", why=("worse_top1",)))
    served = train(session, officer, now)
    never = refusal(lambda: ask_rollback(session, refused.id, officer, now))
    now_served = refusal(lambda: ask_rollback(session, served.id, officer, now))
    assert (never, now_served) == ("training_never_served", "training_served")
    with pytest.raises(NotFound):
        ask_rollback(session, 999, officer, now)


def test_a_run_whose_worker_was_killed_is_broken_and_the_present_one_is_served(
    session, teach, officer, now
):
    teach()
    served = train(session, officer, now)
    teach("天天干到半夜")
    run = ask_training(session, officer, now)
    claim_run(session, now)
    assert break_runs(session, "killed", now) == 1
    assert (run.state, run.why, fetch_served(session)) == ("broken", ["killed"], served)
    assert ask_training(session, officer, now).state == "asked"


def test_a_run_that_is_over_does_not_end_again(session, teach, officer, now):
    teach()
    run = train(session, officer, now)
    assert refusal(lambda: end_run(session, run.id, GOOD, now)) == "training_over"


def test_under_new_code_the_same_set_is_served_and_none_new(session, teach, officer, now):
    learnt = teach()
    train(session, officer, now)
    teach("天天干到半夜")
    run = record_release(session, "gongyou-ba9876543210.tar.gz", "ba9876543210", now)
    assert (run.kind, fetch_served(session)) == ("release", run)
    assert fetch_in_model(session) == {learnt.id}


def test_erasing_a_chat_takes_its_words_out_of_every_set(
    session, teach, officer, now, conversation_id
):
    teach()
    run = train(session, officer, now)
    erase_conversation(session, conversation_id, now)
    assert fetch_in_model(session) == frozenset()
    assert fetch_examples(session, run) == []


def test_the_newest_runs_come_first(session, teach, officer, now):
    teach()
    first = train(session, officer, now)
    teach("天天干到半夜")
    second = train(session, officer, now)
    assert list(fetch_runs(session, 5)) == [second, first]


def test_yesterday_in_a_sentence_counts_from_the_day_it_was_said(session, teach, now):
    taught = teach()
    assert fetch_days_said(session, [taught]) == {taught.id: now}


def test_of_two_who_ask_at_once_one_is_refused(desk: Desk, officer, now):
    with desk.transaction() as session:
        session.add(TrainingRun(kind="train", state="running", asked_at=now, started_at=now))
    with desk.transaction() as session:
        assert refusal(lambda: ask_training(session, officer, now)) == "training_unfinished"


def test_a_set_is_without_what_was_told_in_a_chat_of_distress(
    session, teach, open_one, officer, now
):
    teach()
    run = train(session, officer, now)
    open_one(session, kind="handoff", topic="psychological")
    assert fetch_examples(session, run) == []
    assert fetch_examples(session, record_release(session, MODEL, "0123456789ab", now)) == []
