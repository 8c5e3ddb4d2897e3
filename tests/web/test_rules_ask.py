"""「算一算」: one question after another, then the card; nothing in addresses, nothing kept."""

import pytest

from gongyou.settings import Settings
from tests.web.browser import post_form
from tests.web.conftest import Clock
from tests.web.rules_visitor import RulesVisitor

ASK = "/rules/ask/wage_arrears"
OWED = {
    "months_owed": "3",
    "monthly_wage": "5000",
    "still_employed": "yes",
    "industry": "other",
}
SHUTDOWN = {"region": "河南郑州", "stop_from": "2026-09-01"}


async def test_one_fact_is_asked_at_a_time_with_why_it_matters(visitor: RulesVisitor) -> None:
    text = await visitor.open(ASK)
    assert visitor.asked == "months_owed"
    assert "欠了你几个月工资？" in text and "就是欠你的数" in text
    assert visitor.html.count('name="asked"') == 1


async def test_number_money_and_date_fields_bring_the_right_keyboard_and_unit(
    visitor: RulesVisitor,
) -> None:
    text = await visitor.open(ASK)
    assert 'inputmode="decimal"' in visitor.html and "个月 继续" in text
    text = await visitor.answer("3")
    assert 'inputmode="decimal"' in visitor.html and "元 继续" in text
    await visitor.open("/rules/ask/wage_shutdown")
    await visitor.answer("焦作")
    assert 'type="date"' in visitor.html


async def test_choices_are_buttons_and_there_is_always_one_for_not_knowing(
    visitor: RulesVisitor,
) -> None:
    await visitor.open(ASK)
    assert "不清楚" in visitor.text
    await visitor.tell(months_owed="3", monthly_wage="5000")
    assert visitor.asked == "still_employed"
    for value in ("yes", "no", "unknown"):
        assert f'name="choice" value="{value}"' in visitor.html


async def test_what_was_told_is_listed_each_with_a_way_to_change_it(
    visitor: RulesVisitor,
) -> None:
    await visitor.open(ASK)
    text = await visitor.tell(months_owed="3", monthly_wage="5000")
    assert "欠了几个月 3 个月 改" in text and "月工资 5,000 元 改" in text


