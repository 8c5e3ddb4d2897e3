"""Sums over published classes: everything shown of a week is one of these."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Count:
    """A class as it is shown; see table.WeeklyCount."""

    monday: date
    region: str
    park: str | None
    employer: str | None
    topic: str | None
    is_answered: bool | None
    workers: int


@dataclass(frozen=True, slots=True)
class Query:
    """A question about one week; None: whatever it is. `region` may be a province or a city."""

    monday: date
    region: str | None = None
    topic: str | None = None
    employer: str | None = None

    def takes(self, count: Count) -> bool:
        return (
            count.monday == self.monday
            and (self.region is None or lies_in(count.region, self.region))
            and self.topic in (None, count.topic)
            and self.employer in (None, count.employer)
        )


def lies_in(region: str, whole: str) -> bool:
    """A province holds its cities."""
    return region == whole or (whole.endswith("0000") and region[:2] == whole[:2] != "00")


def answer(counts: Iterable[Count], query: Query) -> int | None:
    """At least so many workers; None when no class is within the question."""
    return sum(count.workers for count in counts if query.takes(count)) or None


def sum_by[K: Hashable](
    counts: Iterable[Count], key: Callable[[Count], K | None]
) -> Mapping[K, int]:
    """Workers by key, most first; classes without the key are left out."""
    sums: dict[K, int] = defaultdict(int)
    for count in counts:
        found = key(count)
        if found is not None:
            sums[found] += count.workers
    return dict(sorted(sums.items(), key=lambda item: (-item[1], str(item[0]))))


def total(counts: Iterable[Count]) -> int:
    return sum(count.workers for count in counts)
