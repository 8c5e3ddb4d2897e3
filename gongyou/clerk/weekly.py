"""The clerk's Mondays: the week that ended is published, its warnings put, its reports made."""

from collections.abc import Callable
from datetime import datetime, timedelta

from gongyou.desk.statistics.alerts import put_alerts
from gongyou.desk.statistics.reports import end_reporting, fetch_due, fetch_regions
from gongyou.desk.statistics.snapshots import fetch_unpublished, publish_week
from gongyou.desk.store import Desk
from gongyou.rulebook import Rulebook
from gongyou.weekly import Naming, get_report, read_domain

LOOK_EVERY = timedelta(minutes=1)


class Weekly:
    """Publishes each closed week once, in order; reports on the last one in office hours."""

    def __init__(self, desk: Desk, rulebook: Rulebook, clock: Callable[[], datetime]) -> None:
        self._desk, self._clock = desk, clock
        self._domain, self._naming = read_domain(rulebook), Naming(rulebook)
        self._is_workday = rulebook.calendar.is_workday
        self._looked_at: datetime | None = None

    def run_once(self) -> bool:
        """False always: there is nothing to do for a week."""
        now = self._clock()
        if self._looked_at is not None and timedelta() <= now - self._looked_at < LOOK_EVERY:
            return False
        self._publish()
        self._report()
        self._looked_at = now  # after a failure it looks again at once
        return False

    def _publish(self) -> None:
        """A week and its warnings in one transaction."""
        with self._desk.reading() as session:
            mondays = fetch_unpublished(session, self._clock())
        for monday in mondays:
            with self._desk.transaction() as session:
                if publish_week(session, monday, self._domain, self._clock()):
                    put_alerts(session, monday, self._clock())

    def _report(self) -> None:
        with self._desk.reading() as session:
            monday = fetch_due(session, self._is_workday, self._clock())
            regions = fetch_regions(session)
        if monday is None:
            return
        for region in regions:
            with self._desk.transaction() as session:
                get_report(session, self._naming, monday, region, self._clock())
        with self._desk.transaction() as session:
            end_reporting(session, monday, self._clock())
