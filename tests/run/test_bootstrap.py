"""The start from nothing says in one line what it lacks."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def boot(root: Path, path: str, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path, "UV_OFFLINE": "1", "UV_PYTHON_DOWNLOADS": "never"}
    return subprocess.run(
        [sys.executable, str(root / "scripts" / "bootstrap.py"), *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of what the bootstrap reads, with a uv that finds no Python at all."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    tools = tmp_path / ".tools" / "bin"
    tools.mkdir(parents=True)
    uv = tools / "uv"
    uv.write_text('#!/bin/sh\ntest "$1" = --version\n')
    uv.chmod(0o755)
    return tmp_path


def test_a_python_that_cannot_be_had_is_named_with_its_version(bare: Path) -> None:
    done = boot(bare, "/usr/bin:/bin")
    assert done.returncode == 1
    assert "Python 3.13" in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_uv_it_is_brought_and_without_pip_that_is_said(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / "scripts" / "uv.txt").write_text("no-such-package-anywhere==1 --hash=sha256:00\n")
    done = boot(tmp_path, "/usr/bin:/bin")
    assert done.returncode == 1
    assert "uv could not be installed" in done.stderr


def test_a_port_in_use_stops_the_start_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "gongyou", "run"],
            cwd=ROOT,
            env={**os.environ, "GONGYOU_PORT": port},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "GONGYOU_PORT" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("GONGYOU_RULEBOOK", "/no/such/folder", "GONGYOU_RULEBOOK"),
        ("GONGYOU_BOT_TIMEOUT", "soon", "GONGYOU_BOT_TIMEOUT"),
        ("RASA_PORT", "rasa", "RASA_PORT"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(
    tmp_path: Path, variable: str, value: str, said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gongyou", "run"],
        cwd=ROOT,
        env={**os.environ, "GONGYOU_VAR": str(tmp_path), variable: value, "GONGYOU_PORT": "0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
