"""Which written names are one employer. Every enterprise here is invented."""

import pytest

from gongyou.desk.people.employer_names import normalise, same_enterprise

ONE_EMPLOYER = [
    "宏达厂",
    "宏达公司",
    "宏达",
    "宏达集团",
    "河南宏达",
    "焦作宏达机械",
    "宏达机械厂",
    "宏达机械有限公司",
    "宏达机械制造有限责任公司",
    "宏达机械股份有限公司",
    "宏达机械集团总公司",
    "焦作市宏达机械制造有限公司",
    "河南省焦作市宏达机械有限公司",
    "河南省武陟县宏达机械有限公司",
    "高新区宏达机械",
    "宏达（焦作）机械有限公司",
    "宏达(焦作)机械有限公司",
    "宏达机械有限公司（焦作）",
    "宏达（集团）机械有限公司",
    "宏达机械（有限合伙）",
    "宏达机械有限公司焦作分公司",
    "宏达机械有限公司焦作市第二分公司",
    "宏达机械第三车间",
    "宏达机械二分厂",
    "宏达机械有限公司项目部",
    "宏达机械焦作厂",
    "　宏达 机械 有限公司。",
    "宏达·机械-有限公司",
    "中国宏达第三建筑工程公司",
    "宏达机械（原红星机械厂）有限公司",
    "宏达劳务派遣有限公司",
    "宏达超市焦作店",
    "宏达大酒店",
    "宏达电子公司",
]

CORES = [
    ("ＨＤ－１２ 电子有限公司", "hd12"),
    ("Hongda Textile Co., Ltd.", "hongdatextile"),
    ("鑫机械厂", "鑫机械"),
    ("上海机械厂", "上海机械"),
    ("焦作啤酒股份有限公司", "焦作啤酒"),
    ("安康达物流有限公司", "安康达"),
    ("内蒙古自治区蓝鲸煤业集团", "蓝鲸"),
    ("恩施土家族苗族自治州蓝鲸茶业有限公司", "蓝鲸"),
    ("大青山市蓝鲸科技", "蓝鲸"),
    ("永丰超市", "永丰"),
    ("永丰谷物加工厂", "永丰谷物"),
    ("（宏达）", "宏达"),
]

SAME = [
    ("晨光机械有限公司", "新晨光机械有限公司"),
    ("晨光纺织", "晨光物业管理有限公司"),
    ("红星机械厂", "宏达机械（原红星机械厂）有限公司"),
    ("宏达机械有限公司", "鹏程保安服务有限公司驻宏达机械有限公司项目部"),
    ("上海机械厂", "上海机械有限公司"),
    ("蓝鲸", "BlueWhale（蓝鲸）科技"),
]

APART = [
    ("宏达机械有限公司", "晨光机械有限公司"),
    ("焦作宏达机械", "焦作晨光机械"),
    ("上海机械厂", "上海宏达机械厂"),
    ("焦作机械厂", "洛阳机械厂"),
    ("宏达（焦作）有限公司", "晨光（焦作）有限公司"),
    ("宏达（有限合伙）", "晨光（有限合伙）"),
    ("机械厂", "宏达机械厂"),
    ("焦作公司", "焦作宏达公司"),
    ("鑫厂", "蓝鑫源厂"),
    ("第一分公司", "宏达第一分公司"),
]


@pytest.mark.parametrize("name", ONE_EMPLOYER)
def test_a_name_is_cut_to_its_trade_name(name: str) -> None:
    assert normalise(name) == "宏达"


@pytest.mark.parametrize(("name", "core"), CORES)
def test_what_is_cut_and_what_stays(name: str, core: str) -> None:
    assert normalise(name) == core


@pytest.mark.parametrize(
    "name", ["", "  ", "公司", "工厂", "厂里", "我们公司", "某某", "不知道", "——"]
)
def test_what_names_nobody_has_no_core_and_is_no_employer(name: str) -> None:
    assert normalise(name) == ""
    assert not same_enterprise(name, name)
    assert not same_enterprise(name, "宏达机械有限公司")


@pytest.mark.parametrize("name", [*ONE_EMPLOYER, *(name for name, _ in CORES)])
def test_cutting_a_core_again_changes_nothing(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)


@pytest.mark.parametrize("name", ONE_EMPLOYER)
def test_every_way_to_write_an_employer_meets_the_others(name: str) -> None:
    assert all(same_enterprise(name, other) for other in ONE_EMPLOYER)


@pytest.mark.parametrize(("a", "b"), SAME)
def test_in_doubt_two_names_are_one_enterprise(a: str, b: str) -> None:
    assert same_enterprise(a, b)
    assert same_enterprise(b, a)


@pytest.mark.parametrize(("a", "b"), APART)
def test_a_place_a_trade_or_a_form_alone_makes_no_conflict(a: str, b: str) -> None:
    assert not same_enterprise(a, b)
    assert not same_enterprise(b, a)


@pytest.mark.parametrize("part", ["北京市", "吉林", "机械", "（", "有限公司", "第一", "焦作县"])
def test_a_name_that_repeats_itself_is_read_at_once(part: str) -> None:
    """Backtracking over that many signs would not end before the tests do."""
    assert isinstance(normalise(part * 700 + "啊"), str)
    assert isinstance(normalise("啊" + part * 700), str)
    assert isinstance(normalise("啊" * 190 + part), str)
