"""Build what the project needs, with nothing but git and a Python >= 3.9.

`python3 scripts/bootstrap.py COMMAND...` brings uv if it is absent, builds both locked
environments (.venv on Python 3.13, bot/.venv on Python 3.10) and then becomes
`.venv/bin/python COMMAND...`. Standard library only; every failure is one line and exit code 1.
"""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
ENVIRONMENTS = (("the service side", ".", "3.13"), ("the Rasa side", "bot", "3.10"))
DISK_TO_BUILD = 5 * 1024**3  # bytes: both environments (3 GB), uv's cache and a model
DISK_TO_RUN = 300 * 1024**2  # bytes


class Stop(Exception):
    """One line that says what is wrong and the cure."""


def main(command):
    """Prepare both environments, then replace this process by `command`."""
    os.chdir(ROOT)
    try:
        if sys.version_info < (3, 9):  # noqa: UP036 - the one file an old Python may meet
            raise Stop(
                f"Python {sys.version.split()[0]} is too old to start from: use 3.9 or newer"
                " (make PYTHON=/path/to/python3 run)."
            )
        check_disk()
        uv = find_uv() or install_uv()
        for title, project, version in ENVIRONMENTS:
            build(uv, title, project, version)
    except Stop as stop:
        sys.exit(f"gongyou: {stop}")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.exit(f"gongyou: the disk under {ROOT} is full: free some room and run again.")
    if command:
        python = str(ROOT / ".venv" / "bin" / "python")
        os.execv(python, [python, *command])


def say(line):
    print(f"gongyou: {line}", flush=True)


def check_disk():
    built = (ROOT / ".venv").exists() and (ROOT / "bot" / ".venv").exists()
    wanted = DISK_TO_RUN if built else DISK_TO_BUILD
    free = shutil.disk_usage(ROOT).free
    if free < wanted:
        raise Stop(
            f"the disk under {ROOT} has {free // 1024**2} MB free and"
            f" {wanted // 1024**2} MB are needed: free some room and run again."
        )


def find_uv():
    """uv of an earlier run, or the machine's own; a shim that does not run is no uv."""
    for candidate in (str(TOOLS / "bin" / "uv"), shutil.which("uv")):
        if candidate and works([candidate, "--version"]):
            return candidate
    return None


def install_uv():
    """Install the uv that scripts/uv.txt locks, by hash, into .tools/."""
    say("bringing uv (once)")
    if not works([sys.executable, "-m", "venv", "--clear", str(TOOLS)]):
        raise Stop(
            "this Python has no venv module: install it (Debian, Ubuntu: apt install python3-venv)"
            " or uv itself, and run again."
        )
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
    run([*pip, "-r", "scripts/uv.txt"], "uv could not be installed")
    return str(TOOLS / "bin" / "uv")


def build(uv, title, project, version):
    """Bring one environment to its lock; a no-op takes a fraction of a second."""
    if not works([uv, "python", "find", version]) and not works([uv, "python", "install", version]):
        raise Stop(
            f"Python {version}, which {title} needs, is neither on this machine nor to be fetched:"
            f" install Python {version} (for instance with pyenv or the system's packages)"
            " and run again."
        )
    if not (ROOT / project / ".venv").exists():
        say(f"building {title} (Python {version})")
    sync = [uv, "sync", "--frozen", "--quiet", "--project", project, "--python", version]
    run(sync, f"the environment of {title} could not be built")


def works(command):
    """Whether a command runs and says yes; one that is not there does not."""
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0


def run(command, failure):
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        if "No space left" in done.stderr or "os error 28" in done.stderr:
            raise OSError(errno.ENOSPC, "no space left")
        reasons = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise Stop(f"{failure}: {' / '.join(reasons[-3:]) or 'no reason given'}")


if __name__ == "__main__":
    main(sys.argv[1:])
