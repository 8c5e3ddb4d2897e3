"""Provinces, cities and districts: what a place may still be called by."""

import csv
import re
from functools import cache
from pathlib import Path

from gongyou.anonymising.signs import read_signs

REGIONS = Path(__file__).resolve().parents[2] / "rulebook" / "regions.csv"
_PEOPLE = (
    "维吾尔|哈萨克|柯尔克孜|达斡尔|鄂伦春|鄂温克|塔吉克|拉祜|傈僳|土家|蒙古|布依|朝鲜|哈尼|景颇|仡佬|毛南|仫佬|东乡|撒拉|保安|裕固"
    "|纳西|普米|独龙|布朗|锡伯|各|壮|回|藏|苗|彝|侗|瑶|白|傣|羌|黎|畲|水|土|满|怒|佤"
)
_TITLE = re.compile(
    rf"(?:(?:(?:{_PEOPLE})族?)+自治[区州县旗]|特别行政区|自治区|地区|新区|林区|省|市|区|县|盟|旗)$"
)


# 龙湖 is a district, 龙湖镇 and 解放路 are not.
_FINER = re.compile("[镇乡村庄屯寨路街巷苑]|大道|新村|小区|社区|花园")


@cache
def region_names() -> frozenset[str]:
    """Full names and short ones of two characters and more (焦作市, 焦作; 内蒙古自治区, 内蒙古)."""
    with REGIONS.open(encoding="utf-8", newline="") as file:
        full = {row["name"] for row in csv.DictReader(file)}
    short = {_TITLE.sub("", name) for name in full}
    return frozenset(name for name in {*full, *short, *read_signs().open_places} if len(name) > 1)


def skip_regions(text: str) -> int:
    """How many characters at the beginning are names of regions."""
    at, known = 0, region_names()
    while True:
        sizes = (n for n in range(min(12, len(text) - at), 1, -1) if text[at : at + n] in known)
        size = next(sizes, 0)
        if not size or _FINER.match(text, at + size):
            return at
        at += size
        if at < len(text) and text[at] in "省市区县" and text[at : at + 2] not in known:
            at += 1
