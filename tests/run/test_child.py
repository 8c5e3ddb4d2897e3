"""A long job in a process of its own ends with us, and knows none of our secrets."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gongyou.run.child import ChildKilled, ChildStopped, plain_environment, run_child
from gongyou.run.errors import CannotStart
from tests.fixtures import REPOSITORY

DEADLINE = 30.0
PYTHON = sys.executable
# What the bot's side does: hold the lifeline, say that it lives, and wait.
HOLD = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from bot import lifeline
lifeline.hold()
open(sys.argv[2], "w").write(str(os.getpid()))
time.sleep(60)
"""
PARENT = """
import sys
from pathlib import Path
from gongyou.run.child import plain_environment, run_child
run_child([sys.executable, "-c", *sys.argv[1:]], Path("."), plain_environment())
"""


def wait_for_pid(file: Path) -> int:
    deadline, pause = time.monotonic() + DEADLINE, threading.Event()
    while not (file.exists() and file.read_text()):
        assert time.monotonic() < deadline
        pause.wait(0.02)
    return int(file.read_text())


def wait_until_gone(pid: int) -> None:
    deadline, pause = time.monotonic() + DEADLINE, threading.Event()
    while Path(f"/proc/{pid}").exists() and "Z (" not in _state(pid):
        assert time.monotonic() < deadline
        pause.wait(0.02)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text().partition("State:")[2].strip()
    except (FileNotFoundError, ProcessLookupError):
        return "Z ("


def test_a_job_that_ends_well_says_nothing(tmp_path: Path) -> None:
    run_child([PYTHON, "-c", "print('much')"], tmp_path, plain_environment())


def test_a_failed_job_gives_its_last_words(tmp_path: Path) -> None:
    code = "import sys; sys.exit('one\\ntwo\\nthree')"
    with pytest.raises(CannotStart, match="one / two / three"):
        run_child([PYTHON, "-c", code], tmp_path, plain_environment())


def test_a_killed_job_is_told_from_a_failed_one(tmp_path: Path) -> None:
    code = "import os; os.kill(os.getpid(), 9)"
    with pytest.raises(ChildKilled):
        run_child([PYTHON, "-c", code], tmp_path, plain_environment())


def test_told_to_stop_we_end_the_job(tmp_path: Path) -> None:
    stop, file = threading.Event(), tmp_path / "pid"
    stopper = threading.Thread(target=lambda: (wait_for_pid(file), stop.set()))
    stopper.start()
    with pytest.raises(ChildStopped):
        run_child(
            [PYTHON, "-c", HOLD, str(REPOSITORY), str(file)], tmp_path, plain_environment(), stop
        )
    stopper.join()
    wait_until_gone(wait_for_pid(file))


def test_when_we_are_killed_the_job_ends_too(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    command = [PYTHON, "-c", PARENT, HOLD, str(REPOSITORY), str(file)]
    with subprocess.Popen(command, cwd=REPOSITORY) as parent:
        pid = wait_for_pid(file)
        parent.send_signal(signal.SIGKILL)
    wait_until_gone(pid)


def test_the_job_is_given_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GONGYOU_KEY", "RASA_TOKEN", "GONGYOU_DATABASE_URL", "DEMO_OFFICER_PASSWORD"):
        monkeypatch.setenv(name, "secret")
    code = "import json, os; json.dump(dict(os.environ), open('seen', 'w'))"
    run_child([PYTHON, "-c", code], tmp_path, plain_environment())
    seen = json.loads((tmp_path / "seen").read_text())
    assert "secret" not in seen.values()
    assert seen["PATH"] == os.environ["PATH"]
