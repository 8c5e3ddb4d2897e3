"""What is personal in a text, kind by kind, and what must stay. Everything here is made up."""

from itertools import pairwise

import pytest

from gongyou.anonymising import Span, find_personal, replace
from gongyou.anonymising.numbers import is_identity


def kinds(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in find_personal(text)]


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "一三八一二三四五六七八",
        "幺三八一二三四五六七八",
        "1 3 8 1 2 3 4 5 6 7 8",
        "+86 13812345678",
        "138****5678",
        "0371-65432109",
        "（0391）3567890",
        "400-820-1234",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(number: str) -> None:
    assert kinds(f"打{number}找我") == [("phone", number)]


@pytest.mark.parametrize(
    "number",
    [
        "410802199003077413",
        "41080219900307741X",
        "410802 19900307 7413",
        "４１０８０２１９９００３０７７４１３",
        "410802900307741",
    ],
)
def test_an_identity_number_is_found_with_a_wrong_check_character_too(number: str) -> None:
    assert kinds(f"我的身份证{number}") == [("id_number", number)]


def test_the_check_character_tells_an_identity_number_without_a_day() -> None:
    assert is_identity("11010519491231002X")
    assert not is_identity("622848040256489001")


@pytest.mark.parametrize("number", ["6222021234567890128", "6217 0012 3456 7890 123"])
def test_a_bank_card_is_found(number: str) -> None:
    assert kinds(f"打到卡{number}上") == [("bank_card", number)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("发到 wangxm1990@163.com", ("email", "wangxm1990@163.com")),
        ("发到ｗａｎｇ＠163.com", ("email", "ｗａｎｇ＠163.com")),
        ("我微信号是zhang_laoshi88", ("account", "zhang_laoshi88")),
        ("wxid_a8k2m9xq就是我", ("account", "wxid_a8k2m9xq")),
        ("QQ号384756291", ("account", "384756291")),
        ("扣扣五六七八九一二三四", ("account", "五六七八九一二三四")),
        ("车牌豫H8K321", ("account", "豫H8K321")),
    ],
)
def test_addresses_and_names_in_the_network_are_found(text: str, found: tuple[str, str]) -> None:
    assert found in kinds(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我叫王小明，工资没发", "王小明"),
        ("找何总要钱", "何总"),
        ("林主任让我按手印", "林主任"),
        ("欧阳建平跑了", "欧阳建平"),
        ("工友阿依古丽·买买提没领到钱", "阿依古丽·买买提"),
        ("都喊他强哥", "强哥"),
    ],
)
def test_a_name_is_found(text: str, name: str) -> None:
    assert ("name", name) in kinds(text)


def test_a_name_found_once_is_found_wherever_it_stands() -> None:
    text = "我叫王小明，工资条上也写着王小明"
    assert kinds(text) == [("name", "王小明")] * 2


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("我在焦作宏达机械有限公司上班", "宏达机械有限公司"),
        ("鑫源电子厂停工了", "鑫源电子厂"),
        ("在比亚迪做了6年", "比亚迪"),
        ("海底捞火锅店不给加班费", "海底捞火锅店"),
    ],
)
def test_a_company_is_found_and_its_city_stays(text: str, company: str) -> None:
    assert kinds(text) == [("company", company)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("我住在解放区民主南路12号3单元502，", "民主南路12号3单元502"),
        ("家住龙湖镇荣盛小区，离厂远", "龙湖镇荣盛小区"),
        ("我家詹店镇二铺营村的", "詹店镇二铺营村"),
    ],
)
def test_an_address_is_found_and_its_district_stays(text: str, address: str) -> None:
    assert kinds(text) == [("address", address)]


@pytest.mark.parametrize(
    "text",
    [
        "厂里从2026年3月15日停工到4月30日，一个月发1520元",
        "每月10号发工资，这个月到28号还没发",
        "上个月工资6834.5元，扣了社保523.4",
        "1500 2000 1800元，这三个月就发了这么多",
        "郑州市最低工资2100，厂里按80%发",
        "河南省焦作市武陟县的工地，一天260",
        "劳动局不管，12333让我找仲裁",
        "郑州市总工会和人社局都去过了",
        "工资卡里一共少了1234567元",
        "三楼车间没空调，夏天38度",
        "20260315号的通知",
        "老公打工的工厂不给加班费，老板跑了",
    ],
)
def test_wages_dates_amounts_regions_and_offices_stay(text: str) -> None:
    assert kinds(text) == []


def test_a_long_text_is_read_to_its_end() -> None:
    text = "厂里不发工资。" * 200 + "电话13812345678"
    assert kinds(text) == [("phone", "13812345678")]


@pytest.mark.parametrize("text", ["", " ", "\n", "？？", "😀", "a" * 3000, "·", "x·y", "1" * 500])
def test_odd_texts_break_nothing(text: str) -> None:
    assert replace(text, find_personal(text)) is not None


def test_the_places_are_in_order_and_do_not_overlap() -> None:
    found = find_personal("王小明 13812345678 在宏达机械有限公司，微信13812345678@qq.com")
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_neutral_word_of_its_kind_stands_for_each_place() -> None:
    text = "老板李建国欠我12000块，电话13812345678"
    assert replace(text, find_personal(text)) == "老板某人欠我12000块，电话某电话"


def test_what_an_officer_marks_may_overlap_what_was_found() -> None:
    spans = [Span(0, 3, "name"), Span(2, 5, "phone")]
    assert replace("王小明12号", spans) == "某电话号"


def test_a_place_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        replace("工资", [Span(1, 9, "name")])


def test_the_neutral_words_are_not_found_again() -> None:
    clean = "某公司的某人住某地址，电话某电话，证件某证件号，卡某卡号，邮箱某邮箱，微信某账号"
    assert kinds(clean) == []
