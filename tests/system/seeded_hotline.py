"""Calls of the hotline in each state a clerk meets them in, and some links of the union's."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gongyou.desk.calls.calls import end_call, start_call
from gongyou.desk.calls.handing import call_officer
from gongyou.desk.chat.messages import write_message
from gongyou.desk.links import LinkText, save_link
from gongyou.desk.people.accounts import Person
from gongyou.hotlines import hotlines_card
from gongyou.web.receipts import ticket_card
from tests.web.fake_bot import BUTTONS, CARD, SHEET

ASKED = "厂里9月1号停工到现在，一分钱没发，一个月四千"
WHY = "停工从哪天开始？\n（为什么问：头一个发薪周期照发工资，后面发生活费）"
CHOICES = [{"title": t, "payload": "/inform"} for t in ("9月1号", "8月中", "上个月", "不清楚")]
LINK = {"text": "网上入会：焦作市总工会（jzzgh.org.cn）", "url": "https://jzzgh.org.cn/join"}
ANSWER = ({"custom": CARD | {"link": LINK}}, {"text": "接下来你可以：", "buttons": BUTTONS})


def seed_calls(session: Session, clerk: Person, numbers: dict[str, int], now: datetime) -> None:
    """One call each: answered, asked back, with a sheet, in danger, handed over and ended."""
    said: dict[str, tuple[str, tuple[dict[str, Any], ...]]] = {
        "answered": (ASKED, ANSWER),
        "question": (ASKED, ({"text": WHY, "buttons": CHOICES},)),
        "sheet": (ASKED, (*ANSWER, {"custom": SHEET})),
        "danger": (
            "老板不给钱，我不想活了",
            ({"custom": hotlines_card("crisis", "你现在安全吗？请马上打 110 或 12356。")},),
        ),
        "handed": (ASKED, ANSWER),
    }
    for name, (words, replies) in said.items():
        call = start_call(session, clerk, "410800", name, now)[0]
        numbers[f"call, {name}"] = call.id
        _say(session, call.conversation_id, words, replies, now)
    numbers["by phone"] = _hand_over(session, clerk, numbers["call, handed"], now)


def _say(
    session: Session, chat: str, words: str, replies: tuple[dict[str, Any], ...], now: datetime
) -> None:
    """Twice, so that something was said before."""
    for _ in range(2):
        write_message(session, chat, sender="worker", text=words, state="answered", now=now)
        for reply in replies:
            payload = {name: part for name, part in reply.items() if name != "text"}
            text = str(reply.get("text", ""))
            write_message(session, chat, sender="bot", text=text, payload=payload, now=now)


def _hand_over(session: Session, clerk: Person, number: int, now: datetime) -> int:
    """The ticket's number."""
    opened = call_officer(
        session, number, clerk, summary="至少 7,040 元", contact="13912345678", now=now
    )
    card = ticket_card("handed_over", opened.receipt)
    chat, payload = opened.ticket.conversation_id, {"custom": card}
    write_message(session, chat, sender="system", text=card["text"], payload=payload, now=now)
    end_call(session, number, clerk, now)
    return opened.ticket.id


def seed_links(session: Session, officer: Person, now: datetime) -> None:
    links = (
        LinkText("join", "410800", "焦作市总工会网上入会", "https://jzzgh.org.cn/join"),
        LinkText("jobs", "000000", "工会全国招聘平台", "https://jobs.example.org/"),
    )
    for link in links:
        save_link(session, officer, link, now)
