"""Places are found by the names people write."""

import pytest

from gongyou.rulebook import Rulebook
from gongyou.web.rules.places import Places


@pytest.fixture(scope="module")
def places(rulebook: Rulebook) -> Places:
    return Places(rulebook)


@pytest.mark.parametrize(
    "written", ["焦作", "焦作市", "河南焦作", "河南省焦作市", " 河南 焦作 ", "410800"]
)
def test_a_city_is_found_with_or_without_its_province(places: Places, written: str) -> None:
    assert places.find(written) == ("410800",)


@pytest.mark.parametrize("written", ["郑州金水区", "河南郑州金水", "郑州市金水区"])
def test_a_district_is_found_by_its_city(places: Places, written: str) -> None:
    assert [places.name(code) for code in places.find(written)] == ["河南省郑州市金水区"]


def test_namesakes_are_all_given(places: Places) -> None:
    assert len(places.find("鼓楼区")) > 1


@pytest.mark.parametrize("written", ["", "阿拉丁", "焦作河南", "x" * 10_000, "焦" * 500])
def test_what_is_no_place_finds_nothing(places: Places, written: str) -> None:
    assert places.find(written) == ()
