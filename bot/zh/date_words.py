"""How dates are written: the words and the patterns, from the most exact to the loosest."""

from __future__ import annotations

import re

_M = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_D = r"(?:\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_Y = r"(?:(?:19|20)\d\d|[一二][零〇九][零〇一二三四五六七八九]{2})"
YEAR_WORDS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2}
DAY_WORDS = {"今天": 0, "今日": 0, "今儿": 0, "昨天": -1, "昨日": -1, "昨儿": -1, "前天": -2}
DAY_WORDS.update({"大前天": -3, "明天": 1, "明日": 1, "后天": 2})
MONTH_WORDS = {"这个月": 0, "这月": 0, "本月": 0, "当月": 0, "上个月": -1, "上月": -1}
MONTH_WORDS.update({"上上个月": -2, "上上月": -2, "下个月": 1, "下月": 1})


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_PART = r"(?:的?(?P<part>初|中旬|上旬|下旬|中|底|末))?"
_FORMS = (
    rf"(?<![\d.])(?P<y>{_Y})\s*[-./年]\s*(?P<m>{_M})\s*[-./月]\s*(?P<d>{_D})(?![\d.])\s*[日号]?",
    r"(?<!\d)(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)",
    rf"(?P<yw>{_any(YEAR_WORDS)})的?(?P<m>{_M})\s*[月.]\s*份?(?P<d>{_D})\s*[日号]",
    rf"(?<!\d)(?P<ys>\d\d)年(?P<m>{_M})月(?P<d>{_D})[日号]?",
    rf"(?<![\d第])(?P<m>{_M})月份?的?(?P<d>{_D})\s*[日号](?!楼|线|门|店|厂|车间|员)",
    rf"(?<![\d第])(?P<m>{_M})月(?P<d>\d{{1,2}})(?=\s*(?:$|[,。;停开放走吧起]))",
    rf"(?P<mw>{_any(MONTH_WORDS)})的?(?P<d>{_D})[日号](?!楼|线|门|店|厂|车间|员)",
    rf"(?<![\d.])(?P<y>{_Y})\s*(?:年\s*(?P<m>{_M})\s*月份?{_PART}|[-/](?P<m2>\d{{1,2}})(?![\d-]))",
    rf"(?P<yw>{_any(YEAR_WORDS)})的?(?P<m>{_M})\s*月份?{_PART}(?!\d)",
    rf"(?<!\d)(?P<ys>[12]\d)年(?P<m>{_M})月份?{_PART}",
    rf"(?P<yw>{_any(YEAR_WORDS)})的?(?P<f>@FESTIVALS@)",
    rf"(?P<yw>{_any(YEAR_WORDS)})(?P<yp>年?[初底末]|年前)?",
    rf"(?P<mw>{_any(MONTH_WORDS)}){_PART}",
    rf"(?<![\d第个.])(?P<m>{_M})月份?{_PART}(?!\d|[大小]|亮|饼|经|薪|工资|收入)",
    r"(?<![\d.])(?P<y>20[0-3]\d)年(?!的?工龄)(?P<yp>[初底末])?",
    rf"(?<![\d第.几个十百一二三四五六七八九])(?<!每月)(?<!每个月)(?P<d>{_D})[日号]"
    r"(?!楼|线|门|店|厂|车间|员|码|文|令|子|(?:才|左右|准时)?(?:发工资|发薪|发钱|开工资|结工资|开支))",
    r"(?<![\d.:/-])(?P<m>1[0-2]|0?[1-9])[./](?P<d>[0-3]?\d)(?![\d.:/%])"
    r"(?=\s*(?:$|[,。;~\-]|号|日|到|至|停|开始|起|以后|之后|就|那天|放假|复工|开工|上班|前|后|没))",
    rf"(?P<dw>{_any(DAY_WORDS)})",
    r"(?<![一二三四五六七八九十\d])(?P<monthpart>月[初中底末])(?!才?(?:发|结|开工资|开支))",
    r"(?<![百千万二三四五六七八九])(?P<f>@FESTIVALS@)(?:节|假期|放假|假)*(?:前|后|以后|之后|期间)?",
    r"(?P<ny>过了?年|大年|年)(?P<nyp>初[一二三四五六七八]|[前后])(?:以后)?",
    r"(?P<ny>过完年)",
    r"(?<![\d一二三四五六七八九十百千每前去今明])年(?P<yb>初)(?![一二三四五六七八九十])",
    r"(?P<wk>上上|上|这|本)个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])?",
    r"(?P<n>\d{1,3}|[一两二三四五六七八九十]{1,3}|半)(?P<u>天|周|个?星期|个?礼拜|个?月|年)(?:以前|之前|前)",
)


def patterns(festivals: list[str]) -> tuple[re.Pattern[str], ...]:
    """Return the patterns with the names of the festivals put in."""
    names = "|".join(sorted(festivals, key=len, reverse=True)) or r"(?!)"
    return tuple(re.compile(form.replace("@FESTIVALS@", names)) for form in _FORMS)
