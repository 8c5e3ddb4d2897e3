"""Child processes, each the leader of its own group, started together and stopped together.

Ready-made supervisors stop the children they know; Sanic's orphans, which keep the port, need the
whole group killed, and the start needs to wait for health, so this is a small one of our own.
"""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongyou.run.errors import CannotStart

POLL_SECONDS = 0.2
GRACE_SECONDS = 8.0  # for a clean stop, before the group is killed


@dataclass(frozen=True)
class Service:
    """One server: its command, its health address and the file its output goes to.

    Without a port it answers nobody, and is well while it lives.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    port: int | None
    health: str
    log: Path


@dataclass
class Child:
    """A running service."""

    service: Service
    process: subprocess.Popen[bytes]

    def death(self) -> str | None:
        """How it died, or None while it lives."""
        code = self.process.poll()
        if code is None:
            return None
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"exited with {code}"
        return f"{self.service.name} {how} (its output: {self.service.log})"

    def healthy(self) -> bool:
        """Whether its health address answers 200; without one, whether it lives."""
        if self.service.port is None:
            return self.death() is None
        url = f"http://127.0.0.1:{self.service.port}{self.service.health}"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def check_port(name: str, port: int, variable: str) -> None:
    """Raise CannotStart when somebody already listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotStart(
                f"port {port}, which {name} needs, is in use: stop what listens there,"
                f" or set {variable} to a free port."
            ) from error


def start(service: Service, root: Path) -> Child:
    """Start a service in a session, and so a process group, of its own."""
    service.log.parent.mkdir(parents=True, exist_ok=True)
    with service.log.open("ab") as log:
        process = subprocess.Popen(
            service.command,
            cwd=root,
            env=dict(service.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Child(service, process)


def wait_healthy(
    children: Sequence[Child], seconds: float, ready: Callable[[Child, float], None]
) -> None:
    """Wait until every child is healthy; `ready` hears of each, with the seconds it took."""
    begun, waiting = time.monotonic(), list(children)
    while waiting:
        raise_on_death(children)
        for child in [c for c in waiting if c.healthy()]:
            waiting.remove(child)
            ready(child, time.monotonic() - begun)
        if time.monotonic() - begun > seconds:
            late = ", ".join(f"{c.service.name} ({c.service.log})" for c in waiting)
            raise CannotStart(f"not ready after {seconds:.0f} s: {late}")
        time.sleep(POLL_SECONDS)


def raise_on_death(children: Sequence[Child]) -> None:
    """Raise CannotStart naming the first dead child, if there is one."""
    for child in children:
        death = child.death()
        if death:
            raise CannotStart(death)


def stop(children: Sequence[Child]) -> None:
    """Ask every group to stop, the last started first, and kill what is left after the grace."""
    for child in reversed(children):
        _signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(timeout=max(0.0, deadline - time.monotonic()))
        _signal_group(child, signal.SIGKILL)
        child.process.wait()


def _signal_group(child: Child, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, number)
