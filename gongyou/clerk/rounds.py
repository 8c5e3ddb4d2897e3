"""The clerk's rounds of the cases: judge the new ones, find their lawyers, pass on, warn."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from gongyou.desk.notices.telling import tell_all
from gongyou.desk.routing.offers import fetch_on_duty, pass_on_expired, route_ticket
from gongyou.desk.routing.rounds import fetch_unjudged, fetch_unrouted, judge_ticket
from gongyou.desk.routing.transferring import take_from_leavers
from gongyou.desk.routing.warnings import warn_of_answers, warn_of_offers
from gongyou.desk.store import Desk
from gongyou.intake import judge_case
from gongyou.rulebook import Rulebook

WARN_EVERY = timedelta(seconds=30)


class Rounds:
    """One round looks at every case that is due for something; each is a transaction."""

    def __init__(
        self,
        desk: Desk,
        rulebook: Rulebook,
        clock: Callable[[], datetime],
        today: date | None = None,
    ) -> None:
        self._desk, self._rulebook, self._clock, self._today = desk, rulebook, clock, today
        self._is_workday = rulebook.calendar.is_workday
        self._warned_at: datetime | None = None

    def run_once(self) -> bool:
        """False always: the next round may wait a little."""
        for ticket_id in self._read(fetch_unjudged):
            with self._desk.transaction() as session:
                self._judge(session, ticket_id)
        for ticket_id in self._read(fetch_unrouted):
            with self._desk.transaction() as session:
                route_ticket(session, ticket_id, self._is_workday, self._clock())
        self._take(take_from_leavers, pass_on_expired)
        if self._is_time_to_warn():
            self._take(warn_of_offers, warn_of_answers)
        return False

    def _take(self, *steps: Callable[..., object]) -> None:
        for step in steps:
            with self._desk.transaction() as session:
                step(session, self._is_workday, self._clock())

    def _is_time_to_warn(self) -> bool:
        """Warnings speak of hours, and looking through every promise holds up the writers."""
        now = self._clock()
        if self._warned_at is not None and timedelta() <= now - self._warned_at < WARN_EVERY:
            return False
        self._warned_at = now
        return True

    def _read(self, fetch: Callable[[Any], Sequence[int]]) -> Sequence[int]:
        with self._desk.reading() as session:
            return fetch(session)

    def _judge(self, session: Any, ticket_id: int) -> None:
        """A call for a person: promised an answer, and the officers on duty are told."""
        now = self._clock()

        def judge(ticket: Any) -> Any:
            return judge_case(
                self._rulebook, ticket.kind, ticket.topic, ticket.facts, now, self._today
            )

        ticket = judge_ticket(session, ticket_id, judge)
        if ticket is not None and ticket.kind == "handoff":
            officers = fetch_on_duty(session, ticket)
            tell_all(session, officers, "called", ticket, f"called:{ticket.id}", now)
