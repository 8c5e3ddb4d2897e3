"""What officers teach changes the next answer; what would spoil it is refused; going back is one
call; a kill half way changes nothing.

The bot is the real one, its trainings and the gate too; only the sentences are few
(tests/run/small_project.py), so that a training takes seconds. The archives are shared: a set that
was trained once is not trained again.
"""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from gongyou.clock import china_now
from gongyou.desk.chat.conversations import open_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.keeping.erasing import erase_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.teaching.run_table import TrainingRun
from gongyou.desk.teaching.runs import (
    ask_rollback,
    ask_training,
    fetch_in_model,
    fetch_promoted,
    fetch_runs,
    fetch_served,
)
from gongyou.desk.teaching.table import Correction
from gongyou.run import model, processes, served
from gongyou.run.bot_models import BotModels
from gongyou.run.places import workplace
from gongyou.run.taught import Example
from gongyou.run.teaching import Teacher
from gongyou.settings import Settings, read_settings
from gongyou.wiring import Desk, build_desk, upgrade_database
from tests.fixtures import REPOSITORY, add_person
from tests.run.small_project import BAD, GOOD, SENTENCE, write_project
from tests.system.whole import free_ports

pytestmark = pytest.mark.system
READY_WITHIN = 180.0  # seconds
DEADLINE = 120.0
OTHER = (*GOOD, Example(4, "leave_pay", "老家有事想歇几天，攒着的还在不在"))


@dataclass
class School:
    """The small project, its running bot, and a desk with an officer."""

    root: Path
    environment: dict[str, str]
    settings: Settings
    desk: Desk
    officer: Person

    @property
    def bot(self) -> BotModels:
        return BotModels(self.settings.rasa_url, self.settings.rasa_token)

    @property
    def teacher(self) -> Teacher:
        return Teacher(self.root, self.desk, china_now, self.bot)

    def approve(self, examples: tuple[Example, ...]) -> str:
        """Put them into the desk as approved corrections of one chat; returns the chat's id."""
        now = china_now()
        with self.desk.transaction() as session:
            chat = open_conversation(session, now)[0].id
            for one in examples:
                said = write_message(session, chat, sender="worker", text=one.text, now=now)
                session.add(self._correction(chat, said.id, one, now))
        return chat

    def _correction(self, chat: str, message: int, one: Example, now: datetime) -> Correction:
        return Correction(
            conversation_id=chat,
            message_id=message,
            topic=one.topic,
            text=one.text,
            facts={},
            state="approved",
            proposed_by=self.officer.id,
            proposed_at=now,
        )

    def ask(self, asked: Callable[..., TrainingRun] = ask_training, **more: int) -> int:
        with self.desk.transaction() as session:
            return asked(session, person=self.officer, now=china_now(), **more).id

    def run(self, number: int) -> TrainingRun:
        with self.desk.reading() as session:
            return session.get_one(TrainingRun, number)

    def train(self) -> TrainingRun:
        """A run from asked to its end."""
        number = self.ask()
        assert self.teacher.run_once()
        return self.run(number)

    def answer(self, text: str = SENTENCE) -> str:
        """What the bot says to a worker it has never met: the name of the topic, or nothing."""
        told = self._post("webhook", {"sender": secrets.token_hex(8), "message": text})
        return told[0]["text"] if told else ""

    def _post(self, path: str, body: dict[str, str]) -> Any:
        import json

        request = urllib.request.Request(
            f"{self.settings.rasa_url}/webhooks/gateway/{path}",
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.settings.rasa_token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small project with the model of its own sentences."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GONGYOU_VAR", raising=False)
        root = write_project(tmp_path_factory.mktemp("school"))
        model.train(root)
        yield root


@pytest.fixture(scope="module")
def environment(project: Path) -> dict[str, str]:
    (rasa,) = free_ports(1)
    return {
        **os.environ,
        "GONGYOU_KEY": Fernet.generate_key().decode(),
        "RASA_TOKEN": secrets.token_hex(16),
        "ACTION_TOKEN": secrets.token_hex(16),
        "RASA_URL": f"http://127.0.0.1:{rasa}",
    }


@pytest.fixture(scope="module")
def running_bot(project: Path, environment: dict[str, str]) -> Iterator[None]:
    port = environment["RASA_URL"].rpartition(":")[2]
    command = [*model.RASA, "run", "--interface", "127.0.0.1", "--port", port]
    command += ["--model", str(model.model_path(project))]
    service = processes.Service(
        "Rasa",
        command,
        {**model.bot_environment(), **environment, "ACTION_PORT": ""},
        int(port),
        "/webhooks/gateway/",
        project / "rasa.log",
    )
    child = processes.start(service, project)
    try:
        processes.wait_healthy([child], READY_WITHIN, lambda *_: None)
        yield
    finally:
        processes.stop([child])


@pytest.fixture
def school(
    project: Path,
    environment: dict[str, str],
    running_bot: None,
    tmp_path: Path,
    password_hash: str,
) -> Iterator[School]:
    """A desk with nothing in it, and the bot with nothing taught."""
    given = {**environment, "GONGYOU_DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}"}
    settings = read_settings(given)
    upgrade_database(settings)
    with contextlib.closing(build_desk(settings)) as desk:
        officer = add_person(desk, password_hash, "zhao", "赵干部", "officer")
        school = School(project, given, settings, desk, officer)
        school.bot.load(model.model_path(project).name)
        yield school


