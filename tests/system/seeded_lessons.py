"""Sentences taught to the bot in every state, and training runs: one serves, one was refused."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gongyou.desk.chat.messages import Message
from gongyou.desk.people.accounts import Person
from gongyou.desk.teaching.run_table import TrainingExample, TrainingRun
from gongyou.desk.teaching.table import Correction, State
from gongyou.desk.tickets.table import Ticket

LEARNT = "厂里说下个月再发工资，行不行"
NAMED = "张伟说在焦作市某公司，下个月才发工资"
PRESENT = {
    "top1": 0.912,
    "top3": 0.968,
    "wrong_confident": 0.021,
    "asked_back": 0.064,
    "crisis_recall": 1.0,
    "checks": 118,
    "checks_of": 120,
    "taught": 4,
    "taught_of": 6,
}
BETTER = PRESENT | {"top1": 0.915, "wrong_confident": 0.019, "taught": 6}
WORSE = PRESENT | {"top1": 0.897, "checks": 116, "taught": 5, "taught_lost": ["2"]}


def seed_lessons(
    session: Session, people: Mapping[str, Person], numbers: dict[str, int], now: datetime
) -> None:
    """Of the review's chat, whose last sentence is left to teach; 赵干部 and 宋干部 propose."""
    officer, editor = people["zhao"], people["zhou"]
    other = Person(login="song", name="宋干部", role="officer", created_at=now)
    other.password_hash = officer.password_hash
    session.add(other)
    session.flush()
    ticket = session.get_one(Ticket, numbers["review"])
    of_chat = select(Message).where(Message.conversation_id == ticket.conversation_id)
    by_worker = of_chat.where(Message.sender == "worker").order_by(Message.id)
    said, *_, last = session.scalars(by_worker).all()
    numbers["sentence"] = last.id
    rows: tuple[tuple[State, str, Person, str | None], ...] = (
        ("approved", LEARNT, officer, None),
        ("approved", "老板讲年底再结工资，可不可以", other, None),
        ("rejected", "厂里的事问一下", officer, "看不出问的是什么"),
        ("proposed", NAMED, officer, None),
        ("proposed", "下个月才发工资，合不合规矩", other, None),
    )
    for state, text, proposer, reason in rows:
        one = _correction(said, text, proposer, now)
        if state != "proposed":
            one.state, one.settled_by, one.settled_at, one.reason = state, editor.id, now, reason
        session.add(one)
    session.flush()
    _runs(session, officer, now)


def _correction(said: Message, text: str, proposer: Person, now: datetime) -> Correction:
    return Correction(
        conversation_id=said.conversation_id,
        message_id=said.id,
        was_topic="wage_shutdown",
        topic="deferred_pay",
        facts={"region": "410800", "monthly_wage": "4000"},
        text=text,
        state="proposed",
        proposed_by=proposer.id,
        proposed_at=now - timedelta(hours=2),
    )


def _runs(session: Session, officer: Person, now: datetime) -> None:
    began, model = now - timedelta(days=3), "gongyou.tar.gz"
    told = {"asked_at": began, "started_at": began, "ended_at": began, "model": model, "base": "0"}
    by = {"asked_by": officer.id, "kind": "train"}
    better, worse = ({"present": PRESENT, "candidate": one} for one in (BETTER, WORSE))
    why = ["worse_top1", "lost_checks", "lost_taught"]
    session.add(TrainingRun(kind="release", state="promoted", why=[], **told))
    session.flush()
    learnt = TrainingRun(state="promoted", figures=better, why=[], **by, **told)
    session.add(learnt)
    session.flush()
    session.add(TrainingRun(state="refused", figures=worse, why=why, **by, **told))
    first = select(func.min(Correction.id)).where(Correction.state == "approved")
    session.add(TrainingExample(run_id=learnt.id, correction_id=session.scalars(first).one()))
    session.flush()
