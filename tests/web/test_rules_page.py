"""GET /rules/{rule}: what one rule's page tells."""

import pytest

from gongyou.rulebook import Rulebook
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.rules.related import versions
from gongyou.web.rules.wording import sentence
from tests.web.rules_visitor import RulesVisitor


async def test_a_rule_tells_its_sentence_its_conditions_and_its_arithmetic(
    visitor: RulesVisitor,
) -> None:
    text = await visitor.open("/rules/HA-WS-002")
    assert "没有活干，发生活费" in text
    assert "停工期间干活没有：没干" in text
    assert "停工到第几个发薪周期：第二个以后" in text
    assert "最低工资" in text and "×" in text


async def test_a_rule_tells_its_documents_with_number_article_and_life(
    visitor: RulesVisitor,
) -> None:
    text = await visitor.open("/rules/CN-WS-001")
    assert "《工资支付暂行规定》第十二条" in text
    assert "劳部发〔1994〕489号 · 1995年1月1日起有效" in text


async def test_earlier_and_later_versions_stand_in_order_with_links(
    visitor: RulesVisitor,
) -> None:
    text = await visitor.open("/rules/HA-WS-005")
    earlier = text.index("2013年1月1日起，到2020年1月26日前有效 已核对原文 已失效")
    assert earlier < text.index("（这一条）")
    assert 'href="/rules/HA-WS-004"' in visitor.html


def test_a_rule_in_force_beside_it_is_no_version_of_it(rulebook: Rulebook) -> None:
    catalogue = Catalogue(rulebook)
    for entry in catalogue.entries:
        found = versions(catalogue, entry)
        assert entry.rule in found
        others = [rule for rule in found if rule is not entry.rule]
        assert not [rule.id for rule in others if rule.holds_on(entry.rule.since)], entry.rule.id


async def test_wider_and_narrower_places_with_their_own_rule_are_linked(
    visitor: RulesVisitor,
) -> None:
    await visitor.open("/rules/HA-WS-002")
    assert 'href="/rules/CN-WS-003"' in visitor.html
    assert 'href="/rules/HA-WS-005"' in visitor.html


async def test_the_status_is_said_in_plain_words_with_what_to_do(visitor: RulesVisitor) -> None:
    text = await visitor.open("/rules/HB-WS-001")
    assert "待核实" in text and "还没有核实到原文" in text and "12333" in text


async def test_from_a_rule_one_can_compute_and_ask_the_bot(visitor: RulesVisitor) -> None:
    await visitor.open("/rules/CN-WS-001")
    assert 'href="/rules/ask/wage_shutdown"' in visitor.html
    assert 'href="/?about=wage_shutdown"' in visitor.html


async def test_a_lapsed_rule_computes_for_its_last_day(visitor: RulesVisitor) -> None:
    await visitor.open("/rules/HA-WS-004")
    assert 'href="/rules/ask/wage_shutdown?on=2020-01-25"' in visitor.html


@pytest.mark.parametrize("missing", ["CN-XX-999", "..x", "CN-WS-001.yaml"])
async def test_a_rule_that_is_not_there_says_so_in_chinese(
    visitor: RulesVisitor, missing: str
) -> None:
    text = await visitor.open(f"/rules/{missing}")
    assert visitor.status == 404 and "没有这" in text


async def test_every_rule_has_its_page(visitor: RulesVisitor, rulebook: Rulebook) -> None:
    for topic in rulebook.topics.values():
        for rule in topic.rules:
            await visitor.open(f"/rules/{rule.id}")
            assert visitor.status == 200, rule.id


def test_no_sentence_shows_a_blank_to_be_filled(rulebook: Rulebook) -> None:
    for entry in Catalogue(rulebook).entries:
        assert "{" not in sentence(entry.rule), entry.rule.id
