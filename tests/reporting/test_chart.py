"""Charts: bars in proportion, figures beside them, nothing a page's policy would refuse."""

import re
from xml.etree import ElementTree

from gongyou.reporting import Bar, columns_chart, rows_chart

BARS = [Bar("拖欠工资", 30), Bar("加班费", 15, is_marked=True), Bar("其他", 0)]


def widths(svg: str, name: str) -> list[int]:
    return [int(value) for value in re.findall(rf'<rect [^>]* {name}="(\d+)"', svg)]


def test_lying_bars_are_as_long_as_their_values():
    first, second, none = widths(rows_chart(BARS), "width")
    assert first == 2 * second and none == 2  # a trace, so that the row is seen


def test_standing_bars_are_as_high_as_their_values():
    first, second, none = widths(columns_chart(BARS), "height")
    assert (first, second, none) == (120, 60, 0)


def test_every_bar_has_its_name_and_figure():
    for svg in (rows_chart(BARS), columns_chart(BARS)):
        texts = re.findall(r">([^<]+)</text>", svg)
        assert {"拖欠工资", "30", "加班费", "15", "其他"} <= set(texts)


def test_the_week_shown_stands_out():
    assert columns_chart(BARS).count("marked") == 1


def test_twelve_names_have_room():
    svg = columns_chart([Bar(f"11/{n}", n) for n in range(1, 13)])
    assert len(re.findall('class="name', svg)) == 6


def test_a_name_is_text_whatever_is_in_it():
    svg = rows_chart([Bar('<script>"&', 5)])
    assert ElementTree.fromstring(svg).find("{*}text").text == '<script>"&'


def test_there_are_no_styles_and_no_scripts_in_it():
    assert "style" not in rows_chart(BARS) and "script" not in rows_chart(BARS)


def test_of_nothing_there_is_no_chart():
    assert rows_chart([]) == columns_chart([]) == ""
