"""What the actions take from a message, and what they leave."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from actions import facts, replies
from actions.context import rulebook


def message(text: str, *entities: dict[str, Any]) -> dict[str, Any]:
    return {"text": text, "intent": {"name": "inform", "confidence": 0.9}, "entities": entities}


def entity(text: str, said: str, kind: str, value: Any) -> dict[str, Any]:
    start = text.index(said)
    return {"entity": kind, "start": start, "end": start + len(said), "value": value}


def money(text: str, said: str, amount: str, per: str | None = None) -> dict[str, Any]:
    return entity(text, said, "money", {"amount": amount, "per": per})


def day(text: str, said: str, since: str, until: str, **more: Any) -> dict[str, Any]:
    value = {"from": since, "until": until, "precision": "day", "role": "point", **more}
    return entity(text, said, "date", value)


def test_what_was_really_paid_is_not_the_wage() -> None:
    text = "本来6000，现在发3000"
    told = message(text, money(text, "6000", "6000"), money(text, "3000", "3000"))
    found = facts.facts_in(told, "home_office_pay")
    assert found == {"monthly_wage": Decimal(6000), "paid_amount": Decimal(3000)}


def test_a_day_rate_is_never_a_monthly_wage() -> None:
    told = message("120一天", money("120一天", "120一天", "120", "day"))
    assert facts.facts_in(told, "wage_shutdown") == {}
    with pytest.raises(facts.UnreadableFact, match="wage_rate"):
        replies.answer_to(rulebook().facts["monthly_wage"], told)


def test_months_worked_are_not_months_owed() -> None:
    text = "干了5个月，还有2个月没给"
    lasting = [
        entity(text, said, "duration", {"text_unit": "month", "count": said[0]})
        for said in ("5个月", "2个月")
    ]
    assert facts.facts_in(message(text, *lasting), "wage_arrears") == {"months_owed": Decimal(2)}


def test_half_a_year_owed_is_six_months() -> None:
    half = entity("半年", "半年", "duration", {"text_unit": "year", "count": "0.5"})
    answer = replies.answer_to(rulebook().facts["months_owed"], message("半年", half))
    assert answer == Decimal(6)


def test_work_is_resumed_on_the_day_named_and_after_the_last_day_of_a_stop() -> None:
    resumed = "4月12号复工"
    stopped = "停到4月11号"
    at = day(resumed, "4月12号", "2026-04-12", "2026-04-13", role="end")
    last = day(stopped, "4月11号", "2026-04-11", "2026-04-12", role="end")
    for told in (message(resumed, at), message(stopped, last)):
        assert facts.facts_in(told, "wage_shutdown") == {"stop_until": date(2026, 4, 12)}


def test_a_bare_span_of_days_does_not_move_a_stoppage_already_dated() -> None:
    text = "16号到15号"
    told = message(text, day(text, text, "2026-10-16", "2026-11-16", role="range"))
    known = {"stop_from": date(2026, 9, 1)}
    assert replies.stated_outright(told, "wage_shutdown", known) == {}


def test_the_day_of_leaving_is_no_stoppage() -> None:
    text = "去年3月31号走的"
    told = message(text, day(text, "去年3月31号", "2025-03-31", "2025-04-01"))
    found = facts.facts_in(told, "wage_arrears")
    assert found == {"left_on": date(2025, 3, 31), "still_employed": "no"}


def test_a_choice_named_without_being_asked_is_kept() -> None:
    found = replies.volunteered(message("欠我一万二，还没走"), "wage_arrears")
    assert found == {"still_employed": "yes"}


@pytest.mark.parametrize("text", ["没有", "是", "现在正常上班", "要是不干了"])
def test_a_bare_word_or_a_condition_chooses_nothing_unasked(text: str) -> None:
    assert replies.volunteered(message(text), "wage_shutdown") == {}
    assert replies.volunteered(message(text), "wage_arrears") == {}


def test_a_yes_or_no_answers_by_how_the_labels_begin() -> None:
    industry = rulebook().facts["industry"]
    assert replies.answer_to(industry, message("是")) == "construction"
    assert replies.answer_to(industry, message("不是")) == "other"


@pytest.mark.parametrize(
    ("text", "said"), [("干了7天", "7天"), ("停了7天", "7天"), ("7天没干", "7天")]
)
def test_only_days_worked_mean_some_work(text: str, said: str) -> None:
    told = message(text, entity(text, said, "duration", {"text_unit": "day", "count": "7"}))
    answer = replies.answer_to(rulebook().facts["worked"], told)
    assert (answer == "some") == text.startswith("干了")


def test_years_and_months_together_answer_how_long_somebody_worked() -> None:
    text = "3年5个月"
    lasting = (
        entity(text, "3年", "duration", {"text_unit": "year", "count": "3"}),
        entity(text, "5个月", "duration", {"text_unit": "month", "count": "5"}),
    )
    asked = rulebook().facts["service_months"]
    assert replies.answer_to(asked, message(text, *lasting)) == Decimal(41)


def test_several_days_answer_on_which_days_somebody_worked() -> None:
    text = "1月25号和1月28号"
    named = [
        day(text, said, since, since)
        for said, since in (("1月25号", "2020-01-25"), ("1月28号", "2020-01-28"))
    ]
    asked = rulebook().facts["work_dates"]
    answer = replies.answer_to(asked, message(text, *named))
    assert answer == (date(2020, 1, 25), date(2020, 1, 28))
