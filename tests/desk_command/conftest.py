"""A desk with something in every table, and the `gongyou desk` command on it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.answers.keeping import Used, Version, keep_answer
from gongyou.desk.answers.ratings import rate_answer
from gongyou.desk.audit import record
from gongyou.desk.calls.table import HotlineCall
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.marks import raise_marks
from gongyou.desk.chat.messages import Message, write_message
from gongyou.desk.files.attachments import NewFile, attach_file
from gongyou.desk.links import UnionLink
from gongyou.desk.notices.outbox import put_notice
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.invitations import Invitation
from gongyou.desk.people.lawyers import Conflict, LawyerProfile
from gongyou.desk.people.sign_ins import open_sign_in
from gongyou.desk.review.table import CannedAnswer, CaseFlag, CaseTag, Note, SavedCase, Tag
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.statistics.table import Alert, KeptReport, Week, WeeklyCount
from gongyou.desk.teaching.run_table import TrainingExample, TrainingRun
from gongyou.desk.teaching.table import Correction
from gongyou.desk.tickets.aid import list_papers
from gongyou.desk.tickets.opening import Employer, OpenedTicket, open_ticket
from gongyou.settings import Settings
from gongyou.wiring import Desk
from tests.desk_command.office import Operator

PNG = b"\x89PNG\r\n\x1a\n" + b"payslip" * 100
WORDS = "老板三个月没发工资"


@pytest.fixture
def case(desk: Desk, lawyer: Person, now: datetime) -> OpenedTicket:
    """A whole case of lawyer `li`: chat, ticket, attachment, offer; and all about the lawyer."""
    with desk.transaction() as session:
        conversation, _ = open_conversation(session, now)
        write_message(session, conversation.id, sender="worker", text=WORDS, now=now)
        bot = {"buttons": [{"title": "转人工", "payload": "/handoff"}]}
        said = write_message(
            session, conversation.id, sender="bot", text="在", now=now, payload=bot
        )
        answer(session, said, now)
        teach(session, said, lawyer, now)
        raise_marks(session, conversation.id, "worker", said.id, said.id)
        opened = open_case(session, conversation.id, now)
        new = NewFile("工资条.png", "image/png", PNG, "client-1")
        attach_file(session, opened.ticket, "worker", new, now)
        list_papers(session, opened.ticket, {"身份证": True}, now)
        session.add(_offer(opened.ticket.id, lawyer, now))
        write_about(session, lawyer, now)
        notice(session, lawyer, opened.ticket.id, now)
        publish(session, now)
        annotate(session, opened.ticket.id, lawyer, now)
        serve(session, conversation.id, lawyer, now)
    return opened


def annotate(session: Session, number: int, person: Person, now: datetime) -> None:
    """What the desk keeps beside the case for itself; and a ready answer, which is nobody's."""
    kept = {"ticket_id": number, "person_id": person.id, "created_at": now}
    session.add_all([CaseFlag(**kept), SavedCase(**kept)])
    session.add(Note(text=WORDS, client_key="note-1", **kept))
    tag = Tag(name="已报市总", folded="已报市总", person_id=person.id, created_at=now)
    session.add(tag)
    session.flush()
    session.add(CaseTag(tag_id=tag.id, **kept))
    said = {"topic": "", "title": "打招呼", "text": "你好，我是工会的。"}
    made = {"version": 1, "person_id": person.id, "client_key": "canned-1", "changed_at": now}
    session.add(CannedAnswer(**said, **made))


def serve(session: Session, chat: str, person: Person, now: datetime) -> None:
    """The chat as if a clerk of the hotline had typed it in; and a link of the union's."""
    mine = {"person_id": person.id, "started_at": now}
    session.add(HotlineCall(conversation_id=chat, region="410800", start_key="call-1", **mine))
    where = {"kind": "join", "region": "410800", "title": "总工会", "url": "https://a.org/"}
    session.add(UnionLink(updated_by=person.id, updated_at=now, **where))


