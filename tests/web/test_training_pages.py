"""The training runs: asked for with one button, figures side by side, back with another."""

from datetime import datetime
from typing import Any

import pytest
import yaml

from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.people.accounts import Person
from gongyou.desk.teaching.runs import (
    Outcome,
    ask_training,
    claim_run,
    end_run,
    fetch_unfinished,
    record_release,
)
from gongyou.desk.teaching.table import Correction
from gongyou.web.texts import read_texts
from gongyou.wiring import Desk
from tests.fixtures import REPOSITORY
from tests.web.browser import StaffBrowser, post_form
from tests.web.desk_people import DeskPeople

PAGE = "/desk/teaching?tab=runs"
PRESENT = {"top1": 0.912, "wrong_confident": 0.021, "checks": 118, "checks_of": 120}
WORSE = PRESENT | {"top1": 0.897, "wrong_confident": 0.019, "checks": 116, "taught_lost": ["1"]}


@pytest.fixture
def officer_id(officer: Person) -> int:
    return officer.id


@pytest.fixture
def approved(desk: Desk, officer_id: int, now: datetime) -> int:
    """The number of a sentence that is to be learnt."""
    with desk.transaction() as session:
        chat = open_conversation(session, now)[0].id
        said = write_message(session, chat, sender="worker", text="下个月才发工资", now=now)
        correction = Correction(
            conversation_id=chat,
            message_id=said.id,
            topic="deferred_pay",
            facts={},
            text=said.text,
            state="approved",
            proposed_by=officer_id,
            proposed_at=now,
            settled_by=officer_id,
            settled_at=now,
        )
        session.add(correction)
        session.flush()
        return correction.id


def run(desk: Desk, now: datetime, state: Any, figures: Any = None, why: Any = ()) -> None:
    """A training that somebody asked for, done by the clerk."""
    with desk.transaction() as session:
        asked = ask_training(session, None, now)
        claim_run(session, now)
        end_run(session, asked.id, Outcome(state, "m.tar.gz", "0", figures, why), now)


async def press(page: StaffBrowser, path: str) -> tuple[int, str]:
    response = await post_form(page.client, f"/desk/teaching/{path}", {}, PAGE)
    return response.status, response.headers.get("Location") or await response.text()


async def test_without_anything_new_there_is_nothing_to_press(officer_page: StaffBrowser) -> None:
    _, html = await officer_page.page(PAGE)
    assert "训练新版本" not in html.split("<main")[1].split('class="empty"')[0]
    assert (await press(officer_page, "train"))[0] == 400


@pytest.mark.parametrize("role", ["officer", "editor"])
async def test_one_press_asks_for_a_training(
    people: DeskPeople, desk: Desk, approved: int, role: Any
) -> None:
    page = people.sign_in(role, "presser")
    assert "有 1 句同意了还没学" in (await page.page(PAGE))[1]
    assert await press(page, "train") == (303, f"{PAGE}&done=training_asked")
    with desk.reading() as session:
        assert fetch_unfinished(session) is not None
    assert people.actions()[-1] == "training.ask"


async def test_while_one_is_under_way_the_page_looks_again_and_offers_no_other(
    officer_page: StaffBrowser, approved: int
) -> None:
    await press(officer_page, "train")
    _, html = await officer_page.page(PAGE)
    assert f'data-again="{PAGE}&amp;auto"' in html
    assert "/desk/teaching/train" not in html
    assert "没有教的话" not in html  # what it learns is settled when it begins
    status, html = await press(officer_page, "train")
    assert (status, "等它完了再来" in html) == (400, True)


async def test_a_promoted_run_is_named_as_the_one_that_serves(
    officer_page: StaffBrowser, desk: Desk, approved: int, now: datetime
) -> None:
    run(desk, now, "promoted", {"present": PRESENT, "candidate": PRESENT})
    _, html = await officer_page.page(PAGE)
    assert "<strong>第 1 版</strong>，学了 1 句教的话" in html
    assert "退回这一版" not in html
    _, html = await officer_page.page("/desk/teaching?tab=approved")
    assert "机器人已经学会" in html


