"""What officers keep beside their cases, and their ready answers: for looking at the pages."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person
from gongyou.desk.review.canned import Wording, add_canned
from gongyou.desk.review.flags import flag_case
from gongyou.desk.review.later import save_for_later
from gongyou.desk.review.notes import write_note
from gongyou.desk.review.tags import add_tag

NOTES = (
    "打过电话，本人说厂里还有二十来个人一样的情况，月底想一起来。",
    "跟市总法工部说了，周三一起去厂里看看。\n先不跟厂里说是谁反映的。",
)
CANNED = (
    Wording("", "打招呼", "你好，我是工会的。你说的我看到了，我先问几件事，再告诉你怎么办。"),
    Wording("", "先留证据", "先把工资条、停工通知、微信聊天记录都留好，拍照存一份。"),
    Wording("wage_shutdown", "停工工资先协商", "可以先书面跟厂里要，不行我们陪你去劳动监察。"),
)


def seed_tools(session: Session, officer: Person, numbers: dict[str, Any], now: datetime) -> None:
    """Two cases with everything on them, one of which is due today."""
    for number, day in ((numbers["call, accepted"], now.date()), (numbers["review"], None)):
        flag_case(session, number, officer, now)
        for tag in ("已报市总", "二十人以上", "要回访"):
            add_tag(session, number, officer, tag, now)
        for text in NOTES:
            write_note(session, number, officer, text, text[:5], now)
        save_for_later(session, number, officer, day, now)
    save_for_later(session, numbers["call"], officer, date(2026, 12, 9), now)
    made = [add_canned(session, officer, one, one.title, now) for one in CANNED]
    numbers["canned"] = made[0].id
