"""China's administrative regions (GB/T 2260): who contains whom, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

NATION = "000000"
_PLACEHOLDERS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@cache
def chain(code: str) -> tuple[str, ...]:
    """The region and all that contain it, smallest first, ending with the nation."""
    parents = (code, code[:4] + "00", code[:2] + "0000", NATION)
    return tuple(dict.fromkeys(parents))


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Regions:
    by_code: Mapping[str, Region]

    def __contains__(self, code: object) -> bool:
        return code == NATION or code in self.by_code

    def name(self, code: str, full: bool = True) -> str:
        """The region's name, led by its province's and city's when `full`."""
        if code == NATION:
            return "全国"
        own = self.by_code[code].name
        if not full:
            return own
        parents = (self.by_code[c].name for c in reversed(chain(code)[1:]) if c in self.by_code)
        names = [name for name in (*parents, own) if name not in _PLACEHOLDERS]
        return "".join(dict.fromkeys(names))

    def is_county(self, code: str) -> bool:
        """Whether the code is of the smallest level (county, district)."""
        return not code.endswith("00")

    def find(self, text: str) -> tuple[str, ...]:
        """Codes whose short or full name is this text, with or without 省 市 县 区."""
        text = "".join(text.split())
        hits = [code for code in self.by_code if text in (self.name(code), self.name(code, False))]
        if hits or len(text) < 2:
            return tuple(hits)
        near = (c for c, r in self.by_code.items() if bare_name(r.name) == text)
        return tuple(near)


def bare_name(name: str) -> str:
    """焦作 for 焦作市; short names keep their tail (沁县)."""
    for tail in ("特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "县", "区", "盟"):
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name.removesuffix(tail)
    return name
