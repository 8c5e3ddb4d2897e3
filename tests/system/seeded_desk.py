"""A desk with people of each role, and a case in every state: for looking at each page of it."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast

from PIL import Image
from sqlalchemy.orm import Session

from gongyou.desk.answers.keeping import Used, Version, keep_answer
from gongyou.desk.answers.ratings import rate_answer
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.files.attachments import MEDIA, NewFile, attach_by_holder, attach_file
from gongyou.desk.notices.outbox import claim_due, mark_doubtful, mark_failed
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.invitations import open_invitation
from gongyou.desk.people.lawyers import Profile, save_profile
from gongyou.desk.people.roles import Role
from gongyou.desk.people.second_factor import new_secret
from gongyou.desk.people.sign_ins import open_half_sign_in, open_sign_in
from gongyou.desk.routing.offers import assign_ticket, decline_ticket, route_ticket
from gongyou.desk.routing.promises import most_offers
from gongyou.desk.routing.transferring import fetch_pending, give_away
from gongyou.desk.tickets.handoffs import open_handoff
from gongyou.desk.tickets.life import accept_ticket, close_ticket, reply_ticket, withdraw_ticket
from gongyou.desk.tickets.moves import get_ticket
from gongyou.desk.tickets.opening import Employer, open_ticket
from gongyou.desk.tickets.reviews import fetch_review
from gongyou.desk.tickets.sheets import correct_sheet
from gongyou.intake import judge_case
from gongyou.rulebook import Rulebook
from gongyou.rulebook.versions import versions
from tests.system.seeded_hotline import LINK, seed_calls, seed_links
from tests.system.seeded_lessons import seed_lessons
from tests.system.seeded_services import seed_aid, seed_care
from tests.system.seeded_tools import seed_tools
from tests.system.seeded_weeks import publish_weeks
from tests.web.fake_bot import BUTTONS, CARD, SHEET

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, ten in the morning in China
EMPLOYER = "焦作市宏达机械制造有限公司"
FACTS = {
    "region": "410800",
    "stop_from": "2026-09-01",
    "monthly_wage": "4000",
    "worked": "none",
    "pay_cycle_start_day": "1",
}
QUESTION = "厂里9月1号停工到现在，一分钱没发，我在焦作，一个月4000"
STAFF: tuple[tuple[str, str, Role], ...] = (
    ("li", "李律师", "lawyer"),
    ("wang", "王律师", "lawyer"),
    ("sun", "孙律师", "lawyer"),
    ("qian", "钱律师", "lawyer"),
    ("zhao", "赵干部", "officer"),
    ("zhou", "周编辑", "editor"),
    ("wu", "吴审计", "auditor"),
    ("su", "苏干部", "officer"),
    ("zheng", "郑管理", "admin"),
    ("he", "何话务", "hotline"),
)
MORE_CALLS, MORE_PEOPLE = 55, 55  # so that every list has a full first page


@dataclass
class Seeded:
    """What a visitor needs: cookies by login, the workers' chats, numbers by what they stand for.

    `cookies` are signed in; "half" owes the second factor's code. `chats`: "worker" has cases.
    """

    cookies: dict[str, str] = field(default_factory=dict)
    chats: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    invitation: str = ""


class Seeder:
    """Fills an empty desk in one transaction, as the gateway's own steps would."""

    def __init__(self, session: Session, rulebook: Rulebook, password_hash: str) -> None:
        self.session, self.rulebook, self.password_hash = session, rulebook, password_hash
        self.is_workday: Callable[[Any], bool] = rulebook.calendar.is_workday
        self.made = Seeded()
        self.people: dict[str, Person] = {}
        self.keys = count()

    def fill(self) -> Seeded:
        self._hire()
        self._talk()
        self._cases()
        self._calls()
        seed_calls(self.session, self.people["he"], self.made.numbers, NOW)
        seed_links(self.session, self.people["zhao"], NOW)
        self._services()
        self._notices()
        publish_weeks(self.session)
        self._answers()
        seed_lessons(self.session, self.people, self.made.numbers, NOW)
        seed_tools(self.session, self.people["zhao"], self.made.numbers, NOW)
        return self.made

    def _hire(self) -> None:
        for login, name, role in STAFF:
            person = self._add(login, name, role, email=f"{login}@example.org")
            person.on_duty = role == "officer"
            self.made.cookies[login] = open_sign_in(self.session, person, NOW, "Firefox · Windows")
            open_sign_in(self.session, person, NOW, "微信 · Android")
        for number in range(MORE_PEOPLE):
            self._add(f"lawyer{number}", f"志愿律师{number}", "lawyer", active=False)
        half = self._add("han", "韩律师", "lawyer", totp_secret=new_secret(), active=True)
        half.regions = ["110000"]
        self.made.cookies["half"] = open_half_sign_in(self.session, half, NOW)
        self.made.cookies["han"] = open_sign_in(self.session, half, NOW)
        invited = self._add("feng", "冯律师", "lawyer", password_hash="", regions=["110000"])
        self.made.invitation = open_invitation(self.session, invited.id, "join", None, NOW)
        self._add("chen", "陈律师", "lawyer", password_hash="", regions=["110000"])
        profile = Profile(
            ("410000",), ("wage_shutdown",), {"0": ("09:00", "18:00")}, employers=("某某厂",)
        )
        save_profile(self.session, self.people["qian"], profile, "system", NOW)
        self.made.numbers |= {f"person {login}": p.id for login, p in self.people.items()}

    def _add(self, login: str, name: str, role: Role, **columns: Any) -> Person:
        columns.setdefault("password_hash", self.password_hash)
        person = Person(login=login, name=name, role=role, created_at=NOW, **columns)
        self.session.add(person)
        self.session.flush()
        self.people[login] = person
        return person

    def _talk(self) -> None:
        """A long chat with each kind of message in it, and an empty one."""
        chat, self.made.chats["worker"] = open_conversation(self.session, NOW)
        self.chat = chat.id
        self._say("worker", QUESTION, state="answered")
        for number in range(30):
            self._say("bot", f"第 {number} 个问题：停工那几个月，厂里叫你去干过活没有？")
            self._say("worker", "没干，一直在家等通知，问了几次都说再等等。", state="answered")
        self._say("bot", "", {"custom": CARD | {"link": LINK}})
        self._say("bot", "接下来你可以：", {"buttons": BUTTONS})
        self._say("bot", "先看一遍情况，不对的直接改。", {"custom": SHEET})
        _, self.made.chats["fresh"] = open_conversation(self.session, NOW)

    def _say(self, sender: Any, text: str, payload: Any = None, **more: Any) -> int:
        message = write_message(
            self.session, self.chat, sender=sender, text=text, payload=payload, now=NOW, **more
        )
        return message.id

    def _answers(self) -> None:
        """Answers to rate; six that rest on a rule corrected since; one that did not help."""
        now, old = NOW - timedelta(days=3), "0" * 64
        for name, content in (("answered", None), *((f"told{n}", old) for n in range(6))):
            chat, self.made.chats[name] = open_conversation(self.session, now)
            for _ in range(2):
                number = self._answer(chat.id, content, now)
        rate_answer(self.session, chat.id, number, "unsolved", "钱数跟工资条对不上", now)
        review = fetch_review(self.session, chat.id)
        assert review is not None
        self._number("review", review.id)

    def _answer(self, chat: str, content: str | None, now: datetime) -> int:
        """A question and its card, under the rule as it is now or with another content."""
        said = {"sender": "worker", "text": QUESTION, "state": "answered", "now": now}
        write_message(self.session, chat, **said)
        rule = next(iter(self.rulebook.topics["wage_shutdown"].rules))
        known = versions(self.rulebook)[rule.id]
        used = Used(
            topic="wage_shutdown",
            region="410800",
            status="unverified",
            asked_on=now.date(),
            total="7040.00",
            rules=[Version(rule.id, known.since, known.status, content or known.content)],
        )
        card = {"custom": CARD | {"used": {}}}
        written = write_message(self.session, chat, sender="bot", text="", payload=card, now=now)
        keep_answer(self.session, chat, written.id, used, now)
        return written.id

    def _cases(self) -> None:
        """One case in each state; all are the one worker's, and 李律师's where a lawyer has it."""
        li, now = self.people["li"], NOW
        self._number("offered", self._assign(self._open()))
        self._number("offered, employer unknown", self._assign(self._open(employer="")))
        accepted = self._accept(self._open())
        self._corrected(accepted)
        self._with_files(accepted)
        self._number("accepted", accepted)
        for name, asks in (("answered", False), ("waiting", True)):
            ticket = self._accept(self._open())
            reply_ticket(self.session, ticket, li, "可以要。先留好停工通知。", now, asks=asks)
            self._number(name, ticket)
        for name in ("closed", "withdrawn"):
            ticket = self._accept(self._open())
            reply_ticket(self.session, ticket, li, "可以要。", now)
            if name == "closed":
                close_ticket(self.session, ticket, li, now, "advised", "教了怎么催")
            else:
                withdraw_ticket(self.session, self.chat, ticket, now)
            self._number(name, ticket)
        moved = self._accept(self._open())
        give_away(self.session, moved, li, "跟我所有利害关系", self.is_workday, now)
        self._number("moved", moved)
        self._number("fallen", self._fall(self._open()))
        late = self._accept(self._open())
        get_ticket(self.session, late).due_at = now - timedelta(hours=5)
        self._number("late", late)

    def _open(self, employer: str = EMPLOYER) -> int:
        judged = judge_case(self.rulebook, "legal_aid", "wage_shutdown", FACTS, NOW)
        first = {name: 1 for name in FACTS}
        opened = open_ticket(
            self.session,
            self.chat,
            kind="legal_aid",
            topic="wage_shutdown",
            region="410800",
            facts=FACTS,
            summary="停工这段时间至少应付你 6,720 到 7,196 元。",
            words="厂长让我们签自愿离职，能签吗",
            contact="13912345678",
            consent=True,
            employer=Employer(employer),
            judgement=judged,
            sources=first,
            idempotency_key=f"sheet:{next(self.keys)}",
            now=NOW,
        )
        return opened.ticket.id

    def _assign(self, ticket: int, login: str = "li") -> int:
        lawyer, officer = self.people[login], self.people["zhao"]
        assign_ticket(self.session, ticket, officer, lawyer.id, self.is_workday, NOW)
        return ticket

    def _accept(self, ticket: int) -> int:
        due = get_ticket(self.session, ticket).due_at
        accept_ticket(self.session, self._assign(ticket), self.people["li"], NOW, due_at=due)
        return ticket

    def _fall(self, ticket: int) -> int:
        """Every lawyer who is asked declines."""
        route_ticket(self.session, ticket, self.is_workday, NOW)
        for _ in range(most_offers()):
            asked = next(each for each in self.people.values() if self._is_asked(ticket, each))
            decline_ticket(self.session, ticket, asked, self.is_workday, NOW, note="在外地开庭")
        assert get_ticket(self.session, ticket).fell_at is not None
        return ticket

    def _is_asked(self, ticket: int, person: Person) -> bool:
        return fetch_pending(self.session, [ticket])[ticket].person_id == person.id

    def _corrected(self, ticket: int) -> None:
        facts = {name: value for name, value in FACTS.items() if name != "worked"}
        changed = facts | {"monthly_wage": "4200"}
        judged = judge_case(self.rulebook, "legal_aid", "wage_shutdown", changed, NOW)
        li = self.people["li"]
        correct_sheet(self.session, ticket, li, 1, changed, judged.conclusion, NOW)

    def _with_files(self, number: int) -> None:
        ticket = get_ticket(self.session, number)
        kept = [
            attach_file(self.session, ticket, "worker", file("工资条.jpg", MEDIA[0]), NOW),
            attach_file(self.session, ticket, "worker", file("停工通知.pdf", MEDIA[2]), NOW),
        ]
        attach_by_holder(self.session, number, self.people["li"], file("催告函.pdf", MEDIA[2]), NOW)
        self._number("photo", kept[0].id)

    def _calls(self) -> None:
        """Calls for a person: one waits, one is in hand, one is done; more fill the queue."""
        officer = self.people["zhao"]
        for name in ("call", "call, accepted", "call, closed"):
            ticket = self._call()
            if name != "call":
                accept_ticket(self.session, ticket, officer, NOW)
            if name == "call, closed":
                reply_ticket(self.session, ticket, officer, "已经跟劳动监察说了。", NOW)
                close_ticket(self.session, ticket, officer, NOW, "advised")
            self._number(name, ticket)
        for _ in range(MORE_CALLS):
            self._call()

    def _call(self) -> int:
        chat, token = open_conversation(self.session, NOW)
        self.made.chats.setdefault("caller", token)
        opened = open_handoff(
            self.session,
            chat.id,
            topic="human_handoff",
            region="410800",
            facts={"region": "410800"},
            summary="想跟人说话。",
            consent=True,
            now=NOW,
        )
        judge = judge_case(self.rulebook, "handoff", "human_handoff", {}, NOW)
        opened.ticket.due_at = judge.due_at
        return opened.ticket.id

    def _services(self) -> None:
        """苏干部 cares for 湖北, so that 赵干部's lists stay as they are."""
        su, numbers = self.people["su"], self.made.numbers
        su.duties, su.regions, su.on_duty = ["care"], ["420000"], False
        officer = self.people["zhao"]
        cookie = seed_aid(self.session, self.rulebook, officer, numbers, NOW)
        self.made.chats["applicant"] = cookie
        seed_care(self.session, su, numbers, NOW)

    def _notices(self) -> None:
        for number, notice in enumerate(claim_due(self.session, "email", NOW, limit=100)):
            settle = mark_failed if number % 2 else mark_doubtful
            settle(self.session, notice, NOW, "refused 550", again=False)

    def _number(self, name: str, number: int) -> None:
        self.made.numbers[name] = number


def file(name: str, media: Any) -> NewFile:
    """A small picture; what the desk keeps was cleaned before, so a PDF may be any bytes."""
    picture = io.BytesIO()
    Image.new("RGB", (600, 800), "#c8d8d0").save(picture, "JPEG")
    content = picture.getvalue() if media == "image/jpeg" else b"%PDF-1.7\n"
    return NewFile(name, cast(Any, media), content, client_key=f"key {name}")
