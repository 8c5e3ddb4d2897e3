"""Finds a place by the names people write: 焦作, 河南焦作, 郑州市金水区."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from gongyou.rulebook import NATION, Rulebook, parse_region
from gongyou.rulebook.model.regions import bare_name, chain

LONGEST = 30  # characters of a place's name


class Places:
    """China's regions by name. Built on first use, then only looked up."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    def find(self, text: str) -> tuple[str, ...]:
        """The codes of every place so named, widest first; empty when there is none."""
        text = "".join(text.split())[:LONGEST]
        code = parse_region(self._rulebook, text) if text else None
        return (code,) if code else tuple(sorted(set(self._inside(text, NATION))))

    def name(self, code: str) -> str:
        """河南省焦作市; 全国 for the nation."""
        return self._rulebook.region_name(code)

    @cached_property
    def provinces(self) -> tuple[tuple[str, str], ...]:
        """Code and name of each province."""
        codes = self._rulebook.regions.by_code
        return tuple((code, self.name(code)) for code in codes if code.endswith("0000"))

    @cached_property
    def suggestions(self) -> tuple[str, ...]:
        """Full names of provinces and cities, to choose from while typing."""
        codes = (code for code in self._rulebook.regions.by_code if code.endswith("00"))
        return tuple(dict.fromkeys(self.name(code) for code in codes))

    def _inside(self, text: str, outer: str) -> Iterator[str]:
        """Places of this name inside `outer`: at once, or named from wide to narrow."""
        for code in self._by_name.get(text, ()):
            if code != outer and outer in chain(code):
                yield code
        for cut in range(2, len(text) - 1):
            for code in self._by_name.get(text[:cut], ()):
                if code != outer and outer in chain(code):
                    yield from self._inside(text[cut:], code)

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        named: dict[str, set[str]] = defaultdict(set)
        for code, region in self._rulebook.regions.by_code.items():
            for name in (self.name(code), region.name, bare_name(region.name)):
                named[name].add(code)
        return {name: tuple(sorted(codes)) for name, codes in named.items()}
