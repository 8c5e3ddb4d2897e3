"""What a page is worked out with: the law, its words, the time."""

from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from gongyou.desk.routing.worktime import IsWorkday
from gongyou.rulebook import Rulebook
from gongyou.web.days import today
from gongyou.web.keys import CATALOGUE, CLOCK, NAMES
from gongyou.web.names import Names
from gongyou.web.rules.catalogue import Catalogue


@dataclass(frozen=True)
class Setting:
    """`today` is the day in China by which the law is read; `now` is the clock's."""

    catalogue: Catalogue
    names: Names
    now: datetime
    today: date

    @property
    def rulebook(self) -> Rulebook:
        return self.catalogue.rulebook

    @property
    def is_workday(self) -> IsWorkday:
        return self.rulebook.calendar.is_workday


def setting_of(request: web.Request) -> Setting:
    app = request.app
    return Setting(app[CATALOGUE], app[NAMES], app[CLOCK](), today(request))
