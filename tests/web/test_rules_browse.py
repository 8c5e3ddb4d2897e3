"""GET /rules: the topics, the search, and what each filter does."""

import re

import pytest

from gongyou.rulebook import Rulebook
from tests.web.rules_visitor import RulesVisitor

ZHENGZHOU_OLD, ZHENGZHOU_NEW = "HA-WS-004", "HA-WS-005"  # until and from 2020-01-26
LISTED = re.compile(r'class="title" href="/rules/([\w.-]+)"')


def listed(visitor: RulesVisitor) -> list[str]:
    """The rules on the page."""
    return LISTED.findall(visitor.html)


async def test_every_topic_is_listed_with_the_number_of_its_rules_in_force(
    visitor: RulesVisitor, rulebook: Rulebook, clock: object
) -> None:
    text = await visitor.open("/rules")
    assert visitor.status == 200
    for topic in rulebook.topics.values():
        assert topic.title in text
        assert f'href="/rules/ask/{topic.name}"' in visitor.html
    assert not listed(visitor)


async def test_words_are_found_in_sentences_titles_and_document_names(
    visitor: RulesVisitor,
) -> None:
    await visitor.open("/rules", q="工资支付暂行规定", topic="wage_shutdown")
    assert "CN-WS-001" in listed(visitor)


@pytest.mark.parametrize("typed", ["489", "劳部发〔1994〕489号", "劳部发[1994]489号"])
async def test_a_document_is_found_by_its_number_however_it_is_typed(
    visitor: RulesVisitor, typed: str
) -> None:
    await visitor.open("/rules", q=typed, topic="wage_shutdown")
    assert "CN-WS-001" in listed(visitor)


async def test_all_words_must_be_there(visitor: RulesVisitor) -> None:
    text = await visitor.open("/rules", q="停工 没有这样的词")
    assert "没有找到" in text and not listed(visitor)


async def test_a_rule_says_what_holds_where_since_when_and_how_well_it_is_checked(
    visitor: RulesVisitor,
) -> None:
    text = await visitor.open("/rules", q="郑州", topic="wage_shutdown")
    assert "没有活干，发生活费" in text
    assert "河南省郑州市 · 2020年1月26日起有效 已核对原文" in text


async def test_a_place_brings_its_own_rules_and_those_of_wider_places_nearest_first(
    visitor: RulesVisitor,
) -> None:
    await visitor.open("/rules", region="郑州", topic="wage_shutdown")
    found = listed(visitor)
    assert found[0] == ZHENGZHOU_NEW
    assert "HA-WS-002" in found and "CN-WS-001" in found
    assert not [rule for rule in found if rule.startswith(("HN-", "GD-"))]


async def test_a_province_can_be_chosen_instead_of_typed(visitor: RulesVisitor) -> None:
    await visitor.open("/rules", province="410000", topic="wage_shutdown")
    assert {"HA-WS-002", ZHENGZHOU_NEW} <= set(listed(visitor))
    assert '<option value="410000" selected>' in visitor.html


async def test_without_a_date_only_rules_in_force_today_are_shown(visitor: RulesVisitor) -> None:
    await visitor.open("/rules", region="郑州", topic="wage_shutdown")
    assert ZHENGZHOU_OLD not in listed(visitor)
    assert "也看已经失效的" in visitor.text


async def test_lapsed_rules_can_be_seen_as_well_and_say_so(visitor: RulesVisitor) -> None:
    text = await visitor.open("/rules", region="郑州", topic="wage_shutdown", lapsed="yes")
    assert {ZHENGZHOU_OLD, ZHENGZHOU_NEW} <= set(listed(visitor))
    assert "已失效" in text and "只看今天有效的" in text


@pytest.mark.parametrize(
    ("day", "shown"), [("2020-01-25", ZHENGZHOU_OLD), ("2020-01-26", ZHENGZHOU_NEW)]
)
async def test_a_date_shows_what_was_in_force_on_that_day(
    visitor: RulesVisitor, day: str, shown: str
) -> None:
    await visitor.open("/rules", region="郑州", topic="wage_shutdown", on=day)
    assert set(listed(visitor)) & {ZHENGZHOU_OLD, ZHENGZHOU_NEW} == {shown}


async def test_the_topic_that_the_words_name_comes_first(visitor: RulesVisitor) -> None:
    await visitor.open("/rules", q="停工")
    titles = re.findall(r"<h3[^>]*>([^<]+)", visitor.html)
    assert titles[0].strip() == "停工停产的工资"


async def test_many_rules_of_several_topics_are_cut_short_with_a_way_to_the_rest(
    visitor: RulesVisitor,
) -> None:
    text = await visitor.open("/rules", on="2026-11-21")
    assert re.search(r"这一类还有 \d+ 条", text)
    assert 'href="/rules?topic=wage_shutdown&amp;on=2026-11-21"' in visitor.html


async def test_a_place_nobody_has_is_named_and_the_rest_of_the_page_stays(
    visitor: RulesVisitor,
) -> None:
    text = await visitor.open("/rules", region="阿拉丁", topic="wage_shutdown")
    assert "「地方」没有找到：阿拉丁。请写省、市、区县的名字" in text
    assert 'value="阿拉丁"' in visitor.html
    assert "CN-WS-001" in listed(visitor)


async def test_a_name_of_several_places_offers_each(visitor: RulesVisitor) -> None:
    text = await visitor.open("/rules", region="鼓楼区")
    assert "不止一个" in text and "江苏省南京市鼓楼区" in text and "河南省开封市鼓楼区" in text


@pytest.mark.parametrize("typed", ["2026-13-01", "去年", "20260901", "9999-01-01"])
async def test_a_date_that_is_none_is_named_and_the_rest_of_the_page_stays(
    visitor: RulesVisitor, typed: str
) -> None:
    text = await visitor.open("/rules", on=typed, topic="wage_shutdown")
    assert f"「日期」没看懂：{typed}。请写年月日" in text
    assert "CN-WS-001" in listed(visitor)


async def test_a_topic_that_is_not_there_is_named(visitor: RulesVisitor) -> None:
    assert "没有这一类" in await visitor.open("/rules", topic="nope")


async def test_what_was_typed_is_never_markup(visitor: RulesVisitor) -> None:
    await visitor.open("/rules", q="<script>alert(1)</script>", region='"><b>')
    assert "<script>alert" not in visitor.html and "<b>" not in visitor.html


async def test_no_page_of_rules_is_heavy(visitor: RulesVisitor) -> None:
    for query in ({}, {"on": "2026-11-21"}, {"topic": "wage_shutdown"}):
        await visitor.open("/rules", **query)
        assert len(visitor.html.encode()) < 80_000
