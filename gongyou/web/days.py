"""Days: today in China, and a day as somebody typed it."""

import unicodedata
from datetime import date

from aiohttp import web

from gongyou.clock import CHINA
from gongyou.rulebook.model.values import parse_day
from gongyou.web.keys import CLOCK, SETTINGS

YEARS = range(1949, 2101)


def today(request: web.Request) -> date:
    """The day of the gateway's clock in China, unless the settings name another."""
    return request.app[SETTINGS].today or request.app[CLOCK]().astimezone(CHINA).date()


def read_day(text: str) -> date | None:
    """The day of 2026-09-01 or 2026年9月1日; None for anything else."""
    try:
        day = parse_day(unicodedata.normalize("NFKC", text).strip())
    except ValueError:
        return None
    return day if day and day.year in YEARS else None
