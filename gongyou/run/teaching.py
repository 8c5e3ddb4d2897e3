"""The work of a training run, from asked to its end: train, measure, promote or refuse.

Whoever works holds a lock that ends with its holder. So a run at work while the lock is free is
one whose worker was killed: it is broken, and the present model has gone on all the while.
"""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gongyou.desk.store import Desk
from gongyou.desk.teaching.corrections import fetch_approved
from gongyou.desk.teaching.run_table import TrainingRun
from gongyou.desk.teaching.runs import (
    Outcome,
    break_runs,
    claim_run,
    end_run,
    fetch_examples,
    fetch_served,
    fetch_unfinished,
)
from gongyou.quiet import describe
from gongyou.run import gate, model, served
from gongyou.run.bot_models import BotModels, BotSilent, ModelNotLoaded
from gongyou.run.child import ChildKilled, ChildStopped
from gongyou.run.errors import CannotStart
from gongyou.run.places import workplace
from gongyou.run.taught import Taught

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """A claimed run: its number, whether it goes back, what it learns, what is approved by now."""

    run_id: int
    goes_back: bool
    taught: Taught
    approved: Taught


class Teacher:
    """Does the runs of one desk, for the repository at `root`."""

    def __init__(
        self,
        root: Path,
        desk: Desk,
        clock: Callable[[], datetime],
        bot: BotModels,
        stop: threading.Event | None = None,
    ) -> None:
        self._root, self._desk, self._clock, self._bot, self._stop = root, desk, clock, bot, stop

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """True within it when nobody else on this machine is at work on a run."""
        place = workplace(self._root)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (place / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def run_once(self) -> bool:
        """Do the run that is asked for; True when there was one. One that nobody is at work on any
        more is broken."""
        if not self._is_due():
            return False
        with self.alone() as free:
            return free and self._do()

    def do_now(self, ask: Callable[[Any], TrainingRun]) -> TrainingRun:
        """Ask for a run and do it here and now: for the operator's command. Gives the ended run.
        Raises Refused, CannotStart when somebody else is at work."""
        with self.alone() as free:
            if not free:
                raise CannotStart("a training is at work on this machine: wait for its end.")
            self._break_left()
            with self._desk.transaction() as session:
                number = ask(session).id
            self._do()
        with self._desk.reading() as session:
            return session.get_one(TrainingRun, number)

    def _do(self) -> bool:
        self._break_left()
        work = self._claim()
        if work is not None:
            self._finish(work, self._try(work))
        return work is not None

    def _break_left(self) -> None:
        """What a killed worker left: its run, and the sentences it worked with."""
        model.clear_left(self._root)
        gate.clear_left(self._root)
        with self._desk.transaction() as session:
            break_runs(session, "killed", self._clock())

    def release(self) -> bool:
        """Bring the served set under the present code; True when that made a new model serve.
        Raises CannotStart."""
        path, is_new = served.release(self._root, self._desk, self._clock(), self._stop)
        if is_new:
            self._tell(path.name)
        return is_new

    def forget_erased(self) -> None:
        """Train the served set anew when a chat was erased whose words were in it. New code is not
        looked at: that waits for the next start. Raises CannotStart."""
        with self._desk.reading() as session:
            run = fetch_served(session)
        if run is None or run.base != model.fingerprint(self._root):
            return
        learnt = model.model_path(self._root, served.served_examples(self._desk))
        with self.alone() if run.model != learnt.name else nullcontext(False) as free:
            if free and not self._is_due():
                self.release()

    def see_to_bot(self) -> None:
        """Have the bot serve what is served, if it serves anything else."""
        with self._desk.reading() as session:
            run = fetch_served(session)
        try:
            wanted = (run.model if run else None) or ""
            is_there = (self._root / "models" / wanted).is_file()
            if is_there and self._bot.current() != wanted:
                self._bot.load(wanted)
        except (BotSilent, ModelNotLoaded) as reason:
            log.info("the bot was not told of its model: %s", reason)

    def _is_due(self) -> bool:
        with self._desk.reading() as session:
            return fetch_unfinished(session) is not None

    def _claim(self) -> Work | None:
        with self._desk.transaction() as session:
            run = claim_run(session, self._clock())
            if run is None:
                return None
            taught = served.as_examples(session, fetch_examples(session, run))
            approved = served.as_examples(session, fetch_approved(session))
            return Work(run.id, run.kind == "rollback", taught, approved)

    def _try(self, work: Work) -> Outcome:
        """What comes of it, whatever happens on the way."""
        try:
            return self._work(work)
        except ChildStopped:
            return Outcome("broken", why=("stopped",))
        except ChildKilled:
            return Outcome("broken", why=("killed",))
        except CannotStart as reason:
            log.error("training run %d: %s", work.run_id, str(reason)[:300])
            return Outcome("broken", why=("failed",))
        except ModelNotLoaded as reason:
            log.error("training run %d: %s", work.run_id, reason)
            return Outcome("broken", why=("not_loaded",))
        except Exception as error:  # the run must not stay at work
            log.error("training run %d: %s", work.run_id, describe(error))
            return Outcome("broken", why=("failed",))

    def _work(self, work: Work) -> Outcome:
        present = self._archive(served.served_examples(self._desk))
        self._write_first(present)
        candidate = self._archive(work.taught)
        base, figures = model.fingerprint(self._root), None
        if not work.goes_back:  # a person has decided to go back
            verdict = gate.compare(self._root, present, candidate, work.approved, self._stop)
            figures = verdict.figures
            if verdict.why:
                return Outcome("refused", candidate.model.name, base, figures, verdict.why)
        self._tell(candidate.model.name)
        return Outcome("promoted", candidate.model.name, base, figures)

    def _archive(self, taught: Taught) -> gate.Side:
        path = model.model_path(self._root, taught)
        if not path.exists():
            model.train(self._root, taught, served.needed_models(self._desk), self._stop)
        return gate.Side(path, taught)

    def _write_first(self, present: gate.Side) -> None:
        """Before the first training, so that one can go back to before it."""
        with self._desk.reading() as session:
            if fetch_served(session) is not None:
                return
        served.release(self._root, self._desk, self._clock())

    def _tell(self, name: str) -> None:
        """The bot answers with it from now on; one that is silent, when it is back."""
        try:
            self._bot.load(name)
        except BotSilent as reason:
            log.info("the bot was not told of its model: %s", reason)

    def _finish(self, work: Work, outcome: Outcome) -> Any:
        with self._desk.transaction() as session:
            return end_run(session, work.run_id, outcome, self._clock())
