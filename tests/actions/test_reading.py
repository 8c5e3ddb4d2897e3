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


def told(text: str, *found: tuple[str, str, Any]) -> dict[str, Any]:
    return message(text, *(entity(text, said, kind, value) for said, kind, value in found))


@pytest.mark.parametrize(
    ("text", "found", "topic", "facts_told"),
    [
        (
            "我怀孕28周流产了",
            [("28周", "pregnancy", {"count": "28", "unit": "week"})],
            "female_maternity",
            {"pregnancy_months": Decimal(7)},
        ),
        (
            "失业保险交了40个月",
            [("40个月", "contribution", {"months": "40", "kind": "unemployment"})],
            "subsidy_unemployment",
            {"contribution_months": 40},
        ),
        (
            "一个月加班60小时",
            [("60小时", "overtime", {"hours": "60", "per": "month"})],
            "overtime_pay",
            {"month_overtime_hours": Decimal(60)},
        ),
        (
            "公司裁员60人",
            [("60人", "headcount", {"count": 60, "of": "people"})],
            "dismissal_compensation",
            {"layoff_count": 60},
        ),
        (
            "我是派遣工",
            [("派遣工", "employment", "dispatched")],
            "wage_shutdown",
            {"employment_type": "dispatched"},
        ),
        (
            "厂里没订单，停了",
            [("没订单", "stop_cause", "employer")],
            "wage_shutdown",
            {"stop_cause": "employer", "stoppage_caused_by_worker": "no"},
        ),
        (
            "疫情防控，街道叫停的",
            [("街道叫停", "stop_cause", "government")],
            "wage_shutdown",
            {"stop_cause": "epidemic_order", "stoppage_caused_by_worker": "no"},
        ),
        (
            "在方舱住过",
            [("方舱", "isolation", "fangcang")],
            "quarantine_pay",
            {"isolation_order": "official", "isolation_disease": "covid"},
        ),
    ],
)
def test_a_circumstance_becomes_the_fact_it_certainly_means(
    text: str, found: list[tuple[str, str, Any]], topic: str, facts_told: dict[str, Any]
) -> None:
    assert facts.facts_in(told(text, *found), topic) == facts_told


@pytest.mark.parametrize(
    ("text", "found", "topic"),
    [
        ("在家隔离", [("在家隔离", "isolation", "home")], "quarantine_pay"),
        ("老板让我们跟劳务公司签", [("劳务公司", "employment", "dispatched")], "wage_shutdown"),
        (
            "有的派遣有的正式工",
            [("派遣", "employment", "dispatched"), ("正式工", "employment", "employee")],
            "wage_shutdown",
        ),
        ("我自己请假", [("我自己请假", "stop_cause", "worker")], "wage_shutdown"),
        (
            "社保交了3年",
            [("3年", "contribution", {"months": "36", "kind": "social"})],
            "subsidy_unemployment",
        ),
        (
            "加班8小时",
            [("8小时", "overtime", {"hours": "8", "per": None})],
            "overtime_pay",
        ),
        (
            "单位欠缴社保10个月",
            [("10个月", "duration", {"text_unit": "month", "count": "10"})],
            "wage_arrears",
        ),
        (
            "试用期6个月",
            [("6个月", "duration", {"text_unit": "month", "count": "6"})],
            "wage_arrears",
        ),
    ],
)
def test_what_is_not_certain_is_asked(
    text: str, found: list[tuple[str, str, Any]], topic: str
) -> None:
    assert facts.facts_in(told(text, *found), topic) == {}


def test_the_question_makes_a_figure_certain() -> None:
    asked = rulebook().facts
    social = told("社保交了3年", ("3年", "contribution", {"months": "36", "kind": "social"}))
    weeks = told("怀孕28周", ("28周", "pregnancy", {"count": "28", "unit": "week"}))
    people = told("三十几个人", ("三十几个人", "headcount", {"count": 30, "of": "people"}))
    assert replies.answer_to(asked["contribution_months"], social) == 36
    assert replies.answer_to(asked["pregnancy_months"], weeks) == Decimal(7)
    assert replies.answer_to(asked["workers_owed"], people) == 30


def test_of_two_choices_the_denied_one_leaves_the_other() -> None:
    asked = rulebook().facts["employment_type"]
    assert replies.answer_to(asked, message("不是派遣")) == "employee"
    assert replies.answer_to(asked, message("派遣")) == "dispatched"


def test_the_days_of_entry_leaving_and_isolation_are_told_apart() -> None:
    text = "2021年10月8日入职2026年3月31日走的"
    first = day(text, "2021年10月8日", "2021-10-08", "2021-10-09")
    last = day(text, "2026年3月31日", "2026-03-31", "2026-04-01")
    found = facts.readable_facts(message(text, first, last), None)
    assert found == {
        "hired_on": date(2021, 10, 8),
        "left_on": date(2026, 3, 31),
        "still_employed": "no",
    }
    text = "4月2日拉去集中隔离，4月16日解除隔离"
    began = day(text, "4月2日", "2026-04-02", "2026-04-03")
    lifted = day(text, "4月16日", "2026-04-16", "2026-04-17")
    assert facts.facts_in(message(text, began, lifted), "quarantine_pay") == {
        "isolated_from": date(2026, 4, 2),
        "isolated_until": date(2026, 4, 16),
    }


def test_a_month_of_entry_names_no_day() -> None:
    text = "2023年8月入职"
    month = day(text, "2023年8月", "2023-08-01", "2023-09-01", precision="month")
    assert facts.readable_facts(message(text, month), None) == {}


@pytest.mark.parametrize("text", ["7月10日发工资", "8月15日前结清", "2月19日加班", "8月28日开会"])
def test_a_day_on_which_something_else_happened_is_no_stoppage(text: str) -> None:
    said = text[: text.index("日") + 1]
    assert (
        facts.readable_facts(message(text, day(text, said, "2026-07-10", "2026-07-11")), None) == {}
    )


def test_years_worked_here_are_the_length_of_service() -> None:
    text = "我在这干了6年零4个月"
    lasting = (
        entity(text, "6年", "duration", {"text_unit": "year", "count": "6"}),
        entity(text, "4个月", "duration", {"text_unit": "month", "count": "4"}),
    )
    found = facts.facts_in(message(text, *lasting), "dismissal_compensation")
    assert found["service_months"] == Decimal(76)


@pytest.mark.parametrize(
    ("text", "topic", "meant"),
    [
        ("生育津贴怎么算", "female_maternity", {"maternity_matter": "allowance"}),
        ("公司不给钱，劳动仲裁的时效是多久", "dispute_procedure", {}),
        ("老婆生了，陪产假几天", "female_maternity", {}),
    ],
)
def test_which_question_is_meant_is_taken_only_when_one_is_named(
    text: str, topic: str, meant: dict[str, Any]
) -> None:
    assert replies.volunteered(message(text), topic) == meant
