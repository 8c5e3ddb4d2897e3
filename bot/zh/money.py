"""Amounts of yuan, and what they are paid for: 一个月4000, 三千多, 时薪20块, 一共欠我3万."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.zh.numerals import Number, find_numbers
from bot.zh.spans import Span

_YUAN = re.compile(r"\s*(?:元钱|元整|元|块钱|块|圆|人民币|rmb|¥|￥)(?!头)", re.IGNORECASE)
_SIGN = re.compile(r"(?:[¥￥]|rmb|人民币)\s*$", re.IGNORECASE)
_MAGNITUDE = re.compile(r"[百千万亿]|[\d]\s?[kw]", re.IGNORECASE)
_COUNTED = re.compile(  # 三千人, 50平米, 8小时: something else is counted
    r"\s*(?:多|来|余)?\s*(?:[个名位口户家套台间件次回遍倍级楼层岁号月日年天周届章条款项页字吨斤度]"
    r"|人|平|亩|米|公里|千米|km|小时|分钟|分|秒|点|星期|礼拜|%|%|多人|多名|职工|员工|工人|号令|折|成)"
)
_CUE = re.compile(
    r"(?:工资|薪资|薪水|月薪|日薪|时薪|底薪|年薪|薪|到手|收入|生活费|补助|补贴|基本工资|标准|一个月|每个?月|个月|一天|每天"
    r"|小时|发|给|拿|挣|得|欠|差|押金|保证金|罚款|罚|房租|违约金|培训费|扣|赚|付|打|才|领|结|转|剩|补|少|只有|金额|现在|是|成|原来|本来|以前|变成|降到|降成|减到|改到)"
    r"(?:了|我|我们|的|是|有|大概|约|才|就|只|到|过|着|差不多|每个?月|一共|总共|税前|税后|实发|应发|来|是:|[:,为\s]){0,4}$"
)
_LOOSE_BEFORE = re.compile(r"(?:大概|大约|差不多|约|左右|将近|接近|至少|不到|最多|顶多)\s*$")
_LOOSE_AFTER = re.compile(r"\s*(?:元|块钱|块)?\s*(?:多|左右|上下|不到|出头|以上|以下|来块|大概)")
# 138 1234 5678: digits in groups are a telephone or card number.
_MORE_DIGITS = re.compile(r"[ -]\d{3,4}(?!\d)")
_DIGITS_BEFORE = re.compile(r"(?<!\d)\d{3,4}[ -]$")
# 120一天, 16一个小时: a rate, whatever stands before it.
_RATE_BEHIND = re.compile(
    r"\s*(?:元|块钱?)?\s*(?:(?:/|一|每)(?:天|个工)|(?:/|一个?|每个?)(?:小时|钟头))"
)
# Facts found before stand as line feeds.
_CLAUSE_BEGINS = re.compile(r"[,。;\n]\s*$")
_CLAUSE_ENDS = re.compile(r"\s*(?:$|[,。;\n])|\s+[^\d\s]")
_REPLY = re.compile(
    r"^\W*(?:我|不对|不是|不|错了|每个?月|一个月|每月|月薪|工资|大概|大约|差不多|约|是|就|有|应该|好像|可能|到手|的|,|\s)*$"
)
_REPLY_TAIL = re.compile(
    r"^(?:元|块|钱|多|左右|上下|的样子|样子|吧|啊|呢|一个月|每月|月|一月|/|不到|出头|工资|,|。|!|\s)*$"
)
_PER = {
    "year": (r"(?:年薪|年收入|一年|每年)[^\n,。;]{0,6}$", r"^\s*(?:/|一|每)年"),
    "hour": (r"(?:时薪|每?个?一?小时|钟点)[^\n,。;]{0,6}$", r"^\s*(?:/|一个?|每个?)(?:小时|钟头)"),
    "day": (r"(?:日薪|日工资|一天|每天|每日|天)[^\n,。;]{0,6}$", r"^\s*(?:/|一|每)(?:天|日|个工)"),
    "month": (
        r"(?:月薪|月工资|月收入|一个?月|每个?月|月)[^\n,。;]{0,8}$",
        r"^\s*(?:/|一个?|每个?)月(?!底|初|中)",
    ),
    "total": (
        # what stands blanked as line feeds between is counted: 欠我四个月工资两万六
        r"(?:一共|总共|共|合计|总计|加起来|拢共|差我|差俺|赔偿?|没给)[^\n。;]{0,8}$"
        r"|(?:欠薪|拖欠|还欠|欠|还差|差(?!不多|的|劲|点))(?:[^\n。;]{0,8}|[^,。;]{0,16}(?:(?:工资|工钱|钱),?)?)$"
        r"|[压押][了着]?[^,。;]{0,10}(?:工资|钱),?[^\n,。;]{0,3}$"
        r"|(?:没发|没给|没结|未发|没付|不给|不发|不结|没拿到),?(?:一共|总共|大概|差不多|共计|约|有|合计)*$",
        r"^\s*(?:的)?(?:欠薪|欠款|总额|[^\n,。;]{0,3}没(?:结|给|付|拿到))",
    ),
}
_PER_RE = {per: tuple(re.compile(p) for p in both) for per, both in _PER.items()}
_WAGE = re.compile(r"(?:工资|底薪|薪资|薪水|生活费|到手|基本工资)[^\n,。;欠]{0,6}$")
_TAKEN_OFF = re.compile(r"(?:扣|罚)[^,。;]{0,10}$")
_RANGE = re.compile(r"\s*(?:到|至|-|~|—)+\s*")


def find_money(text: str) -> Iterator[Span]:
    """Yield spans of kind `money` from a folded text in which dates are already blanked out.

    The value holds `amount` (decimal yuan as a string), `per` (hour, day, month, year, total, None)
    and `approx`. Of a range (4000到5000) the lower figure is given, as approximate.
    """
    numbers = list(find_numbers(text))
    skip = -1
    for at, number in enumerate(numbers):
        if at == skip:
            continue
        upper = _upper_end(text, numbers, at)
        end = upper.end if upper else number.end
        yuan = _YUAN.match(text, end)
        if not (yuan or _is_money(text, number, end)):
            continue
        skip = at + 1 if upper else -1
        stop = yuan.end() if yuan else end
        yield Span(number.start, stop, "money", _value(text, number, stop, bool(upper)))


def _upper_end(text: str, numbers: list[Number], at: int) -> Number | None:
    """Return the higher figure of a range that begins at `numbers[at]`, if there is one."""
    joint = _RANGE.match(text, numbers[at].end)
    if joint is None or at + 1 == len(numbers):
        return None
    upper = numbers[at + 1]
    return upper if upper.start == joint.end() and upper.value > numbers[at].value else None


def _is_money(text: str, number: Number, end: int) -> bool:
    """Say whether a number with no 元 behind it is an amount all the same."""
    said = text[number.start : end]
    before, after = text[: number.start], text[end:]
    if _SIGN.search(before) or _RATE_BEHIND.match(after):
        return number.value >= 5
    in_groups = _MORE_DIGITS.match(after) or _DIGITS_BEFORE.search(before)
    if _COUNTED.match(after) or number.value < 10 or _is_code(said, number) or in_groups:
        return False
    if _MAGNITUDE.search(said) and number.value >= 100:
        return True
    if number.value < 100:
        return bool(re.search(r"(?:时薪|日薪|小时|一天|每天)[^\n]{0,5}$", before))
    return (
        bool(_CUE.search(before)) or _is_reply(before, after) or _stands_alone(said, before, after)
    )


def _stands_alone(said: str, before: str, after: str) -> bool:
    """郑州,5000,没干: a figure of four or five digits that is all of its clause, and no year."""
    if not re.fullmatch(r"[1-9]\d{3,4}(?:[到至~-][1-9]\d{3,4})?", said) or re.fullmatch(
        r"(?:19|20)[0-3]\d", said
    ):
        return False
    return bool(_CLAUSE_BEGINS.search(before) and _CLAUSE_ENDS.match(after))


def _is_code(said: str, number: Number) -> bool:
    """A telephone number, a year or a hotline is no amount."""
    digits = said.strip()
    if not digits.isdigit():
        return False
    return len(digits) > 9 or digits in {"12333", "12348", "12351", "12345"}


def _is_reply(before: str, after: str) -> bool:
    return bool(_REPLY.match(before) and _REPLY_TAIL.match(after))


def _value(text: str, number: Number, stop: int, is_range: bool) -> dict[str, object]:
    before, after = text[: number.start], text[stop:]
    tail = text[number.end :]
    loose = _LOOSE_BEFORE.search(before) or _LOOSE_AFTER.match(tail) or _LOOSE_AFTER.match(after)
    amount = format(number.value.normalize(), "f")
    return {
        "amount": amount,
        "per": _per(before[-24:], after[:12]),
        "approx": bool(number.approx or is_range or loose),
    }


def _per(before: str, after: str) -> str | None:
    for per, (_, behind) in _PER_RE.items():
        if behind.search(after):
            return per
    heard = [(_last(ahead, before), per) for per, (ahead, _) in _PER_RE.items()]
    nearest = max(((found.start(), per) for found, per in heard if found), default=None)
    if nearest:
        return nearest[1]
    return "month" if _WAGE.search(before) and not _TAKEN_OFF.search(before) else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the match of a pattern ending in `$` that begins latest."""
    best = None
    for at in range(len(text)):
        best = pattern.match(text, at) or best
    return best
