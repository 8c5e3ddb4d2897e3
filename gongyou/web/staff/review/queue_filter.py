"""What an officer narrows the queue to, read from the address; what cannot be used is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, get_args
from urllib.parse import urlencode

from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.narrowing import Narrowing, Order
from gongyou.desk.tickets.table import CAUSES, Cause
from gongyou.rulebook import NATION
from gongyou.rulebook.model.regions import chain
from gongyou.web.requests import clean
from gongyou.web.rules.places import LONGEST, Places
from gongyou.web.texts import read_texts, say

FIELDS: Final = ("cause", "place", "waited", "order", "flagged")
WAITED: Final = {
    "1h": timedelta(hours=1),
    "4h": timedelta(hours=4),
    "1d": timedelta(days=1),
    "3d": timedelta(days=3),
    "7d": timedelta(days=7),
}
ORDERS: Final[tuple[Order, ...]] = get_args(Order.__value__)


@dataclass(frozen=True)
class QueueFilter:
    """`typed`: the fields as they came, "" for one not used. `error`: what is wrong with the
    place; `choices`: what it may mean."""

    typed: Mapping[str, str]
    wanted: Narrowing
    error: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(self.typed.values())

    def link(self, tab: str, page: int = 0, **changes: str) -> str:
        """The address of this list, with some fields changed."""
        fields = {"tab": tab, **self.typed, **changes, "page": str(page) if page else ""}
        return f"/desk?{urlencode({name: value for name, value in fields.items() if value})}"


def read_queue_filter(
    query: Mapping[str, str], person: Person, places: Places, now: datetime
) -> QueueFilter:
    """The fields of the address; a wrong place is named and otherwise left aside."""
    raw = {name: clean(query.get(name, ""))[:LONGEST] for name in FIELDS}
    cause: Cause | None = next((one for one in CAUSES if one == raw["cause"]), None)
    order: Order = next((one for one in ORDERS if one == raw["order"]), "urgent")
    waited = raw["waited"] if raw["waited"] in WAITED else ""
    region, error, choices = _read_place(raw["place"], person, places)
    flagged = raw["flagged"] == "yes"
    since = now - WAITED[waited] if waited else None
    typed = {
        "cause": cause or "",
        "place": raw["place"],
        "waited": waited,
        "order": order if order != "urgent" else "",
        "flagged": "yes" if flagged else "",
    }
    return QueueFilter(typed, Narrowing(cause, region, since, flagged, order), error, choices)


def _read_place(
    text: str, person: Person, places: Places
) -> tuple[str | None, str, tuple[str, ...]]:
    """The code, None for no wish or a name that cannot be used; then why, and what it may mean."""
    if not text:
        return None, "", ()
    if text == read_texts()["queue_place_unknown"]:
        return NATION, "", ()
    codes = places.find(text)
    if len(codes) != 1:
        names = tuple(map(places.name, codes))
        return None, say("queue_places" if codes else "queue_no_place", typed=text), names
    if not _is_theirs(codes[0], person):
        return None, say("queue_place_not_yours", place=places.name(codes[0])), ()
    return codes[0], "", ()


def _is_theirs(code: str, person: Person) -> bool:
    """Whether the place is in one of the person's regions, or holds one."""
    return any(own in chain(code) or code in chain(own) for own in person.regions)


@dataclass(frozen=True)
class CauseLink:
    """One cause with the number of its lines: 3, or 99+. `link` leads to them, or back to all."""

    title: str
    count: str
    link: str
    is_on: bool


def show_causes(
    counts: Mapping[Cause, int], chosen: QueueFilter, tab: str, most: int
) -> tuple[CauseLink, ...]:
    """Those there are, and the one that is chosen though there is none of it."""
    names, on = read_texts()["ticket_causes"], chosen.typed["cause"]
    return tuple(
        CauseLink(
            title=names[cause],
            count=f"{most}+" if counts.get(cause, 0) > most else str(counts.get(cause, 0)),
            link=chosen.link(tab, cause="" if cause == on else cause),
            is_on=cause == on,
        )
        for cause in CAUSES
        if cause in counts or cause == on
    )
