"""Sending what is in the outbox, one notice after the other, each once as far as one can."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from gongyou.clerk.channels import InDoubt, Letter, NotSent, Way
from gongyou.clerk.letters import is_over, write_letter
from gongyou.desk.errors import DeskUnavailable, KeyMissing
from gongyou.desk.notices.outbox import (
    claim_due,
    mark_doubtful,
    mark_failed,
    mark_sending,
    mark_sent,
    recover,
    spread,
)
from gongyou.desk.notices.table import Channel, Notice
from gongyou.desk.people.accounts import Person
from gongyou.desk.store import Desk
from gongyou.quiet import describe

KEEP_TRIES = 3  # each waits five seconds for the database

type Step = Callable[[Session, datetime], object]

log = logging.getLogger(__name__)


class Overtaken(Exception):
    """Another clerk has this notice now: the lease ran out before the end was sent."""


class Sender:
    """Sends the notices of one channel. Several senders, in any processes, do not disturb
    each other."""

    def __init__(
        self,
        desk: Desk,
        channel: Channel,
        way: Way,
        public_url: str,
        clock: Callable[[], datetime],
    ) -> None:
        self.desk, self.channel, self.way = desk, channel, way
        self.public_url, self.clock = public_url, clock

    def run_once(self) -> bool:
        """Send one notice that is due; False when none is. Raises DeskUnavailable."""
        with self.desk.transaction() as session:
            recover(session, self.channel, self.clock())
            claimed = claim_due(session, self.channel, self.clock())
            letters = [(notice, self._letter(session, notice)) for notice in claimed]
        for notice, letter in letters:
            if letter is not None:
                self._deliver(notice, letter)
        return bool(claimed)

    def _letter(self, session: Session, notice: Notice) -> Letter | None:
        """What to send, or None: then the notice is settled already."""
        try:
            person = session.get(Person, notice.person_id) if notice.person_id else None
            why, again = self._why_not(notice, person), False
            if why is None:
                spread(session, notice, self.way.receivers)
                return write_letter(notice, self.public_url, (person and person.email) or "")
        except (KeyMissing, LookupError) as error:  # an old key, a kind without a text
            why, again = type(error).__name__, True
        mark_failed(session, notice, self.clock(), why, again=again)
        log.warning("notice %d was not sent: %s", notice.id, why)
        return None

    def _why_not(self, notice: Notice, person: Person | None) -> str | None:
        if notice.channel == "email" and not (person and person.active and person.email):
            return "no address"
        return "too late" if is_over(notice, self.clock()) else None

    def _deliver(self, notice: Notice, letter: Letter) -> None:
        """Send, and store what became of it. Raises DeskUnavailable: then the lease settles it."""
        try:
            self.way.send(letter, lambda: self._before_end(notice))
        except NotSent as error:
            why, again = error.reason, error.again
            self._keep(lambda s, now: mark_failed(s, notice, now, why, again=again))
            log.warning("notice %d was not sent: %s", notice.id, why)
        except Overtaken:
            log.warning("notice %d took longer than its lease", notice.id)
        except DeskUnavailable:
            raise
        except Exception as error:  # in doubt; or a bug, which is a doubt too
            why = error.reason if isinstance(error, InDoubt) else type(error).__name__
            again = self.way.repeatable
            self._keep(lambda s, now: mark_doubtful(s, notice, now, why, again=again))
            log.warning("notice %d may have been sent: %s", notice.id, describe(error))
        else:
            self._keep(lambda s, now: mark_sent(s, notice, now))

    def _before_end(self, notice: Notice) -> None:
        with self.desk.transaction() as session:
            if not mark_sending(session, notice, self.clock()):
                raise Overtaken

    def _keep(self, step: Step) -> None:
        """Store what became of a notice. Not knowing it costs a repeat or a doubt, so the
        database gets more than one chance."""
        for left in reversed(range(KEEP_TRIES)):
            try:
                with self.desk.transaction() as session:
                    step(session, self.clock())
                return
            except DeskUnavailable as error:
                log.warning("what became of a notice was not stored: %s", describe(error))
                if not left:
                    raise