async def test_a_refused_run_says_why_with_both_figures(
    officer_page: StaffBrowser, desk: Desk, approved: int, now: datetime
) -> None:
    figures = {"present": PRESENT, "candidate": WORSE}
    run(desk, now, "refused", figures, ("worse_top1", "lost_taught", "unheard_of"))
    _, html = await officer_page.page(PAGE)
    assert "答对率比现在用的低" in html
    assert "（unheard_of）" in html
    assert '<td>91.2%</td><td class="worse">89.7%' in html
    assert '<td>2.1%</td><td class="better">1.9%' in html
    assert '<td>118 / 120</td><td class="worse">116 / 120' in html


async def test_a_refused_run_leads_to_the_sentences_that_spoke_against_it(
    officer_page: StaffBrowser, desk: Desk, approved: int, now: datetime
) -> None:
    named = {"taught_strange": [str(approved), "404"], "taught_lost": [str(approved)]}
    run(desk, now, "refused", {"present": PRESENT, "candidate": WORSE | named}, ("lost_taught",))
    _, html = await officer_page.page(PAGE)
    there = f'<a class="step" href="/desk/teaching?tab=approved#c{approved}">第 {approved} 条</a>'
    strange, lost = html.split("差得很远的：")[1].split("又答错的：")
    assert there in strange and there in lost
    assert "<span>第 404 条</span>" in strange  # its chat was erased
    assert f'id="c{approved}"' in (await officer_page.page("/desk/teaching?tab=approved"))[1]


async def test_a_broken_run_is_not_said_to_be_done(
    officer_page: StaffBrowser, desk: Desk, approved: int, now: datetime
) -> None:
    run(desk, now, "broken", why=("killed",))
    listed = (await officer_page.page(PAGE))[1].split('id="run-1"')[1]
    assert "</span> 停下" in listed and "</span> 做完" not in listed


async def test_a_promoted_run_names_no_sentences(
    officer_page: StaffBrowser, desk: Desk, approved: int, now: datetime
) -> None:
    figures = {"present": PRESENT, "candidate": PRESENT | {"taught_strange": [str(approved)]}}
    run(desk, now, "promoted", figures)
    assert "差得很远的：" not in (await officer_page.page(PAGE))[1]


def test_every_reason_a_run_may_have_is_worded() -> None:
    rules = yaml.safe_load((REPOSITORY / "evaluation" / "gate.yaml").read_text(encoding="utf-8"))
    reasons = {f"worse_{name}" for name in rules["folds"]}
    reasons |= {f"drifted_{name}" for name, rule in rules["folds"].items() if "drift" in rule}
    reasons |= {f"lost_{name}" for name in rules["may_lose"]}
    reasons |= {"strange_taught", "killed", "stopped", "failed", "not_loaded"}
    assert reasons == read_texts()["training_why"].keys()


async def test_one_press_leads_back_to_an_earlier_version(
    officer_page: StaffBrowser, desk: Desk, approved: int, now: datetime, people: DeskPeople
) -> None:
    with desk.transaction() as session:
        record_release(session, "m.tar.gz", "0", now)
    run(desk, now, "promoted")
    _, html = await officer_page.page(PAGE)
    assert html.count("退回这一版") == 1
    assert await press(officer_page, "runs/1/back") == (303, f"{PAGE}&done=rollback_asked")
    assert people.actions()[-1] == "training.roll_back"


@pytest.mark.parametrize(("number", "status"), [(1, 400), (404, 404)])
async def test_there_is_no_way_back_to_what_serves_or_never_was(
    officer_page: StaffBrowser, desk: Desk, approved: int, now: datetime, number: int, status: int
) -> None:
    run(desk, now, "promoted")
    assert (await press(officer_page, f"runs/{number}/back"))[0] == status
