"""How long insurance was paid: 社保交了3年, 失业保险交满11个月, 交了一年的社保."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.zh.counted import TIME, plain, read_months
from bot.zh.spans import Span

_KINDS = {"失业保险": "unemployment", "失业险": "unemployment", "养老保险": "pension"}
_KINDS.update(
    {"养老": "pension", "医疗保险": "medical", "医保": "medical", "生育保险": "maternity"}
)
_KINDS.update({"社会保险": "social", "社保": "social", "五险": "social", "三险": "social"})
_KINDS.update(
    {"工伤保险": "injury", "公积金": "", "商业保险": "", "会费": "", "党费": "", "房租": ""}
)
_OF = "(?:" + "|".join(sorted(_KINDS, key=len, reverse=True)) + ")(?:一金)?费?"
_PAID = r"(?P<paid>交纳|缴纳|缴费|参保|交|缴|买)"
_SO = r"(?:了|满|够|过|有|只|才|就|已经|都|快|一共|总共|累计|连续|整整|差不多|大概|得有|到|的|费)*"
_TIME = rf"(?P<time>{TIME})(?!前|以前|之前|内|后|没)"
_FORMS = (
    re.compile(rf"{_PAID}{_SO}{_TIME}(?:多|整)?(?:的)?(?P<of>{_OF})?"),
    re.compile(rf"{_PAID}{_SO}(?P<of>{_OF}){_SO}{_TIME}"),
)
_NOT_PAID = re.compile(r"(?:没有?|未|不|断|停|欠|漏|少|补)(?:给|帮|替)?(?:我们?|大家)?$")
_NEAR = 24


def find_contribution(text: str) -> Iterator[Span]:
    """Yield spans of kind `contribution`: `months` paid, and the `kind` of insurance."""
    taken: list[Span] = []
    for found in (one for form in _FORMS for one in form.finditer(text)):
        months = read_months(found["time"])
        kind = _KINDS.get(_bare(found["of"])) if found["of"] else _said_before(text, found)
        if months is None or not kind or _NOT_PAID.search(text[: found.start()]):
            continue
        value = {"months": plain(months), "kind": kind}
        span = Span(found.start("time"), found.end("time"), "contribution", value)
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
    yield from sorted(taken, key=lambda span: span.start)


def _said_before(text: str, found: re.Match[str]) -> str | None:
    """Return the insurance named last in the sentence before; 缴费 alone is of all of them."""
    before = re.split(r"[。;!?]", text[max(0, found.start() - _NEAR) : found.start()])[-1]
    named = re.findall(_OF, before)
    if named:
        return _KINDS.get(_bare(named[-1]))
    return "social" if found["paid"] in ("缴费", "参保") else None


def _bare(said: str) -> str:
    return re.sub(r"(?:一金)?费?$", "", said) if said not in _KINDS else said
