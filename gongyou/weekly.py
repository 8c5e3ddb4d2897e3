"""The weekly report of a region, from the desk's published figures and the rulebook's names.

The meeting of desk, rulebook and reporting, for the clerk (each Monday) and the desk's page (on
demand). The figures are published once, so both make the same report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from gongyou.casework.documents import render_docx
from gongyou.clock import CHINA
from gongyou.desk.statistics.classes import Domain
from gongyou.desk.statistics.figures import Count, sum_by, total
from gongyou.desk.statistics.places import UNKNOWN, place_of
from gongyou.desk.statistics.reading import (
    fetch_employer_names,
    fetch_region_alerts,
    fetch_region_counts,
    fetch_weeks,
)
from gongyou.desk.statistics.reports import fetch_report, is_published, keep_report
from gongyou.desk.statistics.table import Alert, KeptReport
from gongyou.desk.statistics.weeks import WEEK
from gongyou.reporting import (
    Figures,
    Line,
    Risk,
    compose_report,
    region_words,
    render_xlsx,
    tell_week,
    topic_words,
)
from gongyou.rulebook import Rulebook

WEEKS_SHOWN: Final = 12
_OTHER_TOPICS: Final = 5  # topics of tickets that have no rules: reporting/words.yaml, topics


@dataclass(frozen=True)
class Naming:
    """What topics and regions are called; what the rulebook does not know is shown as it is."""

    rulebook: Rulebook

    def topic(self, key: str | None) -> str:
        known = self.rulebook.topics.get(key) if key else None
        return known.title if known else topic_words(key)

    def is_reported(self, code: str) -> bool:
        """Whether it is the nation, a province or a city: a county's figures are nobody's alone."""
        if code == UNKNOWN:
            return True
        place = place_of(code)
        return code in self.rulebook.regions and code in (place.province, place.city)

    def region(self, code: str, is_whole: bool = False) -> str:
        regions = self.rulebook.regions
        return region_words(code, regions.name(code) if code in regions else code, is_whole)


def read_domain(rulebook: Rulebook) -> Domain:
    """How many topics, provinces, and cities in each province there are."""
    places = {place_of(code) for code in rulebook.regions.by_code}
    cities = [place.province for place in places if place.city]
    return Domain(
        topics=len(rulebook.topics) + _OTHER_TOPICS,
        provinces=len(set(cities)),
        cities={province: cities.count(province) for province in set(cities)},
    )


def build_figures(
    session: Any, naming: Naming, monday: date, region: str, today: date
) -> Figures | None:
    """One published week of a whole region; None when it is not published."""
    if not is_published(session, monday):
        return None
    weeks = fetch_weeks(session, WEEKS_SHOWN, until=monday)
    counts = fetch_region_counts(session, weeks, region)
    now = [count for count in counts if count.monday == monday]
    before = [count for count in counts if count.monday == monday - WEEK]
    names = fetch_employer_names(session, {one.employer for one in now if one.employer})
    answered = sum_by(now, lambda one: str(one.is_answered))
    tables = Tables(naming, names, now, before)
    return Figures(
        place=naming.region(region, is_whole=True),
        monday=monday,
        sunday=monday + timedelta(days=6),
        made_on=today,
        workers=total(now),
        before=total(before) or None,
        answered=answered.get("True", 0),
        waiting=answered.get("False", 0),
        untold=answered.get("None", 0),
        topics=tables.topics(),
        regions=tables.regions(),
        employers=tables.employers(),
        parks=tables.parks(),
        risks=[to_risk(one, naming) for one in fetch_region_alerts(session, monday, region)],
        weeks=[Line(tell_week(w), total(c for c in counts if c.monday == w)) for w in weeks],
    )


def get_report(
    session: Any, naming: Naming, monday: date, region: str, now: datetime
) -> KeptReport | None:
    """The report as kept, made and kept if it is not yet; None for a week not published."""
    kept = fetch_report(session, monday, region)
    if kept is not None:
        return kept
    figures = build_figures(session, naming, monday, region, now.astimezone(CHINA).date())
    if figures is None:
        return None
    document, workbook = render_docx(compose_report(figures)), render_xlsx(figures)
    keep_report(session, monday, region, document, workbook, now)
    return fetch_report(session, monday, region)


@dataclass(frozen=True)
class Tables:
    """The rows of a week's tables: this week's workers, and last week's where published."""

    naming: Naming
    employer_names: Mapping[str, str]
    now: Sequence[Count]
    before: Sequence[Count]

    def topics(self) -> list[Line]:
        """The topics told, most workers first; what is told of no topic at the end."""
        before = sum_by(self.before, lambda one: one.topic or "")
        sums = sum_by(self.now, lambda one: one.topic or "")
        lines = [
            Line(self.naming.topic(key or None), workers, before.get(key), key)
            for key, workers in sums.items()
        ]
        return sorted(lines, key=lambda line: not line.key)

    def regions(self) -> list[Line]:
        before = sum_by(self.before, lambda one: one.region)
        sums = sum_by(self.now, lambda one: one.region)
        return [
            Line(self.naming.region(code), workers, before.get(code), code)
            for code, workers in sums.items()
        ]

    def employers(self) -> list[Line]:
        def cell(one: Count) -> tuple[str, str] | None:
            return (one.region, one.employer) if one.employer else None

        before = sum_by(self.before, cell)
        return [
            Line(
                self.employer_names[key],
                workers,
                before.get((code, key)),
                key,
                self.naming.region(code),
            )
            for (code, key), workers in sum_by(self.now, cell).items()
        ]

    def parks(self) -> list[Line]:
        def cell(one: Count) -> tuple[str, str] | None:
            return (one.region, one.park) if one.park else None

        before = sum_by(self.before, cell)
        return [
            Line(park, workers, before.get((code, park)), park, self.naming.region(code))
            for (code, park), workers in sum_by(self.now, cell).items()
        ]


def to_risk(alert: Alert, naming: Naming) -> Risk:
    """An alert in words; an employer's name and a park's are shown as they are."""
    is_topic = alert.subject == "topic"
    name = naming.topic(alert.name) if is_topic else alert.shown
    place = naming.region(alert.region)
    key = alert.name if is_topic else ""
    return Risk(alert.subject, name, place, alert.why, alert.workers, alert.before, key)
