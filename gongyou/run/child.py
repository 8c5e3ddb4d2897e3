"""A long job in a process of its own, that ends with us however we end (bot/lifeline.py)."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from gongyou.run.errors import CannotStart

POLL_SECONDS = 0.2
# All that training needs of our environment: no key, token or database of the desk's.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH")


class ChildKilled(CannotStart):
    """A signal ended the job that was not ours."""


class ChildStopped(CannotStart):
    """The job was ended because somebody asked us to stop."""


def plain_environment() -> dict[str, str]:
    """Our environment without anything secret."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}


def run_child(
    command: Sequence[str],
    root: Path,
    environment: Mapping[str, str],
    stop: threading.Event | None = None,
) -> None:
    """Run it to its end at low priority. Raises CannotStart with its last words when it failed,
    ChildKilled when a signal ended it, ChildStopped when `stop` was set meanwhile."""
    reading, writing = os.pipe()
    try:
        child = _start(command, root, environment, reading)
        output = _wait(child, stop)
    finally:
        os.close(writing)
    if child.returncode < 0:
        raise ChildKilled(f"killed by {signal.Signals(-child.returncode).name}")
    if child.returncode != 0:
        raise CannotStart(_last_words(output.decode(errors="replace")))


def _start(
    command: Sequence[str], root: Path, environment: Mapping[str, str], reading: int
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command,
            cwd=root,
            env={**environment, "GONGYOU_LIFELINE": "yes"},
            stdin=reading,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotStart(f"{command[0]}: {error.strerror}") from error
    finally:
        os.close(reading)


def _wait(child: subprocess.Popen[bytes], stop: threading.Event | None) -> bytes:
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return child.communicate(timeout=POLL_SECONDS)[0]
            if stop is not None and stop.is_set():
                raise ChildStopped("stopped")
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()


def _last_words(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return " / ".join(lines[-3:]) or "no reason given"