def answer(session: Session, said: Message, now: datetime) -> None:
    """What the bot said was an answer, and the worker said that it helped."""
    rule = Version("wage_arrears.due", date(1995, 1, 1), "verified", "a" * 64)
    used = Used("wage_arrears", "410800", "verified", date(2026, 11, 21), "4000.00", [rule])
    keep_answer(session, said.conversation_id, said.id, used, now)
    rate_answer(session, said.conversation_id, said.id, "useful", WORDS, now)


def teach(session: Session, said: Message, person: Person, now: datetime) -> None:
    """A sentence of the chat that the bot is to learn, and why somebody did not want it."""
    told = {"topic": "wage_arrears", "facts": {"monthly_wage": "4000"}, "text": WORDS}
    session.add(
        Correction(
            conversation_id=said.conversation_id,
            message_id=said.id - 1,
            state="rejected",
            proposed_by=person.id,
            proposed_at=now,
            reason="话不完整",
            **told,
        )
    )
    run = TrainingRun(kind="train", state="promoted", asked_at=now, why=[])
    session.add(run)
    session.flush()
    learnt = select(Correction.id).limit(1)
    session.add(TrainingExample(run_id=run.id, correction_id=session.scalars(learnt).one()))
    session.flush()


def open_case(session: Session, conversation_id: str, now: datetime) -> OpenedTicket:
    return open_ticket(
        session,
        conversation_id,
        kind="legal_aid",
        topic="wage_arrears",
        region="410800",
        facts={"monthly_wage": "4000"},
        summary="欠薪三个月",
        words=WORDS,
        contact="13800000000",
        consent=True,
        idempotency_key="once",
        now=now,
        sources={"monthly_wage": 1},
        employer=Employer("焦作市宏达机械厂"),
    )


def write_about(session: Session, lawyer: Person, now: datetime) -> None:
    session.add(LawyerProfile(person_id=lawyer.id, specialities=["wage_arrears"], load_limit=3))
    session.add(Conflict(person_id=lawyer.id, name="宏达集团"))
    session.add(
        Invitation(
            hash="f" * 64,
            person_id=lawyer.id,
            purpose="join",
            created_at=now,
            expires_at=now + timedelta(days=7),
        )
    )
    open_sign_in(session, lawyer, now, "Chrome · Android")


def notice(session: Session, lawyer: Person, ticket_id: int, now: datetime) -> None:
    put_notice(
        session,
        dedupe_key="offer:1:email",
        kind="offer",
        channel="email",
        person_id=lawyer.id,
        subject=f"ticket:{ticket_id}",
        values={"ticket": ticket_id, "until": now},
        now=now,
    )
    record(session, "system", "test.done", f"ticket:{ticket_id}", now)


def publish(session: Session, now: datetime) -> None:
    """A week of five workers, a warning of it and its report."""
    monday, cell = date(2026, 11, 9), {"region": "410800", "workers": 5}
    session.add(Week(monday=monday, made_at=now))
    session.flush()
    session.add(WeeklyCount(monday=monday, employer_key="k", employer="明亮", **cell))
    told = {"subject": "employer", "name": "k", "shown": "明亮", "why": "rise", "before": 0}
    session.add(Alert(monday=monday, created_at=now, **cell, **told))
    files = {"document": b"PK", "workbook": b"PK"}
    session.add(KeptReport(monday=monday, region="410800", made_at=now, **files))


def _offer(ticket_id: int, lawyer: Person, now: datetime) -> Offer:
    return Offer(
        ticket_id=ticket_id,
        person_id=lawyer.id,
        offered_at=now,
        expires_at=now + timedelta(hours=4),
        answer="declined",
        settled_at=now,
        reasons=["region"],
        note="当事人是我表弟",
    )


@pytest.fixture
def other_settings(settings: Settings, tmp_path: Path) -> Settings:
    """The same key, another SQLite file that is not there yet."""
    return replace(settings, database_url=f"sqlite:///{tmp_path / 'other.db'}")


@pytest.fixture
def operator(
    settings: Settings, desk: Desk, capsys: pytest.CaptureFixture[str], now: datetime
) -> Operator:
    return Operator(settings, capsys, lambda: now)
