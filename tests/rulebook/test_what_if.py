"""The same case in another place, on another day, with another fact: what that changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongyou.rulebook import (
    Answer,
    Difference,
    FactError,
    FactValue,
    NeedFacts,
    Question,
    read_rulebook,
    render_difference,
    what_if,
)

BOOK = read_rulebook(Path(__file__).parents[2] / "rulebook")
TODAY = date(2026, 11, 21)
STOPPED: dict[str, FactValue] = {
    "region": "110000",
    "stop_from": date(2020, 2, 3),
    "stop_until": date(2020, 4, 1),
    "monthly_wage": Decimal(4000),
    "worked": "none",
    "pay_cycle_start_day": 1,
}


def stopped(on: date | None = None, **changed: FactValue | None) -> Difference:
    return what_if(BOOK, Question("wage_shutdown", STOPPED, TODAY), changed, on)


def test_another_region_pays_another_allowance() -> None:
    one = stopped(region="410802").amounts[0]
    assert (one.before, one.after, one.difference) == (Decimal(5540), Decimal(5520), Decimal(-20))


def test_the_difference_is_after_less_before() -> None:
    assert stopped(monthly_wage=Decimal(4500)).amounts[0].difference == Decimal(500)


def test_the_rules_that_left_and_came_are_named() -> None:
    changed = stopped(region="410802")
    assert any(one.startswith("BJ-") for one in changed.left)
    assert any(one.startswith("HA-") for one in changed.came)
    assert not set(changed.left) & set(changed.came)


def test_when_it_happened_is_a_fact_and_picks_the_law_of_that_day() -> None:
    later = stopped(stop_from=date(2024, 2, 3), stop_until=date(2024, 4, 1))
    assert later.amounts[0].after != later.amounts[0].before
    assert any("min_wage_monthly 110000" in one for one in later.came)


def test_another_day_moves_the_question_and_leaves_what_happened() -> None:
    changed = stopped(on=date(2020, 5, 1))
    assert changed.instead.on == date(2020, 5, 1)
    assert changed.amounts[0].difference == 0


def test_nothing_changed_makes_no_difference() -> None:
    changed = stopped()
    assert (changed.left, changed.came, changed.amounts[0].difference) == ((), (), Decimal(0))


def test_a_figure_that_may_be_one_of_several_makes_no_sure_difference() -> None:
    one = stopped(region="410800").amounts[0]
    assert (one.after, one.difference) == (None, None)
    assert one.between_after == (Decimal(5360), Decimal(5520))


def test_a_fact_taken_away_is_asked_for() -> None:
    changed = stopped(monthly_wage=None)
    assert isinstance(changed.before, Answer)
    assert changed.after == NeedFacts("wage_shutdown", ("monthly_wage",))
    assert changed.amounts[0].after is None


def test_a_changed_fact_that_cannot_be_true_is_refused() -> None:
    with pytest.raises(FactError) as caught:
        stopped(stop_until=date(2020, 1, 1))
    assert caught.value.name == "stop_until"


def test_in_words_the_change_and_the_difference_come_first() -> None:
    lines = render_difference(BOOK, stopped(region="410802"))
    assert lines[0] == "换成：上班的地方 河南省焦作市解放区"
    assert "少 20 元（原来 5,540 元，换了以后 5,520 元）" in lines[1]


def test_in_words_both_conclusions_follow_and_the_rules_that_changed() -> None:
    text = "\n".join(render_difference(BOOK, stopped(region="410802")))
    for part in ("原来：停工这段时间", "换了以后：停工这段时间", "不再用：北京", "改用：河南"):
        assert part in text


def test_in_words_the_day_of_the_question_is_named() -> None:
    assert render_difference(BOOK, stopped(on=date(2020, 5, 1)))[0] == "换成：在2020年5月1日问"


ON_TIME: dict[str, FactValue] = {
    "region": "410100",
    "returned_on": date(2020, 3, 22),
    "union_card": "yes",
    "health_proof": "yes",
    "applied_on": date(2020, 3, 25),
}


def fare(**changed: FactValue | None) -> Difference:
    return what_if(BOOK, Question("subsidy_transport", ON_TIME, TODAY), changed)


def test_what_may_be_applied_for_before_and_no_longer() -> None:
    changed = fare(union_card="no")
    [one] = changed.eligibility
    assert (one.before, one.after) == (True, False)
    assert any("原来能申请，换了以后不能申请" in line for line in render_difference(BOOK, changed))


def test_where_there_is_no_such_scheme_it_is_not_judged() -> None:
    changed = fare(region="110000")
    [one] = changed.eligibility
    assert (one.after, one.judged_before, one.judged_after) == (None, True, False)
    assert any("换了以后没有这一项" in line for line in render_difference(BOOK, changed))
