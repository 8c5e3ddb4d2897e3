"""The whole assistant for tests: real Rasa, trained model, actions, gateway, database."""

import contextlib
import json
import os
import secrets
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from gongyou.run import assistant, demo, model, processes
from gongyou.run.processes import Child
from gongyou.run.secrets import read_or_make
from gongyou.settings import read_settings
from gongyou.wiring import Desk, build_desk, upgrade_database

ROOT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN = 180.0  # seconds
REPLY_WITHIN = 30.0  # seconds, far over the gateway's 8 s
POLL_SECONDS = 0.2


@dataclass
class Whole:
    """A running assistant: where it is, its secrets and its processes."""

    root: Path
    environment: Mapping[str, str]
    children: dict[str, Child] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.environment['GONGYOU_PORT']}"

    def start(self, name: str) -> None:
        """Start one service by name and wait until it is healthy."""
        service = next(s for s in self._services() if s.name == name)
        self.children[name] = processes.start(service, ROOT)
        processes.wait_healthy([self.children[name]], READY_WITHIN, lambda child, seconds: None)

    def start_all(self) -> None:
        for service in self._services():
            self.children[service.name] = processes.start(service, ROOT)
        processes.wait_healthy(
            list(self.children.values()), READY_WITHIN, lambda child, seconds: None
        )

    def kill(self, name: str) -> None:
        """kill -9 the service's process."""
        self.children[name].process.kill()
        self.children[name].process.wait()

    def stop(self) -> None:
        processes.stop(list(self.children.values()))

    @contextlib.contextmanager
    def desk(self) -> Iterator[Desk]:
        """Its database, to look into."""
        with contextlib.closing(build_desk(read_settings(self.environment))) as desk:
            yield desk

    def wait_for(self, look: Callable[[Session], bool], seconds: float = READY_WITHIN) -> None:
        """Wait until a look into the database finds what it wants."""
        deadline = time.monotonic() + seconds
        with self.desk() as desk:
            while True:
                with desk.reading() as session:
                    if look(session):
                        return
                if time.monotonic() > deadline:
                    raise AssertionError(f"not in the database after {seconds} s")
                time.sleep(POLL_SECONDS)

    def logs(self) -> str:
        return "".join(
            path.read_text(encoding="utf-8", errors="replace")
            for path in (self.root / "log").glob("*.log")
        )

    def _services(self) -> list[processes.Service]:
        found = assistant.services(ROOT, self.environment)
        logs = self.root / "log"
        return [
            processes.Service(s.name, s.command, s.environment, s.port, s.health, logs / s.log.name)
            for s in found
        ]


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@contextlib.contextmanager
def running(root: Path, **more: str) -> Iterator[Whole]:
    """A fresh assistant with its own database and ports under `root`; `more` settings by name."""
    if not model.model_path(ROOT).exists():
        model.train(ROOT)
    gateway, rasa, actions = free_ports(3)
    environment = {
        **os.environ,
        **read_or_make(root / "secrets.json"),
        "GONGYOU_PORT": str(gateway),
        "RASA_PORT": str(rasa),
        "ACTION_PORT": str(actions),
        "RASA_URL": f"http://127.0.0.1:{rasa}",
        "GONGYOU_DATABASE_URL": f"sqlite:///{root / 'gongyou.db'}",
        "RASA_TRACKER_DB": str(root / "tracker.db"),
        "GONGYOU_SECURE_COOKIES": "no",
        "GONGYOU_TODAY": "2026-11-21",
        **more,
    }
    settings = read_settings(environment)
    upgrade_database(settings)
    with contextlib.closing(build_desk(settings)) as desk:
        demo.write_people(desk, environment)
    whole = Whole(root, environment)
    try:
        whole.start_all()
        yield whole
    finally:
        whole.stop()


class Phone:
    """A worker's phone: speaks to the gateway as the page does, and keeps its cookie."""

    def __init__(self, whole: Whole) -> None:
        self.base = whole.url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.seen: list[dict[str, Any]] = []

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send a text; returns what is said to it."""
        return self._send({"text": text})

    def ask_about(self, topic: str) -> list[dict[str, Any]]:
        """Come from a page of /rules to ask about its topic; returns what is said to it."""
        return self._send({"about": topic})

    def press(self, title: str) -> list[dict[str, Any]]:
        """Press the newest button with this title."""
        for message in reversed(self.seen):
            for index, button in enumerate(message.get("buttons") or []):
                if button["title"] == title:
                    return self._send({"button": {"message": message["id"], "index": index}})
        raise AssertionError(f"no button {title}: {self.words()}")

    def send_only(self, text: str) -> int:
        """Send a text without waiting for the reply; returns the stored message's id."""
        sent = self.request("/api/messages", {"text": text, "key": secrets.token_hex(8)})
        return int(sent["id"])

    def wait_for(self, wanted: str, seconds: float = REPLY_WITHIN) -> None:
        """Wait until some message holds the words."""
        deadline = time.monotonic() + seconds
        while wanted not in self.words():
            if time.monotonic() > deadline:
                raise AssertionError(f"{wanted!r} not said in {seconds} s: {self.words()}")
            self._read(wait=2)

    def words(self) -> str:
        """Everything on the page, as one text."""
        return json.dumps(self.seen, ensure_ascii=False)

    def request(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Origin": self.base}
        request = urllib.request.Request(self.base + path, data=data, headers=headers)
        with self.opener.open(request, timeout=60) as answer:
            return json.load(answer)

    def _send(self, what: dict[str, Any]) -> list[dict[str, Any]]:
        sent = self.request("/api/messages", {**what, "key": secrets.token_hex(8)})
        deadline = time.monotonic() + REPLY_WITHIN
        while time.monotonic() < deadline:
            waiting = self._read(wait=2)
            replies = [
                m for m in self.seen if m["id"] > int(sent["id"]) and m["sender"] != "worker"
            ]
            if replies and not waiting:
                return replies
        raise AssertionError("no reply")

    def _read(self, wait: int) -> bool:
        after = max((m["id"] for m in self.seen), default=0)
        page = self.request(f"/api/messages?after={after}&wait={wait}")
        self.seen += page["messages"]
        return bool(page["waiting"])
