"""`make run` as an operator meets it: it starts, says where, and stops everything it started."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongyou.run import demo
from tests.system.whole import ROOT, free_ports

pytestmark = pytest.mark.system
LAST_LINE = f"login  {demo.PEOPLE[-1].login} "


class Started:
    """`gongyou run` in a process of its own, ready."""

    def __init__(self, var: Path) -> None:
        self.ports = free_ports(3)
        names = ("GONGYOU_PORT", "RASA_PORT", "ACTION_PORT")
        ports = {name: str(port) for name, port in zip(names, self.ports, strict=True)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gongyou", "run"],
            cwd=ROOT,
            env={**os.environ, **ports, "GONGYOU_VAR": str(var)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line)
            if LAST_LINE in line or "stopped" in line:
                break

    def finish(self) -> str:
        """Wait for the end; returns all that was said after the start."""
        rest, _ = self.process.communicate(timeout=60)
        return rest

    def listening(self) -> list[int]:
        return [port for port in self.ports if can_connect(port)]

    def pid_of(self, module: str) -> int:
        """The process it started with `python -m <module>`."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                words = (folder / "cmdline").read_text().split("\0")
            except OSError:
                continue
            if parent == self.process.pid and module in words:
                return int(folder.name)
        raise AssertionError(f"{module} does not run")


def can_connect(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    made = Started(tmp_path)
    yield made
    if made.process.poll() is None:
        made.process.send_signal(signal.SIGINT)
        made.finish()


def pid_listening_on(port: int) -> int:
    """The process that owns a listening port, from /proc."""
    inodes = {
        line.split()[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    }
    for entry in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(entry).removeprefix("socket:[").removesuffix("]") in inodes:
                return int(entry.parts[2])
        except OSError:
            continue
    raise AssertionError(f"nobody listens on {port}")


def test_it_prints_the_pages_and_logins_and_ctrl_c_stops_everything(started: Started) -> None:
    said = "".join(started.said)
    assert f"http://127.0.0.1:{started.ports[0]}/desk" in said
    assert "password" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{started.ports[0]}/") as page:
        assert page.status == 200
    clerk = started.pid_of("gongyou.clerk")
    started.process.send_signal(signal.SIGINT)
    assert "Ctrl-C" in started.finish()
    assert started.process.returncode == 0
    assert started.listening() == []
    assert not Path(f"/proc/{clerk}").exists()


def test_the_death_of_one_stops_all_with_the_reason(started: Started) -> None:
    os.kill(pid_listening_on(started.ports[1]), signal.SIGKILL)
    assert "Rasa was killed by SIGKILL" in started.finish()
    assert started.process.returncode == 1
    assert started.listening() == []


def test_the_death_of_the_clerk_stops_all_too(started: Started) -> None:
    os.kill(started.pid_of("gongyou.clerk"), signal.SIGKILL)
    assert "the clerk was killed by SIGKILL" in started.finish()
    assert started.process.returncode == 1
    assert started.listening() == []
