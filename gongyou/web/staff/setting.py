"""What a page of the desk is worked out with: the law, its words, the time."""

from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from gongyou.desk.routing.worktime import IsWorkday
from gongyou.rulebook import Rulebook
from gongyou.web.keys import CATALOGUE, CLOCK, NAMES, WORKDAYS
from gongyou.web.names import Names
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.rules.days import today


@dataclass(frozen=True)
class Setting:
    """`today` is the day in China by which the law is read; `now` is the clock's."""

    catalogue: Catalogue
    names: Names
    is_workday: IsWorkday
    now: datetime
    today: date

    @property
    def rulebook(self) -> Rulebook:
        return self.catalogue.rulebook


def setting_of(request: web.Request) -> Setting:
    app = request.app
    return Setting(app[CATALOGUE], app[NAMES], app[WORKDAYS], app[CLOCK](), today(request))


def ticket_id(request: web.Request) -> int:
    return int(request.match_info["ticket"])


def case_path(number: int) -> str:
    return f"/desk/tickets/{number}"
