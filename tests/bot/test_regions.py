"""Places as GB/T 2260 codes."""

import pytest

from bot.zh.regions import RegionFinder


@pytest.fixture(scope="module")
def finder(lexicon):
    return RegionFinder(lexicon.places, lexicon.counties_alone, lexicon.region_false_friends)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("河南", "410000"),
        ("河南省", "410000"),
        ("内蒙", "150000"),
        ("我在焦作", "410800"),
        ("焦作市", "410800"),
        ("河南焦作", "410800"),
        ("河南省焦作市武陟县", "410823"),
        ("武陟", "410823"),
        ("焦作市解放区", "410802"),
        ("北京朝阳", "110105"),
        ("南京鼓楼区", "320106"),
        ("山东济南市中区", "370103"),
        ("海南", "460000"),
        ("湘西州", "433100"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("湖南株洲", "430200"),
    ],
)
def test_a_place_is_found_with_its_most_exact_code(finder, said, code):
    (span,) = finder.find(said)
    assert (span.kind, span.value) == ("region", code)


def test_a_city_elsewhere_in_the_text_decides_between_counties_of_one_name(finder):
    spans = finder.find("我在南京上班,厂在鼓楼区")
    assert [span.value for span in spans] == ["320100", "320106"]


def test_a_county_name_of_several_places_is_ambiguous(finder):
    (span,) = finder.find("鼓楼区")
    assert span.kind == "region_ambiguous" and "320106" in span.value["codes"]


def test_a_name_with_a_suffix_that_does_not_exist_is_said_to_be_unknown(finder):
    (span,) = finder.find("我在西地省上班")
    assert (span.kind, span.value) == ("region_unknown", "西地省")


@pytest.mark.parametrize(
    "text",
    [
        "朝阳",
        "东西",
        "在一家超市",
        "北京路",
        "全省",
        "城市",
        "城区",
        "平安",
        "在外省打工",
        "大方",
        "友好",
    ],
)
def test_everyday_words_are_no_places(finder, text):
    assert finder.find(text) == []


def test_every_full_name_in_the_list_is_found(finder, lexicon):
    missed = [
        place.name
        for place in lexicon.places
        if len(place.name) > 2
        and len(place.name) not in {span.end for span in finder.find(place.name)}
    ]
    assert missed == []
