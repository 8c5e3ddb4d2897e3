"""The weekly report: the four parts a union sends upward, every figure a published one."""

import io
import re

import docx
import pytest
import yaml
from docx.shared import Pt
from openpyxl import load_workbook

from gongyou.casework.documents import Numbered, Paragraph, Table, render_docx
from gongyou.reporting import compose_report, render_xlsx
from gongyou.reporting.advice import choose_advice
from gongyou.reporting.figures import Risk
from gongyou.reporting.words import ADVICE, read_words, region_words, topic_words
from gongyou.rulebook import read_rulebook
from tests.fixtures import REPOSITORY
from tests.reporting.conftest import FIGURES

PARTS = ["一、问题概况", "二、突出风险", "三、处置情况", "四、建议"]


def texts_of(figures) -> list[str]:
    """Every text of the report, top to bottom."""
    texts = []
    for block in compose_report(figures).blocks:
        match block:
            case Numbered():
                texts += block.items
            case Table():
                texts += [text for row in (block.header, *block.rows) for text in row]
            case _:
                texts.append(getattr(block, "text", ""))
    return texts


def test_it_has_the_form_a_union_sends_upward():
    texts = texts_of(FIGURES)
    assert texts[0] == "职工权益咨询情况周报"
    assert texts[1:6:2] == ["报告单位", "时间段", "制表日期"]
    assert "2026 年 11 月 9 日 至 2026 年 11 月 15 日（2026 年第 46 周）" in texts
    assert [text for text in texts if text in PARTS] == PARTS


def test_the_overview_names_the_topics_with_most_workers():
    assert (
        "本周计入统计的职工 63 人，上周 41 人。"
        "人数最多的是：“拖欠工资” 31 人，“加班费” 14 人，“病假工资和医疗期” 11 人。"
    ) in texts_of(FIGURES)


def test_every_number_in_it_is_one_of_the_figures(make_figures):
    body = " ".join(texts_of(make_figures()))
    body = body.split("统计口径")[0].split("一、问题概况")[1]
    known = {63, 41, 31, 12, 14, 9, 11, 7, 8, 18, 5, 6, 40}
    assert {int(number) for number in re.findall(r"\d+", body)} <= known


def test_a_rise_tells_what_it_was_before():
    told = "“宏达”（河南省焦作市）：本周有 18 名职工来问，前四周平均每周约 5 人，明显增多。"
    assert told in texts_of(FIGURES)


def test_who_waits_is_told_and_nought_is_not(make_figures):
    assert "还在等人答复的 12 人" in "".join(texts_of(FIGURES))
    assert "还在等人答复的" not in "".join(texts_of(make_figures(waiting=0)))


def test_of_a_region_with_four_people_it_tells_no_number(nobody):
    texts = texts_of(nobody)
    assert "本周计入统计的职工不足五人，按规定不列人数。" in texts
    assert "本周没有达到预警线的情况。" in texts
    assert not any(isinstance(block, Table) for block in compose_report(nobody).blocks[2:])


# the advice


def test_warnings_come_first_then_the_topics_with_most_workers():
    first, second, *others = choose_advice(FIGURES)
    assert "“宏达”" in first and "“拖欠工资”" in second
    assert [text[:6] for text in others] == ["会同人社部门", "对加班较多的", "就医疗期和病"]


def test_a_call_for_help_comes_before_everything(make_figures):
    crisis = make_figures().topics[0].__class__("紧急求助", 5, None, "crisis")
    advice = choose_advice(make_figures(topics=(*FIGURES.topics, crisis)))
    assert advice[0].startswith("逐件核对紧急求助")


def test_without_reason_nothing_is_advised(nobody):
    assert choose_advice(nobody) == ["继续做好日常咨询和答复，按周关注变化。"]


def test_every_topic_of_the_rulebook_has_advice():
    advised = yaml.safe_load(ADVICE.read_text("utf-8"))["topics"]
    assert set(read_rulebook(REPOSITORY / "rulebook").topics) <= set(advised)


# the files


def test_the_word_file_holds_the_same_text():
    made = docx.Document(io.BytesIO(render_docx(compose_report(FIGURES))))
    paragraphs = [paragraph.text for paragraph in made.paragraphs]
    assert [text for text in paragraphs if text in PARTS] == PARTS
    assert made.tables[1].cell(1, 0).text == "拖欠工资"
    assert made.core_properties.author == ""


def test_the_line_word_wants_below_the_signatures_opens_no_page():
    last = docx.Document(io.BytesIO(render_docx(compose_report(FIGURES)))).paragraphs[-1]
    assert not last.text and last.paragraph_format.line_spacing == Pt(1)


def test_the_workbook_has_a_sheet_for_each_table_and_numbers_are_numbers():
    book = load_workbook(io.BytesIO(render_xlsx(FIGURES)))
    assert book.sheetnames == ["概况", "问题", "地区", "用人单位", "突出风险", "各周", "建议"]
    assert book["问题"]["B2"].value == 31
    assert book["用人单位"]["D3"].value == "—"
    assert all(sheet.page_setup.fitToWidth == 1 for sheet in book.worksheets)


def test_last_weeks_workers_can_be_reckoned_with():
    rows = list(load_workbook(io.BytesIO(render_xlsx(FIGURES)))["问题"].iter_rows(values_only=True))
    assert all(isinstance(before, int) or before == "—" for _, _, before in rows[1:])
    assert any(isinstance(before, int) for _, _, before in rows[1:])


def test_a_workbook_names_nobody():
    book = load_workbook(io.BytesIO(render_xlsx(FIGURES)))
    assert not book.properties.creator


def test_a_name_that_looks_like_a_formula_stays_a_name(make_figures):
    risk = Risk("park", "=1+1", "焦作", "many", 12, 0)
    book = load_workbook(io.BytesIO(render_xlsx(make_figures(risks=(risk,)))))
    assert (book["突出风险"]["A2"].value, book["突出风险"]["A2"].data_type) == ("=1+1", "s")


def test_a_workbook_of_nobody_can_be_opened(nobody):
    book = load_workbook(io.BytesIO(render_xlsx(nobody)))
    assert "不足五人" in book["概况"]["B5"].value


# names


@pytest.mark.parametrize(
    ("code", "is_whole", "told"),
    [
        ("410800", False, "河南省焦作市"),
        ("410000", False, "河南省其他市"),
        ("410000", True, "河南省"),
        ("110000", False, "北京市"),
        ("000000", False, "地区不详"),
        ("000000", True, "全国"),
        ("", False, "其他地区"),
    ],
)
def test_a_region_is_called_by_what_it_stands_for(code, is_whole, told):
    names = {"410800": "河南省焦作市", "410000": "河南省", "110000": "北京市"}
    assert region_words(code, names.get(code, code), is_whole) == told


def test_a_topic_without_rules_has_a_name_too():
    assert topic_words("crisis") == "紧急求助"
    assert topic_words(None) == read_words()["topics"]["none"]


def test_every_paragraph_is_a_sentence():
    for block in compose_report(FIGURES).blocks:
        if isinstance(block, Paragraph):
            assert block.text.endswith(("。", "："))
