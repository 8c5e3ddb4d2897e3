"""What is told fills the form in; what is typed is checked, written well and cannot break it."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn

from gongyou.casework.documents import (
    Heading,
    Numbered,
    Paragraph,
    Signature,
    Table,
    capital_yuan,
    check_fields,
    compose,
    list_documents,
    prefill,
    render_docx,
)
from gongyou.casework.documents.words import read_shared
from gongyou.rulebook import UNKNOWN, Rulebook
from tests.casework.documents import CASES, TODAY, fill, form_of, printed
from tests.casework.the_law import real_rulebook

DOCUMENTS = [form.name for form in list_documents()]
HOSTILE = "\x00<w:p>&amp;\x0b</w:t>\x1f\ud800\ufffe\u202e😀 {amount_1} ]]>" + "很长" * 1000


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return real_rulebook()


# —— from the case ——


def test_the_story_tells_what_was_told_and_nothing_else(rulebook: Rulebook) -> None:
    story = fill(rulebook, "arbitration_application", "stoppage")["story"].split("\n")
    assert story == [
        "工作地点在河南省焦作市解放区。双方约定的月工资为 4,000 元。",
        "2020年2月3日起，被申请人停工停产。停工期间，被申请人没有安排申请人工作。2020年5月1日复工。",
    ]


def test_a_fact_the_worker_is_not_sure_of_is_not_told(rulebook: Rulebook) -> None:
    topic, facts = CASES["arrears"]
    unsure = {**facts, "hired_on": UNKNOWN, "still_employed": UNKNOWN}
    told = prefill(rulebook, form_of("wage_demand_letter"), topic, unsure, TODAY)["story"]
    assert "到贵单位工作" not in told and "仍在" not in told
    assert "贵单位拖欠我 3 个月工资。" in told


def test_the_two_sides_are_called_as_the_document_calls_them(rulebook: Rulebook) -> None:
    facts = {"owed_amount": Decimal(12000), "still_employed": "yes", "industry": "other"}
    values = prefill(rulebook, form_of("inspection_complaint"), "wage_arrears", facts, TODAY)
    assert "被投诉单位一共拖欠投诉人工资 12,000 元" in values["story"]
    assert "你" not in values["workings"]


@pytest.mark.parametrize(
    ("region", "committee"),
    [
        ("410802", "焦作市解放区劳动人事争议仲裁委员会"),
        ("430200", "株洲市劳动人事争议仲裁委员会"),
        ("310000", "上海市劳动人事争议仲裁委员会"),
        ("430000", ""),
        (UNKNOWN, ""),
    ],
)
def test_the_committee_is_that_of_the_city(rulebook: Rulebook, region: str, committee: str) -> None:
    facts = {**CASES["arrears"][1], "region": region}
    form = form_of("arbitration_application")
    assert prefill(rulebook, form, "wage_arrears", facts, TODAY)["committee"] == committee


def test_the_evidence_fits_the_case(rulebook: Rulebook) -> None:
    stoppage = fill(rulebook, "evidence_list", "stoppage")["evidence"]
    dismissed = fill(rulebook, "evidence_list", "dismissed")["evidence"]
    assert "停工停产通知" in stoppage and "停工停产通知" not in dismissed
    assert "解除或终止劳动合同的通知" in dismissed


def test_every_sentence_of_the_story_speaks_of_facts_the_rulebook_knows(rulebook: Rulebook) -> None:
    for entry in (one for group in read_shared("story") for one in group):
        named = set(re.findall(r"{(\w+)}", entry["say"])) - {"me", "employer"}
        assert {*named, *entry.get("unless", ())} <= rulebook.facts.keys(), entry
        for name, value in entry.get("when", {}).items():
            assert value in {choice.value for choice in rulebook.facts[name].choices}, entry


def test_every_field_of_a_form_stands_somewhere_in_it() -> None:
    for form in list_documents():
        values = {field.name: f"填{place}。" for place, field in enumerate(form.fields)}
        text = printed(form.name, values)
        unused = [field.name for field in form.fields if values[field.name] not in text]
        assert not unused, form.name


# —— blanks and corrections ——


@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_empty_form_prints_lines_to_write_on(document: str) -> None:
    text = printed(document, {})
    assert text.startswith(form_of(document).title)
    assert "＿＿＿＿＿＿元（待填）" in text and "{" not in text and "None" not in text


def test_a_second_claim_stands_only_when_there_is_one() -> None:
    form, one = form_of("arbitration_application"), {"owed_1": "拖欠的工资", "amount_1": "6720"}
    two = {**one, "owed_2": "加班工资", "amount_2": "1,200.50"}
    first = "1. 请求裁决被申请人向申请人支付拖欠的工资 6,720 元（大写：人民币陆仟柒佰贰拾元整）。"
    assert first in printed(form.name, one)
    assert "2. 请求" not in printed(form.name, one)
    assert "2. 请求裁决被申请人向申请人支付加班工资 1,200.50 元" in printed(form.name, two)


def test_a_corrected_sum_is_marked_in_the_preview_and_not_in_the_file(rulebook: Rulebook) -> None:
    worked_out = fill(rulebook, "wage_demand_letter", "arrears")
    values = {**worked_out, "amount_1": "16000"}
    composed = compose(form_of("wage_demand_letter"), values, worked_out)
    told = "和算出来的不一样：算出来是 15,000 元，你写的是 16,000 元"
    marked = [block for block in composed.blocks if any(told in mark for mark in block.marks)]
    assert len(marked) == 1 and isinstance(marked[0], Numbered)
    assert "不一样" not in printed("wage_demand_letter", values)
    assert "16,000 元（大写：人民币壹万陆仟元整）" in printed("wage_demand_letter", values)


def test_the_same_sum_written_otherwise_is_not_marked(rulebook: Rulebook) -> None:
    worked_out = fill(rulebook, "wage_demand_letter", "arrears")
    values = {**worked_out, "amount_1": "15,000.00元"}
    marks = compose(form_of("wage_demand_letter"), values, worked_out).marks["amount_1"]
    assert not any("不一样" in mark for mark in marks)


def test_a_sum_taken_out_is_marked(rulebook: Rulebook) -> None:
    worked_out = fill(rulebook, "wage_demand_letter", "arrears")
    composed = compose(form_of("wage_demand_letter"), {**worked_out, "amount_1": ""}, worked_out)
    assert "算出来是 15,000 元，这里空着。" in composed.marks["amount_1"]


def test_a_sum_the_rulebook_could_not_work_out_is_marked_as_the_persons_own(
    rulebook: Rulebook,
) -> None:
    form = form_of("wage_demand_letter")
    worked_out = prefill(rulebook, form, "wage_arrears", {}, TODAY)
    marks = compose(form, {**worked_out, "amount_1": "3000"}, worked_out).marks["amount_1"]
    assert marks == ("这个数是你自己写的，规则库没有算出来，交之前再核一遍。",)


def test_instalments_that_do_not_add_up_are_marked() -> None:
    form = form_of("deferred_pay_agreement")
    values = {"amount_1": "8000", "schedule": "2026-12-15｜4000\n2027-01-15|3000"}
    assert "7,000 元" in compose(form, values).marks["schedule"][0]
    right = {**values, "schedule": "2026-12-15｜4000\n2027-01-15｜4000"}
    assert "schedule" not in compose(form, right).marks


def test_days_and_sums_of_a_table_are_written_in_full() -> None:
    text = printed("deferred_pay_agreement", {"schedule": "2026-12-15 ｜ 4000"})
    assert "1 | 2026年12月15日 | 4,000 元" in text


# —— checking ——


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_names_of_both_sides_are_required(document: str) -> None:
    errors = check_fields(form_of(document), {"worker_name": " \u202e ", "employer_name": ""})
    assert errors == {
        "worker_name": "「你的姓名」还没有填。",
        "employer_name": "「单位全称」还没有填。",
    }


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("amount_1", "很多", "「一共晚发多少」要写钱数"),
        ("amount_1", "-5", "要写钱数"),
        ("amount_1", "1e9", "要写钱数"),
        ("amount_1", "100000000.01", "要写钱数"),
        ("amount_1", "NaN", "要写钱数"),
        ("paid_off_by", "2026-02-30", "「最迟哪天付清」要写日期"),
        ("schedule", "2026-12-15｜4000\n明天｜3000", "「哪天付多少」第 2 行的「支付日期」要写日期"),
        ("schedule", "2026-12-15｜三千", "第 1 行的「金额」要写钱数"),
        ("worker_job", "车" * 201, "「岗位」太长了，最多 200 个字，现在有 201 个"),
        ("basis", "一\n" * 101, "「依据」太多了，最多 100 行"),
    ],
)
def test_what_cannot_be_used_is_named(field: str, typed: str, error: str) -> None:
    good = {"worker_name": "张小梅", "employer_name": "某某服装有限公司"}
    errors = check_fields(form_of("deferred_pay_agreement"), {**good, field: typed})
    assert list(errors) == [field] and error in errors[field]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("case", CASES)
def test_what_a_case_fills_in_passes_its_own_check(
    rulebook: Rulebook, document: str, case: str
) -> None:
    names = {"worker_name": "张小梅", "employer_name": "某某服装有限公司"}
    assert check_fields(form_of(document), {**fill(rulebook, document, case), **names}) == {}


def test_the_identity_number_is_optional() -> None:
    for form in list_documents():
        if (field := form.by_name.get("worker_id")) is not None:
            assert not field.required


# —— the file ——


@pytest.mark.parametrize("document", DOCUMENTS)
def test_nothing_typed_breaks_the_file(document: str) -> None:
    form = form_of(document)
    values = {field.name: f"{HOSTILE}\n{HOSTILE}｜{HOSTILE}" for field in form.fields}
    text = printed(document, values)
    assert "<w:p>&amp;</w:t>😀 {amount_1} ]]>很长" in text
    assert "\x0b" not in text and "\u202e" not in text


def test_a_row_too_tall_for_a_page_may_be_torn_apart() -> None:
    """LibreOffice never ends laying out a row that must stay whole and fits on no page."""

    def whole_rows(name: str) -> int:
        composed = compose(form_of("evidence_list"), {"worker_name": name})
        made = docx.Document(io.BytesIO(render_docx(composed)))
        return len(made.element.body.findall(f".//{qn('w:cantSplit')}"))

    assert whole_rows("很长" * 1000) == whole_rows("张小梅") - 1


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_file_names_nobody_and_no_time(rulebook: Rulebook, document: str) -> None:
    values = fill(rulebook, document, "arrears")
    made = render_docx(compose(form_of(document), values))
    properties = docx.Document(io.BytesIO(made)).core_properties
    assert (properties.author, properties.comments, properties.last_modified_by) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        core = file.read("docProps/core.xml").decode()
        assert "created" not in core and "modified" not in core and "python" not in core
        assert {one.date_time[0] for one in file.infolist()} == {1980}


def test_the_same_content_makes_the_same_bytes(rulebook: Rulebook) -> None:
    composed = compose(
        form_of("arbitration_application"), fill(rulebook, "arbitration_application", "stoppage")
    )
    assert render_docx(composed) == render_docx(composed)


def test_the_page_is_a4_with_chinese_fonts_and_numbered_pages(rulebook: Rulebook) -> None:
    composed = compose(
        form_of("arbitration_application"), fill(rulebook, "arbitration_application", "stoppage")
    )
    made = docx.Document(io.BytesIO(render_docx(composed)))
    section = made.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    fonts = {
        run._r.rPr.rFonts.get(qn("w:eastAsia"))
        for paragraph in made.paragraphs
        for run in paragraph.runs
        if run.text
    }
    assert fonts == {"黑体", "仿宋"}
    footer = section.footer._element.xml
    assert "PAGE" in footer and "NUMPAGES" in footer and "第 " in footer


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_file_says_what_the_preview_says(rulebook: Rulebook, document: str) -> None:
    values = fill(rulebook, document, "overtime")
    text = printed(document, values)
    for block in compose(form_of(document), values).blocks:
        match block:
            case Heading() | Paragraph():
                assert block.text in text
            case Numbered():
                assert all(one in text for one in block.items)
            case Table():
                assert all(cell in text for row in block.rows for cell in row)
            case Signature():
                assert all(line in text for column in block.columns for line in column)


# —— capitals ——


@pytest.mark.parametrize(
    ("amount", "capitals"),
    [
        ("0", "零元整"),
        ("6720", "陆仟柒佰贰拾元整"),
        ("8886.62", "捌仟捌佰捌拾陆元陆角贰分"),
        ("10", "壹拾元整"),
        ("1005", "壹仟零伍元整"),
        ("10005", "壹万零伍元整"),
        ("100000", "壹拾万元整"),
        ("100500", "壹拾万零伍佰元整"),
        ("1010101", "壹佰零壹万零壹佰零壹元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("0.5", "伍角"),
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("2.005", "贰元零壹分"),
    ],
)
def test_amounts_in_capitals(amount: str, capitals: str) -> None:
    assert capital_yuan(Decimal(amount)) == capitals


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "1000000000000"])
def test_no_capitals_for_what_is_no_amount(amount: str) -> None:
    with pytest.raises(ValueError, match="range"):
        capital_yuan(Decimal(amount))
