"""`gongyou run`: the whole assistant on one machine, from nothing to four healthy processes."""

import contextlib
import errno
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

from gongyou.clock import china_now
from gongyou.desk.errors import DeskUnavailable
from gongyou.desk.store import Desk
from gongyou.rulebook import RulebookError
from gongyou.run import demo, model, processes, secrets, served
from gongyou.run.errors import CannotStart
from gongyou.run.places import folder
from gongyou.run.processes import Child, Service
from gongyou.settings import SettingsError, read_settings
from gongyou.wiring import build_desk, build_rulebook, upgrade_database

HEALTHY_WITHIN = 180.0  # seconds; a slow disk loads Rasa in a minute
WATCH_SECONDS = 0.5
PORTS = (
    ("the gateway", "GONGYOU_PORT", 8000),
    ("Rasa", "RASA_PORT", 5005),
    ("the action server", "ACTION_PORT", 5055),
)


class Stopped(Exception):
    """Somebody asked for a stop: Ctrl-C or SIGTERM."""


def run(root: Path) -> int:
    """Start everything and watch it. Returns the exit code: 0 after Ctrl-C, 1 otherwise."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    os.umask(0o077)  # databases, secrets and logs are this user's only
    children: list[Child] = []
    try:
        begun = time.monotonic()
        environment = prepare(root)
        for service in services(root, environment):
            children.append(processes.start(service, root))
        processes.wait_healthy(children, HEALTHY_WITHIN, _say_ready)
        _say_welcome(environment, time.monotonic() - begun)
        while True:
            processes.raise_on_death(children)
            time.sleep(WATCH_SECONDS)
    except Stopped as reason:
        _say(f"stopping: {reason}")
        return 0
    except (CannotStart, RulebookError, SettingsError, DeskUnavailable) as reason:
        print(f"gongyou: stopped: {reason}", file=sys.stderr, flush=True)
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        full = f"the disk under {folder(root)} is full: free some room and run again."
        print(f"gongyou: stopped: {full}", file=sys.stderr, flush=True)
        return 1
    finally:
        _ignore_further_signals()
        processes.stop(children)


def prepare(root: Path) -> Mapping[str, str]:
    """Ports, secrets, rulebook, model, database, demonstration logins. Returns the environment."""
    var = folder(root)
    ports = _check_ports()
    environment = {**os.environ, **secrets.read_or_make(var / "secrets.json"), **ports}
    environment.setdefault("GONGYOU_DATABASE_URL", f"sqlite:///{var / 'gongyou.db'}")
    environment.setdefault("RASA_TRACKER_DB", str(var / "tracker.db"))
    environment.setdefault("GONGYOU_SECURE_COOKIES", "no")  # plain http, on this machine only
    environment["RASA_URL"] = f"http://127.0.0.1:{ports['RASA_PORT']}"
    settings = read_settings(environment)
    _step("reading the rulebook", lambda: build_rulebook(settings))
    _step("bringing the database up to date", lambda: upgrade_database(settings))
    with contextlib.closing(build_desk(settings)) as desk:
        demo.write_people(desk, environment)
        environment["GONGYOU_MODEL"] = str(_prepare_model(root, desk))
    return environment


def _prepare_model(root: Path, desk: Desk) -> Path:
    """The model to start with: what is served, trained anew when our code or sentences changed."""
    if served.has_release(root, desk):
        return served.release(root, desk, china_now())[0]
    made: list[Path] = []
    _step(
        "training (the data are newer than the model)",
        lambda: made.append(served.release(root, desk, china_now())[0]),
    )
    return made[0]


def services(root: Path, environment: Mapping[str, str]) -> Sequence[Service]:
    """The three servers and the clerk. Rasa first: it takes longest."""
    logs = folder(root) / "log"
    rasa_port = environment["RASA_PORT"]
    trained = environment.get("GONGYOU_MODEL") or str(model.model_path(root))
    rasa = [*model.RASA, "run", "--interface", "127.0.0.1"]
    rasa += ["--port", rasa_port, "--model", trained, "--endpoints", "bot/endpoints.yml"]
    python = sys.executable
    return (
        Service(
            "Rasa",
            rasa,
            {**model.bot_environment(), **environment},
            int(rasa_port),
            "/webhooks/gateway/",
            logs / "rasa.log",
        ),
        Service(
            "the action server",
            [python, "-m", "actions"],
            environment,
            int(environment["ACTION_PORT"]),
            "/health",
            logs / "actions.log",
        ),
        Service(
            "the gateway",
            [python, "-m", "gongyou.web"],
            environment,
            int(environment["GONGYOU_PORT"]),
            "/healthz",
            logs / "gateway.log",
        ),
        Service(
            "the clerk",
            [python, "-m", "gongyou.clerk"],
            environment,
            None,
            "",
            logs / "clerk.log",
        ),
    )


def _check_ports() -> dict[str, str]:
    ports = {variable: os.environ.get(variable, str(port)) for _, variable, port in PORTS}
    for name, variable, _ in PORTS:
        if not ports[variable].isdecimal():
            raise CannotStart(f"{variable} is {ports[variable]!r}: set it to a port number.")
        processes.check_port(name, int(ports[variable]), variable)
    return ports


def _step(what: str, do: Callable[[], object]) -> None:
    begun = time.monotonic()
    _say(f"{what} …")
    do()
    _say(f"{what}: done in {time.monotonic() - begun:.1f} s")


def _say(line: str) -> None:
    print(f"gongyou: {line}", flush=True)


def _say_ready(child: Child, seconds: float) -> None:
    _say(f"{child.service.name} is ready ({seconds:.1f} s)")


def _say_welcome(environment: Mapping[str, str], seconds: float) -> None:
    base = f"http://127.0.0.1:{environment['GONGYOU_PORT']}"
    _say(f"all ready after {seconds:.0f} s. Ctrl-C stops everything.")
    print(f"  worker page   {base}/\n  desk page     {base}/desk", flush=True)
    for person in demo.PEOPLE:
        password = environment[person.password_variable]
        print(f"  {person.role:<8} login  {person.login}  password  {password}", flush=True)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped("Ctrl-C" if number == signal.SIGINT else signal.Signals(number).name)


def _ignore_further_signals() -> None:
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
