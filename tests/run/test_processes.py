"""Children are watched, and stopped with everything they started."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongyou.run import processes
from gongyou.run.errors import CannotStart
from gongyou.run.processes import Child, Service

# A server that answers /healthz, and first starts a grandchild that would outlive it.
SERVER = """
import http.server, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[2], "w").write(str(child.pid))
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    port = free_port()
    command = [sys.executable, "-c", SERVER, str(port), str(tmp_path / "grandchild")]
    service = Service("a server", command, os.environ, port, "/healthz", tmp_path / "server.log")
    started = processes.start(service, tmp_path)
    processes.wait_healthy([started], 20, lambda child, seconds: None)
    yield started
    processes.stop([started])


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def grandchild_of(child: Child) -> int:
    return int((child.service.log.parent / "grandchild").read_text())


def wait_dead(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        os.sched_yield()
    return not alive(pid)


def test_stopping_ends_the_whole_process_group(child: Child) -> None:
    grandchild = grandchild_of(child)
    processes.stop([child])
    assert wait_dead(grandchild)


def test_an_orphan_of_a_killed_child_is_stopped_too(child: Child) -> None:
    grandchild = grandchild_of(child)
    child.process.kill()
    child.process.wait()
    assert alive(grandchild)
    processes.stop([child])
    assert wait_dead(grandchild)


def test_a_killed_child_is_named_with_its_signal_and_log(child: Child) -> None:
    child.process.kill()
    child.process.wait()
    with pytest.raises(CannotStart, match=r"a server was killed by SIGKILL .*server\.log"):
        processes.raise_on_death([child])


def test_a_child_that_never_gets_healthy_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    service = Service("Rasa", command, os.environ, free_port(), "/", tmp_path / "rasa.log")
    started = processes.start(service, tmp_path)
    try:
        with pytest.raises(CannotStart, match="not ready after 0 s: Rasa"):
            processes.wait_healthy([started], 0.3, lambda child, seconds: None)
    finally:
        processes.stop([started])


def test_a_port_in_use_is_named_with_the_variable_that_changes_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"port {port}, which Rasa needs.*RASA_PORT"):
            processes.check_port("Rasa", port, "RASA_PORT")


def test_a_service_without_a_port_is_well_while_it_lives(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    clerk = Service("the clerk", command, os.environ, None, "", tmp_path / "clerk.log")
    started = processes.start(clerk, tmp_path)
    processes.wait_healthy([started], 5, lambda child, seconds: None)
    assert started.healthy()
    processes.stop([started])
    assert not started.healthy()
