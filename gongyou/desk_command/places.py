"""Regions by what people call them."""

from typing import Final

from gongyou.rulebook import Rulebook, parse_region
from gongyou.rulebook.model.regions import NATION, Regions, bare_name, chain

_MOST_NAMED: Final = 5


def find_region(rulebook: Rulebook, text: str) -> str:
    """The code of a name or code: 焦作, 河南焦作, 河南省焦作市, 410800; 全国 is everywhere.

    Raises ValueError, naming the choices when there are several.
    """
    regions = rulebook.regions
    if text in (NATION, regions.name(NATION)):
        return NATION
    code = parse_region(rulebook, text)
    found = (code,) if code else regions.find(text) or _by_bare_names(regions, text)
    widest = [one for one in found if all(one in chain(other) for other in found)]
    if widest:  # the only one, or a city that has a county of its name: 新乡
        return widest[0]
    if not found:
        raise ValueError(f"{text!r} is no region: write its name or six-digit code")
    named = [f"{regions.name(code)} ({code})" for code in found[:_MOST_NAMED]]
    several = ", ".join([*named, *(["…"] if len(found) > _MOST_NAMED else [])])
    raise ValueError(f"{text!r} could be {several}: write the code of one")


def _by_bare_names(regions: Regions, text: str) -> tuple[str, ...]:
    """河南焦作: each part of the name without its 省, 市, 县, 区, some left out."""
    wanted = _bare(text)
    return tuple(code for code in regions.by_code if wanted in _bare_names(regions, code))


def _bare_names(regions: Regions, code: str) -> set[str]:
    """朝阳, 北京朝阳; and 河南焦作山阳, 河南山阳, 焦作山阳."""
    parents = [regions.by_code[c] for c in chain(code)[1:] if c in regions.by_code]
    own = bare_name(regions.by_code[code].name)
    leads = [bare_name(parent.name) for parent in reversed(parents)]
    return {own, "".join([*leads, own]), *(lead + own for lead in leads)}


def _bare(text: str) -> str:
    return bare_name("".join(text.split()))
