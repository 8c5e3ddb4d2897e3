"""What may be applied for: yes, no, or what is still to be asked; with a reason for each."""

from decimal import Decimal
from pathlib import Path

from gongyou.rulebook import NeedFacts, render_card
from tests.rulebook.tiny import Tiny, rule, tiny

REQUIRES = """{name: 路补, papers: [身份证, 会员卡], apply: 打12351问,
 requires: [
 {when: {member: "yes"}, yes: 是会员, no: 不是会员},
 {if: wage <= 3000, yes: 工资不高, no: 工资超过3000}]}""".replace("\n", "")


def subsidy(folder: Path, **keys: str) -> Tiny:
    return tiny(
        folder,
        rule("A", title="路补活动", says="省工会办的", eligibility=REQUIRES, **keys),
        head="facts: [member, wage]",
    )


def test_all_conditions_met_is_yes(tmp_path: Path) -> None:
    answer = subsidy(tmp_path).answer(member="yes", wage=Decimal(3000))
    assert answer.eligible is True
    assert [(r.met, r.text) for r in answer.eligibility[0].reasons] == [
        (True, "是会员"),
        (True, "工资不高"),
    ]


def test_one_condition_not_met_is_no_and_nothing_more_is_asked(tmp_path: Path) -> None:
    answer = subsidy(tmp_path).answer(member="no")
    assert answer.eligible is False
    assert answer.eligibility[0].reasons[0].text == "不是会员"


def test_what_is_missing_is_asked_in_order(tmp_path: Path) -> None:
    made = subsidy(tmp_path)
    assert made.ask() == NeedFacts("tiny", ("member", "wage"))
    assert made.ask(member="yes") == NeedFacts("tiny", ("wage",))


def test_what_the_worker_does_not_know_leaves_it_open(tmp_path: Path) -> None:
    answer = subsidy(tmp_path).answer(member="unknown", wage=Decimal(1))
    assert answer.eligible is None
    assert answer.eligibility[0].reasons[0].text == "「会员」还不清楚"


def test_the_card_says_yes_where_to_go_and_what_to_bring(tmp_path: Path) -> None:
    made = subsidy(tmp_path)
    card = render_card(made.book, made.answer(member="yes", wage=Decimal(1)), {})
    assert card.conclusion == "你可以申请路补。"
    assert card.workings == ["符合：是会员", "符合：工资不高", "路补活动：省工会办的"]
    assert card.steps == ["打12351问", "带上：身份证、会员卡"]


def test_the_card_says_no_and_why(tmp_path: Path) -> None:
    made = subsidy(tmp_path)
    card = render_card(made.book, made.answer(member="no", wage=Decimal(1)), {})
    assert card.conclusion == "现在不能申请路补：不是会员。"
    assert card.steps == []


def test_the_amount_is_given_only_to_those_entitled(tmp_path: Path) -> None:
    made = subsidy(tmp_path, amount="{formula: 50}")
    assert made.answer(member="yes", wage=Decimal(1)).total == Decimal(50)
    assert made.answer(member="no").totals == ()
