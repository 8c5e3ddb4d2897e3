"""E-mail addresses, names in WeChat, QQ and the like, numbers of passports and plates."""

import re
from collections.abc import Iterator

from gongyou.anonymising.folding import spell_digits
from gongyou.anonymising.spans import Span

EMAIL = re.compile(r"[A-Za-z0-9._%+-]+\s?@\s?[A-Za-z0-9-]+(?:\s?\.\s?[A-Za-z0-9-]+)+")
# What people say before such a name.
SAID = (
    r"微信|[薇威徵围]信|[Vv]信|wx|WX|[Vv][Xx]|[Ww]e[Cc]hat|weixin|抖音|快手|小红书|支付宝|钉钉|[QqＱ]{1,2}"
    r"|扣扣|企鹅|[账帐][号户]|用户名|工号|学号|护照|编号|ID|(?:加我?|我的?)[Vv]"
)
BETWEEN = r"[号群码]?\s*(?:[:,]|是|为|叫|转的)?\s*(?:[账帐][号户])?\s*[:,]?\s*"
NAMED = re.compile(rf"(?:{SAID}){BETWEEN}([A-Za-z0-9][-_.A-Za-z0-9]{{3,}})")
SPOKEN = re.compile(rf"(?:[QqＱ]{{2}}|扣扣|企鹅){BETWEEN}(\d{{5,12}})(?!\d)")
PLAIN = re.compile(r"wxid_[A-Za-z0-9_]+")
PASSPORT = re.compile(r"(?<![A-Za-z0-9])[EGPDegpd][A-Za-z]?\d{7,8}(?!\d)")
PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-Za-z][·\s]?(?=[A-Za-z]{0,2}\d)[A-Za-z0-9]{4,6}"
)


def find_accounts(folded: str) -> Iterator[Span]:
    """All of them, overlapping ones as they come."""
    for found in EMAIL.finditer(folded):
        yield Span(*found.span(), "email")
    for pattern, text in ((NAMED, folded), (SPOKEN, spell_digits(folded))):
        for found in pattern.finditer(text):
            yield Span(*found.span(1), "account")
    for pattern in (PLAIN, PASSPORT, PLATE):
        for found in pattern.finditer(folded):
            yield Span(*found.span(), "account")
