"""Where a case is, as far as statistics tell places apart: province and city."""

from dataclasses import dataclass
from typing import Final

UNKNOWN: Final = "000000"
_MUNICIPALITIES: Final = ("11", "12", "31", "50")  # cities of a province's rank
_DIRECT: Final = "90"  # counties without a city above them: 419001 is 济源


@dataclass(frozen=True, slots=True)
class Place:
    """GB/T 2260 codes; `province` is "000000" and `city` None where they are not known."""

    province: str
    city: str | None


def place_of(region: str) -> Place:
    """The province and city of a ticket's region, which may be a district."""
    province = region[:2] + "0000"
    if region[:2] in _MUNICIPALITIES:
        return Place(province, province)
    if region[2:4] == _DIRECT:
        return Place(province, region)
    city = region[:4] + "00"
    return Place(province, None if city == province else city)