async def test_the_answer_is_the_chats_card_in_its_order(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    text = await visitor.tell(**OWED)
    assert visitor.asked == "" and "15,000 元" in text
    parts = ["怎么算的", "依据", "你可以这样做", "说明"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert text.index("15,000 元") < text.index("怎么算的")


async def test_the_answer_shows_ways_to_people(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    text = await visitor.tell(**OWED)
    for number in ("12351", "12333", "12348"):
        assert f'href="tel:{number}"' in visitor.html
    assert "问机器人" in text and "找律师" in text
    assert 'href="/?about=wage_arrears"' in visitor.html


async def test_a_changed_fact_is_computed_again_beside_the_answer_before(
    visitor: RulesVisitor,
) -> None:
    await visitor.open(ASK)
    before = await visitor.tell(**OWED)
    await visitor.change("months_owed")
    assert visitor.asked == "months_owed" and 'value="3"' in visitor.html
    text = await visitor.answer("4")
    assert "20,000 元" in text
    assert "刚才算的" in text and "刚才算的" not in before


async def test_another_region_is_computed_with_the_same_facts(visitor: RulesVisitor) -> None:
    await visitor.open("/rules/ask/wage_shutdown")
    facts = {"monthly_wage": "4000", "worked": "none", "pay_cycle_start_day": "1"}
    await visitor.tell(**SHUTDOWN, **facts)
    await visitor.change("region")
    assert 'value="河南省郑州市"' in visitor.html
    text = await visitor.answer("深圳")
    assert "广东省深圳市" in text and "4,000" in text


async def test_a_fact_that_was_not_asked_can_be_added(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    await visitor.tell(**OWED)
    await visitor.change("owed_amount")
    text = await visitor.answer("9000")
    assert "9,000 元" in text


async def test_changing_can_be_given_up(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    await visitor.tell(**OWED)
    await visitor.change("months_owed")
    assert "15,000 元" in await visitor.keep()


async def test_not_knowing_goes_on_and_the_answer_says_what_is_missing(
    visitor: RulesVisitor,
) -> None:
    await visitor.open(ASK)
    await visitor.choose("unknown")
    assert visitor.asked and visitor.asked != "months_owed"
    text = await visitor.tell(**OWED)
    assert "「欠了几个月」还不清楚" in text


async def test_the_day_of_the_law_is_today_until_another_is_chosen(
    visitor: RulesVisitor, clock: Clock
) -> None:
    text = await visitor.open(ASK)
    assert "按今天（2026年11月21日）的规定" in text
    await visitor.tell(**OWED)
    text = await visitor.switch_day("1994-12-31")
    assert "没有查到规定" in text and "按1994年12月31日的规定" in text


async def test_a_link_may_name_the_day(visitor: RulesVisitor) -> None:
    assert "按2020年1月25日的规定" in await visitor.open(ASK, on="2020-01-25")


async def test_a_day_that_is_none_is_said_and_nothing_told_is_lost(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    await visitor.answer("3")
    text = await visitor.switch_day("2026-02-30")
    assert "「日期」没看懂：2026-02-30" in text and 'value="2026-02-30"' in visitor.html
    assert "欠了几个月 3 个月" in text


async def test_what_cannot_be_read_is_said_beside_the_field_and_kept(
    visitor: RulesVisitor,
) -> None:
    await visitor.open(ASK)
    await visitor.answer("3")
    text = await visitor.answer("四千多吧")
    assert visitor.status == 400 and visitor.asked == "monthly_wage"
    assert "「月工资」要写每个月的钱数" in text
    assert 'value="四千多吧"' in visitor.html and 'aria-invalid="true"' in visitor.html
    assert "欠了几个月 3 个月" in text


async def test_an_empty_answer_is_asked_for_again(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    assert "还没填" in await visitor.answer("  ")
    assert visitor.asked == "months_owed"


async def test_an_unfilled_change_keeps_what_was_told(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    await visitor.tell(**OWED)
    await visitor.change("months_owed")
    await visitor.answer("")
    assert visitor.form('name="asked"')["fact.months_owed"] == "3"


async def test_a_place_of_several_names_offers_each_as_a_button(visitor: RulesVisitor) -> None:
    await visitor.open("/rules/ask/wage_shutdown")
    text = await visitor.answer("鼓楼区")
    assert "不止一个" in text and 'value="320106">江苏省南京市鼓楼区' in visitor.html
    await visitor.choose("320106")
    assert visitor.asked == "stop_from" and "江苏省南京市鼓楼区" in visitor.text


async def test_a_fact_that_contradicts_another_is_shown_at_that_fact(
    visitor: RulesVisitor,
) -> None:
    await visitor.open("/rules/ask/wage_shutdown")
    facts = {"monthly_wage": "4000", "worked": "none", "pay_cycle_start_day": "1"}
    await visitor.tell(**SHUTDOWN, **facts)
    await visitor.change("stop_until")
    await visitor.answer("2026-10-01")
    await visitor.change("stop_from")
    text = await visitor.answer("2026-11-01")
    assert visitor.status == 400 and visitor.asked == "stop_until"
    assert "复工要晚于停工" in text and 'value="2026-10-01"' in visitor.html
    assert "停工从哪天开始 2026年11月1日" in text


async def test_a_day_before_the_facts_is_said_at_the_fact(visitor: RulesVisitor) -> None:
    await visitor.open("/rules/ask/wage_shutdown")
    await visitor.tell(**SHUTDOWN)
    await visitor.switch_day("2026-08-01")
    assert visitor.asked == "stop_from" and 'value="2026-09-01"' in visitor.html


async def test_where_no_rule_covers_it_the_reason_and_people_are_shown(
    visitor: RulesVisitor,
) -> None:
    await visitor.open("/rules/ask/wage_shutdown")
    text = await visitor.answer("香港")
    text = await visitor.tell(stop_from="2026-09-01")
    assert "香港、澳门、台湾" in text and "12351" in text and "换个情况再算" in text


async def test_a_topic_that_asks_nothing_answers_at_once(visitor: RulesVisitor) -> None:
    text = await visitor.open("/rules/ask/legal_aid")
    assert visitor.asked == "" and "依据" in text


@pytest.mark.parametrize("method", ["get", "post"])
async def test_a_topic_that_is_not_there_says_so(visitor: RulesVisitor, method: str) -> None:
    await visitor.open(ASK)
    fields = visitor.form('name="asked"')
    send = visitor.client.get if method == "get" else visitor.client.post
    response = await send("/rules/ask/nope", **({} if method == "get" else {"data": fields}))
    assert response.status == 404 and "没有这一类" in await response.text()


async def test_facts_travel_in_bodies_only(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    await visitor.tell(**OWED)
    assert "5000" not in "".join(str(cookie.value) for cookie in visitor.client.session.cookie_jar)
    assert 'method="get"' not in visitor.html
    assert visitor.headers["Cache-Control"] == "no-store"


async def test_facts_in_the_address_are_not_read(visitor: RulesVisitor) -> None:
    text = await visitor.open(ASK, **{"fact.months_owed": "3", "change": "months_owed"})
    assert visitor.asked == "months_owed" and "你说过的" not in text


async def test_a_form_of_another_site_is_refused(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    response = await visitor.client.post(ASK, data={"asked": "months_owed", "answer": "3"})
    assert response.status == 400 and "这个页面放得太久了" in await response.text()


async def test_hidden_fields_that_were_tampered_with_are_asked_again(
    visitor: RulesVisitor,
) -> None:
    await visitor.open(ASK)
    tampered = {"fact.months_owed": "<b>x</b>", "fact.no_such_fact": "1"}
    response = await post_form(visitor.client, ASK, tampered)
    html = await response.text()
    assert response.status == 400 and "「欠了几个月」要写" in html
    assert "<b>x" not in html and "no_such_fact" not in html


async def test_told_words_reach_no_log(
    visitor: RulesVisitor, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    await visitor.open(ASK)
    await visitor.answer("四千多吧")
    assert "四千多吧" not in caplog.text


async def test_who_is_sent_to_the_distress_line_gets_the_other_numbers_at_once(
    visitor: RulesVisitor,
) -> None:
    text = await visitor.open("/rules/ask/psychological")
    text = await visitor.choose("urgent")
    assert 'href="tel:12356"' in visitor.html and 'href="tel:110"' in visitor.html
    assert text.index("可以马上打") < text.index("依据")


async def test_a_sum_of_money_never_brings_the_numbers_of_a_crisis(visitor: RulesVisitor) -> None:
    await visitor.open(ASK)
    await visitor.tell(**OWED | {"months_owed": "1", "monthly_wage": "12356"})
    assert "可以马上打" not in visitor.text
