"""The auditor's trail, the editor's rules, the administrator's notices."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from gongyou.desk.notices.outbox import claim_due, mark_failed, put_notice
from gongyou.desk.tables import audit
from gongyou.rulebook import Rulebook
from gongyou.web.texts import read_texts
from gongyou.wiring import Desk
from tests.fixtures import REPOSITORY
from tests.web.browser import StaffBrowser
from tests.web.conftest import Clock
from tests.web.desk_people import DeskPeople, send

TRAIL = "/desk/trail"
ROW = re.compile(r'data-label="第几条">(\d+)<')


@pytest.fixture
async def auditor(people: DeskPeople) -> StaffBrowser:
    return people.sign_in("auditor")


def write(desk: Desk, clock: Clock, *events: tuple[str, str, str]) -> None:
    with desk.transaction() as session:
        for event in events:
            audit.record(session, *event, clock())


# the trail


async def test_the_trail_is_told_in_words(auditor: StaffBrowser, desk: Desk, clock: Clock) -> None:
    write(desk, clock, ("worker", "ticket.open", "ticket:5"))
    _, html = await auditor.page(TRAIL)
    for words in ("职工", "交来工单", "工单 5 号", "周审计"):
        assert words in html


async def test_reading_the_trail_is_in_the_trail(auditor: StaffBrowser, people: DeskPeople) -> None:
    await auditor.page(TRAIL)
    assert people.actions()[-1] == "trail.read"


@pytest.mark.parametrize(
    "query", ["kind=ticket&number=5", "actor=worker", "action=ticket.open", "number=5"]
)
async def test_it_is_narrowed(auditor: StaffBrowser, desk: Desk, clock: Clock, query: str) -> None:
    events = [("worker", "ticket.open", "ticket:5"), ("person:9", "ticket.read", "ticket:6")]
    write(desk, clock, *events)
    assert ROW.findall((await auditor.page(f"{TRAIL}?{query}"))[1]) == ["2"]


async def test_it_is_narrowed_to_a_day_in_china(
    auditor: StaffBrowser, desk: Desk, clock: Clock
) -> None:
    clock.pass_by(hours=15)  # 2026-11-22 00:00 in China
    write(desk, clock, ("worker", "ticket.open", "ticket:5"))
    clock.pass_by(hours=-15)
    assert ROW.findall((await auditor.page(f"{TRAIL}?day=2026-11-22"))[1]) == ["2"]


@pytest.mark.parametrize(
    ("query", "says"), [("number=五", "「编号」要填数字"), ("day=昨天", "「日期」没看懂：昨天")]
)
async def test_a_wrong_field_is_named(auditor: StaffBrowser, query: str, says: str) -> None:
    status, html = await auditor.page(f"{TRAIL}?{query}")
    assert status == 400 and says in html


async def test_a_hundred_a_page_and_then_the_older(
    auditor: StaffBrowser, desk: Desk, clock: Clock
) -> None:
    write(desk, clock, *[("worker", "ticket.open", f"ticket:{n}") for n in range(120)])
    _, html = await auditor.page(f"{TRAIL}?actor=worker")
    assert ROW.findall(html) == [str(n) for n in range(121, 21, -1)]
    assert f"{TRAIL}?actor=worker&amp;before=22" in html
    _, older = await auditor.page(f"{TRAIL}?actor=worker&before=22")
    assert ROW.findall(older) == [str(n) for n in range(21, 1, -1)]


async def test_a_whole_trail_is_said_to_be_whole(auditor: StaffBrowser) -> None:
    status, html = await send(auditor, TRAIL, f"{TRAIL}/verify")
    assert status == 200 and "审计记录是完整的" in html


async def test_the_first_broken_event_is_named(
    auditor: StaffBrowser, desk: Desk, clock: Clock
) -> None:
    write(desk, clock, *[("worker", "ticket.open", f"ticket:{n}") for n in range(3)])
    with desk.engine.begin() as connection:
        for (trigger,) in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).all():
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE audit_events SET subject = 'ticket:9' WHERE id = 3"))
    _, html = await send(auditor, TRAIL, f"{TRAIL}/verify")
    assert "从第 3 条起" in html


def test_every_action_the_sources_record_has_its_words() -> None:
    found = set()
    for source in (REPOSITORY / "gongyou").rglob("*.py"):
        found |= actions_in(source)
    assert len(found) > 20
    assert found <= read_texts()["trail_actions"].keys()


def actions_in(source: Path) -> set[str]:
    """`"ticket.open"` in a call of `record(session, actor, "ticket.open", …)`."""
    call = re.compile(r'\brecord\(\s*session,[^"]*"([a-z_]+\.[a-z_]+)"')
    return set(call.findall(source.read_text(encoding="utf-8")))


# the rules to verify


@pytest.fixture
async def editor(people: DeskPeople) -> StaffBrowser:
    return people.sign_in("editor")


async def test_the_page_counts_what_is_not_verified(
    editor: StaffBrowser, rulebook: Rulebook
) -> None:
    rules = [rule for topic in rulebook.topics.values() for rule in topic.rules]
    waiting = [rule for rule in rules if rule.status != "verified"]
    assert f"一共 {len(waiting)} 条" in (await editor.page("/desk/rules-review"))[1]


async def test_a_topic_shows_its_rules_with_their_links(
    editor: StaffBrowser, rulebook: Rulebook
) -> None:
    topic = rulebook.topics["wage_shutdown"]
    _, html = await editor.page("/desk/rules-review?topic=wage_shutdown")
    for rule in topic.rules:
        assert (f'href="/rules/{rule.id}"' in html) == (rule.status != "verified")


async def test_a_province_shows_its_cities_rules(editor: StaffBrowser) -> None:
    _, html = await editor.page("/desk/rules-review?province=410000")
    assert "河南省焦作市" in html and "湖南省" not in html.partition("找到")[2]


# the notices


async def test_a_failed_notice_is_shown_and_sent_again(
    people: DeskPeople, desk: Desk, clock: Clock
) -> None:
    admin = people.sign_in("admin")
    with desk.transaction() as session:
        put_notice(
            session,
            dedupe_key="withdrawn:5",
            kind="withdrawn",
            channel="email",
            person_id=1,
            subject="ticket:5",
            values={"ticket": 5},
            now=clock(),
        )
        (claimed,) = claim_due(session, "email", clock())
        mark_failed(session, claimed, clock(), "refused 550", again=False)
    _, html = await admin.page("/desk/notices")
    for words in ("职工撤回", "工单 5 号", "对方邮件服务器不收（550）", "没发出去"):
        assert words in html
    assert (await send(admin, "/desk/notices", "/desk/notices/1/again"))[0] == 303
    assert "没有发不出去的通知" in (await admin.page("/desk/notices"))[1]
    assert people.actions()[-1] == "notice.again"
