"""Employers' names, brought to what tells one enterprise from another.

The same employer is 宏达厂 to a worker and 焦作市宏达机械制造有限公司 to a lawyer. A name is cut
to its trade name (字号): without spaces and punctuation, place, line of business, legal form and
branch. Two enterprises of one trade name are taken for one: they often belong together, and a
lawyer who is not asked costs less than one bound to the other side. Only what is written counts: a
name misheard, or in traditional characters, is another name.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import yaml

WORDS: Final = Path(__file__).with_name("employer_names.yaml")
_SHORTEST = 2  # characters of a trade name
_REMEMBERED = 10_000  # names whose cores are kept at hand
_LONGEST = 200  # characters of a name that are read; registered names are far shorter
_BRACKETED = re.compile(
    r"[(\[{<【〔〈《「『]([^()\[\]{}<>【】〔〕〈〉《》「」『』]*)[)\]}>】〕〉》」』]"
)
_NUMBER = "[0-9一二三四五六七八九十]+"


def normalise(name: str) -> str:
    """The trade name, in NFKC and lower case; "" when nothing names an enterprise.

    - 有限责任公司, 股份有限公司, 有限公司, 集团, 总公司 go wherever they stand;
    - 厂, 分公司, 第三车间 and the like go at the end, with a place or number before them;
    - a place goes at the head and at the end, and whatever stands in brackets;
    - lines of business go at the end.
    What would leave nothing but a place or a line of business (上海机械厂) keeps both.
    """
    plain = _plain(name)
    return _core(_BRACKETED.sub("", plain)) or _core(plain)


def same_enterprise(a: str, b: str) -> bool:
    """Whether two names may mean one enterprise: equal cores, or one within the other.

    Words in brackets count as another name of it (原红星机械厂). An unknown name ("") is nobody's.
    """
    return any(_may_be_same(one, other) for one in names_of(a) for other in names_of(b))


def _may_be_same(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return short == long or (_names_somebody(short) and short in long)


@lru_cache(_REMEMBERED)
def names_of(name: str) -> tuple[str, ...]:
    """The core of the name, and of what stands in brackets if that is a name."""
    main = normalise(name)
    others = (_core(inside) for inside in _BRACKETED.findall(_plain(name)))
    return (*([main] if main else []), *filter(_names_somebody, others))


def _core(text: str) -> str:
    core = _without_tails(_forms().sub("", _without_tails(_letters(text))))
    core = _without_lead(core)
    return "" if core in _words("nobody", "tails") else _without_trades(core)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name)[:_LONGEST].casefold()


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _without_tails(core: str) -> str:
    """宏达机械焦作第二分厂 → 宏达机械; a place at the very end goes with them."""
    while (rest := _tail().sub("", core)) and rest != core and not _place().fullmatch(rest):
        core = rest
    return core


def _without_lead(core: str) -> str:
    """河南省焦作市宏达机械 → 宏达机械, as long as a trade name follows."""
    while (found := _place().match(core)) and _names_somebody(core[found.end() :]):
        core = core[found.end() :]
    return core


def _without_trades(core: str) -> str:
    rest = _trades().sub("", core)
    return rest if _names_somebody(rest) else core


def _names_somebody(core: str) -> bool:
    """Whether a trade name is there besides place and line of business."""
    rest = _trades().sub("", core)
    return len(rest) >= _SHORTEST and not _place().fullmatch(rest)


@cache
def _words(*names: str) -> tuple[str, ...]:
    """Words of these lists, the longest first."""
    lists: dict[str, str] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return tuple(sorted((word for name in names for word in lists[name].split()), key=len)[::-1])


@cache
def _forms() -> re.Pattern[str]:
    return re.compile("|".join(_words("forms")))


@cache
def _trades() -> re.Pattern[str]:
    return re.compile(f"(?:(?:第{_NUMBER})?(?:{'|'.join(_words('trades'))}))++$")


@cache
def _place() -> re.Pattern[str]:
    """A province, city or county, or several, as far as they can be told from a trade name."""
    listed = "|".join(_words("provinces", "cities"))
    tail = "特别行政区|[一-鿿]{0,7}?自治[区州县]|[省市州盟]|地区"
    small = "[一-鿿]{2,3}?(?:县|开发区|高新区|新区|(?<![超城门夜菜股])市|(?<![社小园校景])区)"
    return re.compile(f"(?:(?:{listed})(?:{tail})?|{small})++")


@cache
def _tail() -> re.Pattern[str]:
    """A branch with its place and number, or a place alone, at the end of a name."""
    listed = f"(?:{'|'.join(_words('provinces', 'cities'))})[省市]?"
    parts = "|".join(_words("tails"))
    return re.compile(f"(?:(?:{listed})*+(?:第?{_NUMBER})?(?:{parts})|{listed}店?)$")
