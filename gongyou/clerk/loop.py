"""The clerk's day: every job in a thread of its own, so that a slow mail server keeps nobody."""

import logging
import threading
from collections.abc import Callable, Mapping

from gongyou.quiet import describe

PAUSE_SECONDS = 2.0

type Job = Callable[[], bool]

log = logging.getLogger(__name__)


def serve(jobs: Mapping[str, Job], stop: threading.Event, pause: float = PAUSE_SECONDS) -> None:
    """Run the jobs until `stop` is set, and return when each has ended what it was doing.

    A job does one thing and tells whether it found one to do; only when it did not, or failed,
    it rests. A failure is logged by its type and place, and the job is tried again.
    """
    threads = [
        threading.Thread(target=_repeat, args=(name, job, stop, pause), name=name)
        for name, job in jobs.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _repeat(name: str, job: Job, stop: threading.Event, pause: float) -> None:
    while not stop.is_set():
        if not _try(name, job):
            stop.wait(pause)


def _try(name: str, job: Job) -> bool:
    try:
        return job()
    except Exception as error:  # whatever it is, the clerk must be there in the morning
        log.error("%s: %s", name, describe(error))
        return False
