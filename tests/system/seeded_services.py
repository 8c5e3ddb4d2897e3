"""The services a person runs: an application for aid in each state, and chats in distress."""

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from gongyou.desk.answers.keeping import Used, keep_answer
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.aid import change_papers, list_papers
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reply_ticket
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.opening import open_ticket
from gongyou.intake import judge_case
from gongyou.rulebook import Rulebook
from tests.web.fake_bot import CARD

SCHOOL = {
    "aid_matter": "school",
    "region": "410800",
    "hardship_status": "registered",
    "child_schooling": "college",
    "special_school": "yes",
}
PAPERS = {"身份证": True, "户口本": True, "录取通知书或在读证明": False, "困难证明": False}
_keys = count()


def seed_aid(
    session: Session, rulebook: Rulebook, officer: Person, numbers: dict[str, int], now: datetime
) -> str:
    """An answer to apply on; a case that waits, one in hand, one that is done. Gives the cookie."""
    chat, cookie = open_conversation(session, now)
    said = {"sender": "worker", "text": "孩子考上大学，交不起学费", "state": "answered"}
    write_message(session, chat.id, now=now, **said)  # type: ignore[arg-type]
    numbers["aid answer"] = _answer(session, chat.id, now)
    for name in ("aid", "aid, held", "aid, closed"):
        number = _apply(session, rulebook, chat.id, now)
        numbers[name] = number
        if name == "aid":
            continue
        due = get_ticket(session, number).due_at
        accept_ticket(session, number, officer, now, due_at=due)
        change_papers(session, number, officer, {0: "given", 3: "not_needed"}, now)
        if name == "aid, closed":
            reply_ticket(session, number, officer, "批下来了，下周打到卡里。", now)
            close_ticket(session, number, officer, now, "granted")
    return cookie


def seed_care(session: Session, person: Person, numbers: dict[str, int], now: datetime) -> None:
    """A crisis that waits and a talk in hand, in the care person's province."""
    for name, topic in (("crisis", "crisis"), ("care, held", "psychological")):
        chat, _ = open_conversation(session, now)
        said = {"sender": "worker", "text": "晚上睡不着，不知道怎么办", "state": "answered"}
        write_message(session, chat.id, now=now, **said)  # type: ignore[arg-type]
        opened = open_handoff(
            session,
            chat.id,
            topic=topic,
            region="420100",
            facts={},
            summary="",
            consent=topic != "crisis",
            now=now,
        )
        numbers[name] = opened.ticket.id
        opened.ticket.due_at = now
        if name == "care, held":
            accept_ticket(session, opened.ticket.id, person, now)


def _answer(session: Session, chat: str, now: datetime) -> int:
    used: dict[str, Any] = {"topic": "subsidy_hardship", "facts": SCHOOL, "papers": True}
    card = {"custom": CARD | {"conclusion": "照你说的，申请不了金秋助学。", "used": used}}
    message = write_message(session, chat, sender="bot", text="", payload=card, now=now)
    kept = Used("subsidy_hardship", "410800", "secondary", now.date(), None, [])
    keep_answer(session, chat, message.id, kept, now)
    return message.id


def _apply(session: Session, rulebook: Rulebook, chat: str, now: datetime) -> int:
    opened = open_ticket(
        session,
        chat,
        kind="aid",
        topic="subsidy_hardship",
        region="410800",
        facts=SCHOOL,
        summary="照你说的，申请不了金秋助学。",
        words="家里就我一个人上班，孩子学费还差一半。",
        contact="13912345678",
        consent=True,
        judgement=judge_case(rulebook, "aid", "subsidy_hardship", SCHOOL, now),
        idempotency_key=f"aid:{next(_keys)}",
        now=now,
    )
    list_papers(session, opened.ticket, PAPERS, now)
    return opened.ticket.id
