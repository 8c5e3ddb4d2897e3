"""Names of places: how they are shortened, and what looks like one and is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.zh.spans import Span

# The peoples whose names stand in the names of autonomous places.
_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|"
    "哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|"
    "达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|普米族|塔吉克族|塔吉克|怒族|裕固族|保安族|"
    "独龙族|鄂伦春族|鄂伦春|鄂温克族|各族"
)
_AUTONOMOUS = re.compile(rf"(?:{_PEOPLES})*(?:自治区|自治州|自治县|自治旗)$")
_SUFFIX = re.compile(r"(?:特别行政区|林区|特区|地区|省|市|盟|县|区|旗)$")
_UNKNOWN = re.compile(
    r"(?=(?:^|(?<=[在是到去于从自的,。;:\s]))"
    r"(?P<name>[\u4e00-\u9fff]{2,4}?(?:省|市|县|自治州|自治区|自治县))"
    r"(?:$|[\s,。;:!?的这那上打工做厂有我里]))"
)
_NOT_A_NAME = re.compile(
    r"[的了我你他她们这那哪什么不没有到去来是做干工厂打家个全各本外每某同该在一二三四五六七八九十两几城超门上夜股菜楼黑节反大小整]"
)


def short_names(name: str) -> set[str]:
    """Return the shorter forms people use: 河南, 湘西 and 湘西州, 内蒙古; all of two or more."""
    if name.startswith("内蒙古"):
        return {"内蒙古", "内蒙"}
    stem = _AUTONOMOUS.sub("", name)
    forms = {stem}
    if stem != name and name.endswith("州"):
        forms.add(f"{stem}州")
    if stem == name:
        forms = {_SUFFIX.sub("", name), re.sub("新区$", "", name)}
    return {form for form in forms if len(form) >= 2 and form != name}


def find_unknown(text: str, known: list[Span]) -> Iterator[Span]:
    """Yield spans of kind `region_unknown`: names that end like a place and are none we know."""
    for found in _UNKNOWN.finditer(text):
        span = Span(found.start("name"), found.end("name"), "region_unknown", found["name"])
        stem = re.sub(r"(省|市|县|自治州|自治区|自治县)$", "", found["name"])
        if not _NOT_A_NAME.search(stem) and not any(span.overlaps(other) for other in known):
            yield span
