"""Every article a document cites stands in the rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from gongyou.casework.documents import list_documents, prefill
from gongyou.rulebook import Rulebook
from tests.casework.documents import CASES, TODAY, fill, form_of, printed
from tests.casework.the_law import real_rulebook

DOCUMENTS = [form.name for form in list_documents()]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return real_rulebook()


def every_article(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Each document, written as inside another's 《》, with each article the rulebook names."""
    rules = (rule for topic in rulebook.topics.values() for rule in topic.rules)
    parameters = rulebook.parameters.values()
    figures = (row for one in parameters for rows in one.rows.values() for row in rows)
    written = (*(basis for rule in rules for basis in rule.basis), *figures)
    for one in written:
        yield one.document.replace("《", "〈").replace("》", "〉"), one.article


@pytest.mark.parametrize("document", DOCUMENTS)
def test_rules_cited_by_name_exist_and_hold_today(rulebook: Rulebook, document: str) -> None:
    rules = {rule.id: rule for topic in rulebook.topics.values() for rule in topic.rules}
    for cited in (one for listed in form_of(document).cites.values() for one in listed):
        rule_id, _, article = cited.partition(" ")
        assert rules[rule_id].holds_on(TODAY) and rules[rule_id].status != "unverified"
        assert article in {"", *(basis.article for basis in rules[rule_id].basis)}


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("case", CASES)
def test_each_line_of_the_basis_is_written_in_the_rulebook(
    rulebook: Rulebook, document: str, case: str
) -> None:
    articles = set(every_article(rulebook))
    cited = fill(rulebook, document, case)["basis"].split("\n")
    assert cited
    for line in cited:
        assert any(
            line.startswith(f"《{document}》") and line.endswith(article)
            for document, article in articles
        ), line


def test_the_sums_own_articles_come_first(rulebook: Rulebook) -> None:
    basis = fill(rulebook, "arbitration_application", "stoppage")["basis"].split("\n")
    assert basis[0] == "《工资支付暂行规定》（劳部发〔1994〕489号）第十二条"
    assert "《中华人民共和国劳动争议调解仲裁法》第四条、第五条" in basis


def test_a_sum_is_cited_even_when_another_rule_names_the_same_article(rulebook: Rulebook) -> None:
    facts = {"contract_matter": "unsigned", "hired_on": date(2025, 1, 1), "monthly_wage": 5000}
    told = {**facts, "unsigned_until": date(2025, 12, 31)}
    basis = prefill(rulebook, form_of("arbitration_application"), "contract", told, TODAY)["basis"]
    assert "《中华人民共和国劳动合同法》第十条、第八十二条" in basis


def test_asides_of_an_answer_are_not_cited(rulebook: Rulebook) -> None:
    basis = fill(rulebook, "arbitration_application", "arrears")["basis"]
    assert "刑法" not in basis and "法律援助法" not in basis


def test_a_complaint_rests_on_the_inspection_regulation(rulebook: Rulebook) -> None:
    text = printed("inspection_complaint", fill(rulebook, "inspection_complaint", "arrears"))
    assert "《劳动保障监察条例》（国务院令第423号）第九条、第十一条、第十四条" in text
    assert "《劳动保障监察条例》（国务院令第423号）第二十六条" in text


def test_a_deferral_rests_on_the_unions_consent(rulebook: Rulebook) -> None:
    text = printed("deferred_pay_agreement", fill(rulebook, "deferred_pay_agreement", "deferred"))
    assert "《对〈工资支付暂行规定〉有关问题的补充规定》（劳部发〔1995〕226号）第四条" in text
    assert "《中华人民共和国劳动合同法》第三十五条" in text


def test_a_law_not_yet_in_force_is_not_cited(rulebook: Rulebook) -> None:
    form, (topic, facts) = form_of("wage_demand_letter"), CASES["arrears"]
    told = {name: value for name, value in facts.items() if name != "hired_on"}
    early = prefill(rulebook, form, topic, told, date(2007, 12, 31))["basis"]
    assert "劳动合同法" not in early and "《中华人民共和国劳动法》第五十条" in early
