"""How long something lasted: 三个月, 半个月, 两个半月, 一年半, 20天."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.zh.numerals import read_numeral
from bot.zh.spans import Span

_DAYS = {"year": 365, "month": 30, "week": 7, "day": 1}
_LOOSE = re.compile("一两|[一两二]三|三四|三五|四五|五六|六七|七八|八九")
_RATE_SAID = re.compile("百[一二三四五六七八九]一$")
_UNITS = {"年": "year", "月": "month", "周": "week", "星期": "week", "礼拜": "week"}
_UNITS.update({"天": "day", "日": "day"})
_COUNT = r"\d{1,4}(?:\.\d)?|[零一二两三四五六七八九十百]{1,5}|半"
_DURATION = re.compile(
    rf"(?<![\d.第每去前几])(?P<count>{_COUNT})(?:来|多)?"
    r"(?:(?P<ge>个)(?P<half>半)?多?(?P<of>月|星期|礼拜)|(?P<bare>年|周(?!岁)|天))"
    r"(?P<tail>半|多)?(?!前|以前|之前|级|纪|度|终|底|薪|末|假)"
)
# 一个月4000, 一天两百: a rate of pay, not a time that passed.
_RATE = re.compile(
    r"(?:的?(?:工资|收入|才|就|能|拿|发|给|是|大概|差不多|底薪|挣|也就|只有|到手|得|要|只|加班费|上|干|休|加班|加))*"
    r"(?:\s*[\d一二两三四五六七八九]|(?<=[加班上干做要有])\n)"
)
# 4000块一个月, 七千来块一个月
_RATED = re.compile(r"(?:[\d百千万kw][多来几]?|[元块钱])\s*$", re.IGNORECASE)
_NEVER = re.compile(r"[^,。;]{0,3}(?:都|也)没|没")  # 一天没干, 一天休息都没有
_OWED = re.compile(r"[欠压押][了着]?我?们?$")


def find_durations(text: str) -> Iterator[Span]:
    """Yield spans of kind `duration` from a folded text.

    The value holds `days` (a month is 30, a year 365), `text_unit` and `count` (in that unit).
    """
    for found in _DURATION.finditer(text):
        count = _count(found)
        # 一百五一天 is 150 a day
        if (
            count is None
            or _RATE_SAID.search(found["count"])
            or _is_rate(text, found, count)
            or _is_year(found, count)
        ):
            continue
        unit = _UNITS[found["of"] or found["bare"]]
        value = {"days": int(count * _DAYS[unit]), "text_unit": unit, "count": _plain(count)}
        yield Span(found.start(), found.end(), "duration", value)


def _count(found: re.Match[str]) -> Decimal | None:
    half = Decimal("0.5")
    said = found["count"]
    if _LOOSE.fullmatch(said):  # 三四个月: the lower figure
        said = said[0]
    count = half if said == "半" else read_numeral(said)
    if count is None:
        return None
    return count + (half if found["half"] or found["tail"] == "半" else 0)


def _is_rate(text: str, found: re.Match[str], count: Decimal) -> bool:
    if count != 1 or _OWED.search(text[: found.start()]):
        return False
    if _RATED.search(text[: found.start()]) or _RATE.match(text, found.end()):
        return True
    return found["bare"] == "天" and _NEVER.match(text, found.end()) is not None


def _is_year(found: re.Match[str], count: Decimal) -> bool:
    return found["bare"] == "年" and (count > 60 or (len(found["count"]) == 2 and count < 10))


def _plain(count: Decimal) -> str:
    return format(count.normalize(), "f")
