"""A rulebook of one made-up topic, read from real files in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongyou.rulebook import (
    Answer,
    FactValue,
    NeedFacts,
    NoRule,
    Question,
    Rulebook,
    evaluate,
    read_rulebook,
)

REAL = Path(__file__).parents[2] / "rulebook"
TODAY = date(2026, 11, 21)
FACT = "label: {0}, ask: {0}是多少？, why: 要用, wrong: 「{0}」用不上。"
FACTS = f"""\
facts:
  region: {{type: region, {FACT.format("地方")}}}
  wage: {{type: money, {FACT.format("工资")}, min: "0"}}
  paid: {{type: money, {FACT.format("已发")}, min: "0"}}
  began: {{type: date, {FACT.format("开始")}}}
  ended: {{type: date, {FACT.format("结束")}, after: began}}
  months: {{type: number, {FACT.format("月数")}, formula: "MONTHS(began, ended)"}}
  workdays: {{type: number, {FACT.format("工作日")}}}
  work_dates: {{type: dates, {FACT.format("日子")}}}
  compensated_dates: {{type: dates, {FACT.format("补休")}}}
  overtime_days: {{type: number, {FACT.format("天数")}}}
  overtime_hours: {{type: number, {FACT.format("小时")}}}
  compensated: {{type: choice, {FACT.format("补不补")}, choices: [{{value: "yes", label: 补}}, {{value: "no", label: 不补}}]}}
  day_kind: {{type: choice, {FACT.format("哪种")}, choices: [{{value: rest, label: 休息日}}, {{value: workday, label: 上班日}}, {{value: statutory, label: 节日}}]}}
  member: {{type: choice, {FACT.format("会员")}, choices: [{{value: "yes", label: 是}}, {{value: "no", label: 不是}}]}}
"""  # noqa: E501
BASIS = "basis: [{document: 示例文件, number: 示例1号, from: 2000-01-01}], status: verified"


@dataclass(frozen=True)
class Tiny:
    """The folder and the rulebook read from it; `ask` puts a question of the topic `tiny`."""

    path: Path
    book: Rulebook

    def ask(self, on: date = TODAY, **facts: FactValue) -> Answer | NeedFacts | NoRule:
        return evaluate(self.book, Question("tiny", facts, on))

    def answer(self, on: date = TODAY, **facts: FactValue) -> Answer:
        outcome = self.ask(on, **facts)
        assert isinstance(outcome, Answer), outcome
        return outcome


def rule(name: str, **keys: str) -> str:
    """One rule as YAML, in force since 2000 unless `since` (and `until`) say otherwise."""
    since = keys.pop("since", "2000-01-01")
    made = {"title": name, "from": since, "says": name, **keys}
    listed = ", ".join(f"{key}: {value}" for key, value in made.items())
    return f"- {{id: {name}, {listed}, {'' if 'basis' in keys else BASIS}}}\n"


def tiny(
    folder: Path,
    *rules: str,
    head: str = "facts: []",
    regional: Mapping[str, str] | None = None,
    parameters: Mapping[str, str] | None = None,
) -> Tiny:
    """Writes and reads it. `regional`: a region's folder name -> its rules."""
    root = folder / "rulebook"
    for name in ("facts", "national", "parameters"):
        (root / name).mkdir(parents=True)
    for name in ("regions.csv", "calendar.csv", "words.yaml"):
        shutil.copy(REAL / name, root / name)
    (root / "facts" / "all.yaml").write_text(FACTS, encoding="utf-8")
    top = f"topic: tiny\ntitle: 小题\n{head}\nwords: {{no_rule: 没有。}}\nrules:\n"
    (root / "national" / "tiny.yaml").write_text(top + "".join(rules), encoding="utf-8")
    for place, text in (regional or {}).items():
        (root / "regions" / place).mkdir(parents=True)
        file = root / "regions" / place / "tiny.yaml"
        file.write_text("topic: tiny\nrules:\n" + text, encoding="utf-8")
    for name, values in (parameters or {}).items():
        text = f"parameter: {name}\ntitle: {name}\nunit: 元/月\nvalues:\n{values}"
        (root / "parameters" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Tiny(root, read_rulebook(root))
