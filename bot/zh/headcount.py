"""How many people: 我们三十几个人, 车间12个人, 裁了四十个, 家里五口人."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.zh.counted import read_count
from bot.zh.spans import Span

_N = r"(?P<n>\d{1,6}|[一二两三四五六七八九十百千零]{1,7})(?P<loose>几|来|多|余)?"
_PEOPLE = (
    r"人(?!民|工|事|均|家|力|次|生|大|才|身|体|社|员|情|一[组间桌])|工友|员工|职工|工人|工人|同事|姐妹|兄弟"
    r"|女工|男工|女职工|老乡|师傅|农民工|民工|打工的|打工仔|保安|学徒"
)
_LAW = r"(?!以上|以下|以内|及以上)"
_FORMS = (
    (re.compile(rf"(?<![\d.第每几]){_N}口(?:之家|子人?|人|(?=$|[,。]))"), "family"),
    (re.compile(rf"(?<![\d.第每几一]){_N}(?:个|名|位|号)?(?:{_PEOPLE}){_LAW}"), "people"),
    (
        re.compile(
            rf"(?:裁了|裁掉了?|裁员|辞了|辞退了?|开除了?|走了|我们这?[批组班]?(?:进厂)?的?(?:一共|总共)?有?)"
            rf"{_N}[个名](?=$|[,。;!?\s了]|多?人?被)"
        ),
        "people",
    ),
)


def find_headcount(text: str) -> Iterator[Span]:
    """Yield spans of kind `headcount`: `count`, and `of` family or people; of two at least."""
    taken: list[Span] = []
    for form, of in _FORMS:
        for found in form.finditer(text):
            count = read_count(found["n"])
            start = found.start("n")
            span = Span(start, found.end(), "headcount", {"count": int(count or 0), "of": of})
            if count is not None and count >= 2 and not any(span.overlaps(o) for o in taken):
                taken.append(span)
    yield from sorted(taken, key=lambda span: span.start)