@contextlib.contextmanager
def clerk(school: School) -> Iterator[subprocess.Popen[bytes]]:
    """The clerk as a process of its own."""
    command = [sys.executable, "-m", "tests.run.teacher_child", str(school.root)]
    with subprocess.Popen(command, cwd=REPOSITORY, env=school.environment) as child:
        try:
            yield child
        finally:
            child.kill()


def wait_until(condition: Callable[[], Any]) -> Any:
    deadline, pause = time.monotonic() + DEADLINE, threading.Event()
    while not (found := condition()):
        assert time.monotonic() < deadline, "not in time"
        pause.wait(0.05)
    return found


def trainings_of(root: Path) -> list[int]:
    """The processes that train in the project, by what they were started with."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            said = (folder / "cmdline").read_bytes()
            if b"bot.lean" in said and b"train" in said and str(root).encode() in said:
                found.append(int(folder.name))
    return found


def test_a_taught_example_changes_the_next_answer(school: School) -> None:
    assert school.answer() != "overtime_pay"
    school.approve(GOOD)
    run = school.train()
    assert (run.state, run.why) == ("promoted", [])
    assert run.figures["present"]["taught"] < run.figures["candidate"]["taught"] == len(GOOD)
    assert school.bot.current() == run.model
    assert school.answer() == "overtime_pay"


def test_a_bad_batch_is_refused_with_its_figures_and_reasons(school: School) -> None:
    school.approve(BAD)
    run = school.train()
    assert run.state == "refused"
    assert "worse_top1" in run.why
    assert run.figures["candidate"]["top1"] < run.figures["present"]["top1"]
    assert school.bot.current() == model.model_path(school.root).name
    with school.desk.reading() as session:
        assert fetch_served(session).kind == "release"
        assert fetch_in_model(session) == frozenset()


def test_going_back_is_one_call_and_needs_no_training(school: School) -> None:
    school.approve(GOOD)
    school.train()
    with school.desk.reading() as session:
        _, first = fetch_promoted(session, 2)
    number = school.ask(ask_rollback, run_id=first.id)
    assert school.teacher.run_once()
    assert school.run(number).state == "promoted"
    assert school.bot.current() == first.model
    assert school.answer() != "overtime_pay"


def test_a_training_killed_half_way_leaves_the_present_model(school: School) -> None:
    school.approve(OTHER)
    present = school.bot.current()
    with clerk(school):
        number = school.ask()
        for pid in wait_until(lambda: trainings_of(school.root)):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: school.run(number).state == "broken")
    assert school.run(number).why == ["killed"]
    assert (school.bot.current(), school.answer("加班费怎么办")) == (present, "overtime_pay")


def test_a_clerk_killed_half_way_leaves_the_present_model_and_the_next_breaks_the_run(
    school: School,
) -> None:
    school.approve(OTHER)
    present, archives = school.bot.current(), set((school.root / "models").glob("gongyou-*"))
    with clerk(school) as killed:
        number = school.ask()
        wait_until(lambda: trainings_of(school.root))
        killed.kill()
        killed.wait(DEADLINE)
    wait_until(lambda: not trainings_of(school.root))
    assert school.run(number).state == "running"
    assert not school.teacher.run_once()
    assert (school.run(number).state, school.run(number).why) == ("broken", ["killed"])
    assert set((school.root / "models").glob("gongyou-*")) == archives
    assert not (workplace(school.root) / "job.json").exists()
    assert (school.bot.current(), school.answer("加班费怎么办")) == (present, "overtime_pay")


def test_told_to_stop_the_clerk_ends_the_training_and_says_so(school: School) -> None:
    school.approve(OTHER)
    with clerk(school) as stopped:
        number = school.ask()
        wait_until(lambda: trainings_of(school.root))
        stopped.send_signal(signal.SIGTERM)
        assert stopped.wait(DEADLINE) == 0
    assert (school.run(number).state, school.run(number).why) == ("broken", ["stopped"])
    assert not trainings_of(school.root)


def test_while_one_is_at_work_nobody_else_begins(school: School) -> None:
    school.approve(GOOD)
    number = school.ask()
    with school.teacher.alone() as free:
        assert free
        assert not school.teacher.run_once()
    assert school.run(number).state == "asked"


def test_the_bot_that_serves_another_model_is_told(school: School) -> None:
    school.approve(GOOD)
    run = school.train()
    school.bot.load(model.model_path(school.root).name)
    school.teacher.see_to_bot()
    assert school.bot.current() == run.model


def test_an_erased_chat_is_forgotten_without_anybody_asking(school: School) -> None:
    chat = school.approve(GOOD)
    school.train()
    with school.desk.transaction() as session:
        erase_conversation(session, chat, china_now())
    school.teacher.forget_erased()
    with school.desk.reading() as session:
        newest = fetch_runs(session, 1)[0]
    assert (newest.kind, newest.state) == ("release", "promoted")
    assert school.bot.current() == newest.model == model.model_path(school.root).name


def test_new_code_is_trained_with_what_was_accepted_and_nothing_new(school: School) -> None:
    school.approve(GOOD)
    school.train()
    school.approve((Example(9, "leave_pay", "想歇几天"),))
    ours = school.root / "data" / "nlu" / "leave_pay.yml"
    before = ours.read_text(encoding="utf-8")
    try:
        ours.write_text(before + "    - 我们年假的事去哪儿说\n", encoding="utf-8")
        path, is_new = served.release(school.root, school.desk, china_now())
        assert is_new
        assert path == model.model_path(school.root, GOOD) and path.exists()
        assert served.release(school.root, school.desk, china_now()) == (path, False)
    finally:
        ours.write_text(before, encoding="utf-8")
