"""How long the rulebook takes to load and to answer, with 10,000 rules in it.

    PYTHONPATH=. .venv/bin/python -m bench.rulebook_speed
    .tools/bin/uv run --no-project --python 3.13 --with openfisca-core \\
        python bench/openfisca_stoppage.py

The rules over and above the real ones are copies of them, put in force in counties all over the
country at other times. Questions are drawn with a fixed seed: a place, a wage, a stoppage.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from gongyou.clock import china_now
from gongyou.rulebook import Answer, Question, Rulebook, evaluate, read_rulebook, render_card
from gongyou.rulebook.checking.lint import lint
from gongyou.rulebook.judging.index import RuleIndex
from gongyou.rulebook.model import Rule

ROOT = Path(__file__).parents[1] / "rulebook"
RULES, QUESTIONS, ROUNDS = 10_000, 5_000, 5
DRAW = random.Random(20261121)


def filled(rulebook: Rulebook, count: int) -> Rulebook:
    """The rulebook with copies of its rules in other places, until there are `count`."""
    counties = [code for code in rulebook.regions.by_code if rulebook.regions.is_county(code)]
    real = [rule for topic in rulebook.topics.values() for rule in topic.rules]
    copies = [_copy(DRAW.choice(real), DRAW.choice(counties), n) for n in range(count - len(real))]
    topics = {
        name: replace(topic, rules=(*topic.rules, *(r for r in copies if r.topic == name)))
        for name, topic in rulebook.topics.items()
    }
    return replace(rulebook, topics=topics, in_force=RuleIndex(topics.values()).in_force)


def _copy(rule: Rule, region: str, number: int) -> Rule:
    since = date(2000, 1, 1) + timedelta(days=DRAW.randrange(9_000))
    return replace(rule, id=f"{rule.id}-{number}", region=region, since=since, until=None)


def stoppages(rulebook: Rulebook, months: int) -> Iterator[Question]:
    """Workers sent home for so many calendar months, somewhere, some time since 2020."""
    counties = [code for code in rulebook.regions.by_code if code < "700000"]
    for _ in range(QUESTIONS):
        start = date(DRAW.randrange(2020, 2026), DRAW.randrange(1, 13), 1)
        end = start
        for _ in range(months):
            end = (end + timedelta(days=31)).replace(day=1)
        facts = {
            "region": DRAW.choice(counties), "stop_from": start, "stop_until": end,
            "monthly_wage": Decimal(DRAW.randrange(2_500, 12_000)), "worked": "none",
            "pay_cycle_start_day": 1,
        }  # fmt: skip
        yield Question("wage_shutdown", facts, date(2026, 11, 21))


def per_second(questions: list[Question], work: Callable[[Question], object]) -> float:
    """Questions a second of one core, median of several rounds; the first only warms up."""
    rates = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        for question in questions:
            work(question)
        rates.append(len(questions) / (time.process_time() - start))
    return statistics.median(rates[1:])


def main() -> None:
    """Print each figure with what it was measured on."""
    start = time.perf_counter()
    rulebook = read_rulebook(ROOT)
    loaded = time.perf_counter()
    findings = lint(rulebook, china_now().date())
    checked = time.perf_counter()
    count = sum(len(topic.rules) for topic in rulebook.topics.values())
    print(f"load {count} rules {loaded - start:.2f} s, lint {checked - loaded:.2f} s", end="")
    print(f", {len(findings)} findings")
    many = filled(rulebook, RULES)
    for months in (1, 3):
        questions = list(stoppages(many, months))
        answers = sum(isinstance(evaluate(many, q), Answer) for q in questions)
        rate = per_second(questions, lambda q: evaluate(many, q))
        told = per_second(questions[:500], lambda q: _card(many, q))
        print(
            f"{RULES} rules, stoppage of {months} pay cycle(s), {answers} of {QUESTIONS} answered: "
            f"{rate:,.0f} evaluations/s; {told:,.0f} whole cards/s"
        )


def _card(rulebook: Rulebook, question: Question) -> None:
    answer = evaluate(rulebook, question)
    if isinstance(answer, Answer):
        render_card(rulebook, answer, question.facts)


if __name__ == "__main__":
    main()
