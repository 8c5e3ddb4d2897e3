"""Numbers as workers write them: 4000, 4k, 3千多, 四千五, 1万2, 二十一, 一百万亿."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = dict(zip("零〇○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_DIGITS.update(dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)), 两=2, 俩=2)
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_UNITS.update({"k": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000})
_BIG = 10_000

_D = "[" + "".join(_DIGITS) + "]"
_U = "[十拾百佰千仟万亿]"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# An Arabic figure, with or without units behind it: 4000  4.5k  1万2  3千5百
_MIXED = rf"{_ARABIC}(?:\s?(?:{_U}|[kw](?![a-z])))?(?:(?<={_U[:-1]}])(?:\d|{_D}|{_U}){{1,8}})?"
_CHINESE = rf"(?:{_D}|十|拾)(?:{_D}|{_U}){{0,19}}(?:点{_D}{{1,6}}[千万亿]?)?"
_NUMBER = re.compile(
    rf"(?<![\d.a-z])(?P<body>{_MIXED}|{_CHINESE})(?P<more>\s?(?:多|来|几|余)(?![少久的大次年天]))?(?P<tail>[千万])?",
    re.IGNORECASE,
)
# 三千七八, 三千七八百: the lower of the two.
_CLOSING_PAIR = re.compile(
    "[百千万](?P<low>[一二三四五六七八])(?P<high>[二三四五六七八九])[百千]?$"
)
_TOKEN = re.compile(rf"{_ARABIC}|.", re.DOTALL)


@dataclass(frozen=True)
class Number:
    """`text[start:end]` reads as `value`; `approx` when it was said loosely (三千多, 两三千)."""

    start: int
    end: int
    value: Decimal
    approx: bool


def read_numeral(text: str) -> Decimal | None:
    """Return the value of a text that is one number and nothing else, or None."""
    found = _NUMBER.fullmatch(text.strip())
    return _number(found).value if found else None


def find_numbers(text: str) -> Iterator[Number]:
    """Yield every number of a folded text, from left to right."""
    for found in _NUMBER.finditer(text):
        yield _number(found)


def _number(found: re.Match[str]) -> Number:
    body = found["body"].replace(" ", "").lower()
    loose = bool(found["more"])
    if _is_pair(body):  # 两三千: the lower of the two
        body, loose = body[0] + body[2:], True
    closing = _CLOSING_PAIR.search(body)
    if closing and int(_DIGITS[closing["high"]]) - int(_DIGITS[closing["low"]]) == 1:
        body, loose = body[: closing.start("high")] + body[closing.end("high") :], True
    value = _value(body)
    if found["tail"]:
        value *= _UNITS[found["tail"]]
    return Number(found.start(), found.end(), value, loose)


def _is_pair(body: str) -> bool:
    digits = [_DIGITS.get(char, 0) for char in body[:2]]
    return len(body) > 2 and body[2] in _UNITS and 0 not in digits and digits[1] - digits[0] == 1


def _value(body: str) -> Decimal:
    if "点" in body:
        return _with_point(body)
    if all(char in _DIGITS for char in body):
        return Decimal("".join(str(_DIGITS[char]) for char in body))
    return _sum(_TOKEN.findall(body))


def _with_point(body: str) -> Decimal:
    whole, _, fraction = body.partition("点")
    unit = _UNITS.get(fraction[-1], 1)
    digits = "".join(str(_DIGITS[char]) for char in fraction if char in _DIGITS)
    return (_value(whole) + Decimal(f"0.{digits}")) * unit


def _sum(tokens: list[str]) -> Decimal:
    """Add up sections: 一亿两千万三百 = 1 x 亿 + 2000 x 万 + 300."""
    total = section = Decimal(0)
    pending: Decimal | None = None
    largest, last = Decimal(0), 1
    for token in tokens:
        unit = _UNITS.get(token)
        if unit is None:
            pending = Decimal(_DIGITS.get(token, 0) if token in _DIGITS else token.replace(",", ""))
            last = last if pending else 1
        elif unit < _BIG:
            section += (1 if pending is None else pending) * unit
            pending, last = None, unit
        else:
            part = section + (pending or 0)
            total = (total + part) * unit if unit > largest else total + part * unit
            section, pending, largest, last = Decimal(0), None, Decimal(unit), unit
    return total + section + _last_digit(pending, last)


def _last_digit(pending: Decimal | None, last: int) -> Decimal:
    """Return what a closing digit is worth: 四千五 is 4500, 一千零五 is 1005, 1万2000 is 12000."""
    if pending is None:
        return Decimal(0)
    return pending * last / 10 if last >= 100 and pending < 10 else pending
