"""Rules that were corrected after people had been told them: how many people, which cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.answers.recall import ChangedRule, Contents, changed_answers, count_told
from gongyou.desk.people.accounts import Person
from gongyou.web.keys import DESK, RULE_CONTENTS
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import case_path
from gongyou.web.staff.pages import render
from gongyou.web.texts import read_texts
from gongyou.web.threads import read_desk

PAGE = "/desk/recall"
STEP = 5  # people are counted in steps, so that no two looks tell who came or went


@dataclass(frozen=True)
class Line:
    """A corrected rule. `told`, `offered`: how many, in words; `offered` is "" for too few.

    `cases`: number and address of those this person may read.
    """

    title: str
    link: str
    is_gone: bool
    told: str
    offered: str
    cases: Sequence[tuple[int, str]]


@permitted("recall.read")
async def show_recall(request: web.Request, person: Person) -> web.Response:
    """Here they are only counted; each worker is offered the new answer on their return."""
    contents, setting = request.app[RULE_CONTENTS], setting_of(request)
    lines, people = await read_desk(request.app[DESK], _read, person, contents, setting)
    context = {"here": PAGE, "lines": lines, "people": show_count(people)}
    return render(request, person, "desk/review/recall.html", context)


def _read(
    session: Any, person: Person, contents: Contents, setting: Setting
) -> tuple[list[Line], int]:
    changed = changed_answers(session, contents, person)
    return [_line(one, setting) for one in changed], count_told(session, contents, person)


def _line(changed: ChangedRule, setting: Setting) -> Line:
    title, link = name_rule(changed.rule_id, setting)
    return Line(
        title=title,
        link=link,
        is_gone=changed.is_gone,
        told=show_count(changed.people),
        offered=show_count(changed.offered) if changed.offered >= STEP else "",
        cases=[(number, case_path(number)) for number in changed.tickets],
    )


def show_count(people: int) -> str:
    """「10 人以上」 for 10 to 14, 「不到 5 人」 for less than five."""
    words = read_texts()["recall_counts"]
    whole = people // STEP * STEP
    return str(words["some" if whole else "few"]).format(people=whole or STEP)


def name_rule(rule_id: str, setting: Setting) -> tuple[str, str]:
    """A rule's title and page; a figure's title, place and first day; else the id as it was."""
    entry = setting.catalogue.find(rule_id)
    if entry is not None:
        return entry.rule.title, f"/rules/{rule_id}"
    key, _, rest = rule_id.partition(" ")
    parameter = setting.rulebook.parameters.get(key)
    region, _, details = rest.partition(" ")
    if parameter is None:
        return rule_id, ""
    return f"{parameter.title}（{setting.names.place(region)} {details}）", ""
